package org.ancora.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.ancora.AncoraApplication;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole product: one application context for all of them, a real PostgreSQL, a real web server on a
 * random port, the clock standing at Monday 23 November 2026, 9:10 in Toronto. Every test starts on empty tables.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = AncoraApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "ancora.clock=virtual",
            "ancora.clock.start=" + FreshStart.DAY_ONE,
            "spring.datasource.url=replaced by TestDatabase once the context begins",
            "spring.main.banner-mode=off",
            // Accounts of different tests have the same ids, so their pages would count together.
            "ancora.access.lists-at-once=0",
            // All tests open links from one address.
            "ancora.access.links-at-once=0",
            "ancora.access.modeler-at-once=0"
        })
// Kept until a test fails, the answers of a test of four thousand requests fill the heap.
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("test")
@ContextConfiguration(initializers = TestDatabase.class)
@Import(SqlCount.class)
@ExtendWith(FreshStart.class)
public @interface AncoraTest {}
