package org.ancora.demo;

import org.ancora.database.BeforeMigration;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A demo whose first start was interrupted begins anew: nobody has seen a page of it yet, so nothing in it is anybody's
 * work.
 */
@Component
@Profile("demo")
class HalfMadeDemo implements BeforeMigration {

    private static final Logger log = LoggerFactory.getLogger(HalfMadeDemo.class);

    @Override
    public void prepare(Flyway flyway) {
        if (isHalfMade(JdbcClient.create(flyway.getConfiguration().getDataSource()))) {
            log.info("The demo was interrupted while its cases were being made, and is made anew");
            Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .cleanDisabled(false)
                    .load()
                    .clean();
        }
    }

    private static boolean isHalfMade(JdbcClient jdbc) {
        boolean isDemo = jdbc.sql("select to_regclass('public.demo_state') is not null")
                .query(Boolean.class)
                .single();
        return isDemo && jdbc.sql("""
                                select exists (select 1 from network)
                                   and exists (select 1 from demo_state where not seeded)
                                """).query(Boolean.class).single();
    }
}
