package org.ancora.journeys;

import org.ancora.testing.TestDatabase;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A database and a data folder of its own for the demo, beside those of the other tests and of other processes. */
class DemoDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of(
                        "ancora.data=target/journeys-data/"
                                + ProcessHandle.current().pid(),
                        "spring.datasource.url=" + TestDatabase.fresh("journeys"),
                        "spring.datasource.username=postgres",
                        "spring.datasource.password=ancora")
                .applyTo(context);
    }
}
