package org.ancora.testing;

import java.time.Clock;
import java.time.Instant;
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

    /**
     * What tests write, and a start of the application does not: of the tables that are neither migrations nor deployments
     * nor the engine's own settings those with a row, or with a number already given out. Most tests touch few of some two
     * hundred tables, and to empty a table costs as much whether it has rows or not.
     */
    private static final String WRITTEN = """
            do $$
            declare
                each record;
                filled boolean;
                written text[] := '{}';
            begin
                for each in
                    select format('%I.%I', t.schemaname, t.tablename) as name,
                           exists (select from pg_depend d
                                     join pg_sequences s
                                       on format('%I.%I', s.schemaname, s.sequencename)::regclass = d.objid
                                    where d.refobjid = format('%I.%I', t.schemaname, t.tablename)::regclass
                                      and s.last_value is not null) as counted
                      from pg_tables t
                     where (t.schemaname = 'public' and t.tablename not like 'flyway%' and t.tablename not like 'deploy%')
                        or (t.schemaname = 'engine' and (t.tablename like 'act\\_ru\\_%' or t.tablename like 'act\\_hi\\_%')
                            and t.tablename <> 'act_ru_jobdef') -- job definitions belong to deployments
                loop
                    execute 'select exists (select from ' || each.name || ')' into filled;
                    if filled or each.counted then
                        written := written || each.name;
                    end if;
                end loop;
                if written <> '{}' then
                    -- The logs refuse to be emptied by the product; only a superuser's session that skips triggers may.
                    set local session_replication_role = replica;
                    execute 'truncate ' || array_to_string(written, ', ') || ' restart identity cascade';
                end if;
            end $$
            """;

    @Override
    public void beforeEach(ExtensionContext test) {
        ApplicationContext application = SpringExtension.getApplicationContext(test);
        application.getBean(JdbcClient.class).sql(WRITTEN).update();
        ((VirtualClock) application.getBean("clock", Clock.class)).startAt(Instant.parse(DAY_ONE));
    }
}
