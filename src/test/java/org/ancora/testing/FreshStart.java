package org.ancora.testing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Puts the clock back to day one and empties every table that tests write, before each test. */
class FreshStart implements BeforeEachCallback {

    /** Monday 23 November 2026, 9:10 in Toronto and Lima, 15:10 in Turin. */
    static final String DAY_ONE = "2026-11-23T14:10:00Z";

    /** What a start of the application writes and tests only read: migrations, deployments, the engine's own settings. */
    private static final String KEPT = """
            select format('%I.%I', schemaname, tablename) as name
              from pg_tables
             where (schemaname = 'public' and tablename not like 'flyway%' and tablename not like 'deploy%')
                or (schemaname = 'engine' and (tablename like 'act\\_ru\\_%' or tablename like 'act\\_hi\\_%')
                    and tablename <> 'act_ru_jobdef') -- job definitions belong to deployments
            """;

    @Override
    public void beforeEach(ExtensionContext test) {
        ApplicationContext application = SpringExtension.getApplicationContext(test);
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        List<String> tables = jdbc.sql(KEPT).query(String.class).list();
        // The logs refuse to be emptied by the product; only a superuser's session that skips triggers may.
        jdbc.sql("set session_replication_role = replica; truncate "
                        + tables.stream().collect(Collectors.joining(", "))
                        + " restart identity cascade; set session_replication_role = origin")
                .update();
        ((VirtualClock) application.getBean("clock", Clock.class)).startAt(Instant.parse(DAY_ONE));
    }
}
