package org.ancora.testing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /** What a start of the application writes and tests only read is kept: migrations, deployments, the engine's settings. */
    private static final String OURS = """
            ((schema.nspname = 'public' and entry.relname not like 'flyway%' and entry.relname not like 'deploy%')
              or (schema.nspname = 'engine'
                  and (entry.relname like 'act\\_ru\\_%' or entry.relname like 'act\\_hi\\_%')
                  and entry.relname <> 'act_ru_jobdef')) -- job definitions belong to deployments
            """;

    /**
     * How to empty what was written since: a table without a page is empty, from one with a few pages rows are quickly
     * deleted, and only of longer ones the files are replaced, which takes longer than most tests and has each statement about
     * them planned again.
     */
    private static final String EMPTYING = """
            select format(case when pg_relation_size(entry.oid) <= 65536 then 'delete from %I.%I'
                               else 'truncate %I.%I cascade' end, schema.nspname, entry.relname)
              from pg_class entry
              join pg_namespace schema on schema.oid = entry.relnamespace
             where entry.relkind = 'r' and pg_relation_size(entry.oid) > 0 and""" + " " + OURS;

    /** Numbers begin at one again. */
    private static final String NUMBERS = """
            select setval(numbers.oid::regclass, definition.seqstart, false)
              from pg_class numbers
              join pg_sequence definition on definition.seqrelid = numbers.oid
              join pg_depend owned on owned.objid = numbers.oid and owned.deptype in ('a', 'i')
              join pg_class entry on entry.oid = owned.refobjid
              join pg_namespace schema on schema.oid = entry.relnamespace
             where pg_sequence_last_value(numbers.oid) is not null and""" + " " + OURS;

    @Override
    public void beforeEach(ExtensionContext test) {
        ApplicationContext application = SpringExtension.getApplicationContext(test);
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        List<String> emptying = jdbc.sql(EMPTYING).query(String.class).list();
        if (!emptying.isEmpty()) {
            // The logs refuse to be emptied by the product; only a superuser's session that skips triggers may.
            jdbc.sql("set session_replication_role = replica; " + String.join("; ", emptying)
                            + "; set session_replication_role = origin")
                    .update();
            jdbc.sql(NUMBERS).query().listOfRows();
        }
        ((VirtualClock) application.getBean("clock", Clock.class)).startAt(Instant.parse(DAY_ONE));
    }
}
