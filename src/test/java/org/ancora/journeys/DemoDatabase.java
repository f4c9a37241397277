package org.ancora.journeys;

import org.ancora.testing.TestDatabase;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A database of its own for the demo, beside that of the other tests. */
class DemoDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "spring.datasource.url=" + TestDatabase.fresh("journeys"),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=ancora")
                .applyTo(context);
    }
}
