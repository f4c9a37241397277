package org.ancora.journeys;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.ancora.AncoraApplication;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test in a browser on the demo: one server, with one set of people and cases, for all classes of a process that bear this. What one
 * of them leaves behind the others find, and in any order: each looks for what it needs rather than counting on it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = AncoraApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // Without an address the demo would start a second PostgreSQL, in the data folder of whoever builds.
            "spring.datasource.url=replaced by DemoDatabase once the context begins",
            // The next page is opened at once, and is to show what the last one left to do as done, however slow the
            // machine.
            "ancora.demo.patience=1m",
            "spring.main.banner-mode=off"
        })
@ActiveProfiles("demo")
@ContextConfiguration(initializers = DemoDatabase.class)
@Import(QuickPasswords.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@interface OnTheDemo {}
