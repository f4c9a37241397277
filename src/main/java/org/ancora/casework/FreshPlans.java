package org.ancora.casework;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Statements that are planned each time for what is asked now: a name that half of all clients bear wants another way
 * through the tables than one that nobody bears, and a plan kept for both is wrong for one of them.
 */
@NullMarked
@Component
public class FreshPlans {

    private final JdbcClient jdbc;

    private final TransactionTemplate early;

    FreshPlans(DataSource database, PlatformTransactionManager transactions) {
        jdbc = JdbcClient.create(new Template(database));
        early = new TransactionTemplate(transactions);
        early.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        early.setReadOnly(true);
    }

    /** Begins a statement. */
    public JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql);
    }

    /**
     * Carries out statements that stop after some rows: they go from row to row by indexes, and collect nothing first, as
     * the planner would like to that thinks each step costs a look at the disk.
     */
    public <T> T stoppingEarly(Supplier<T> reading) {
        return Objects.requireNonNull(early.execute(transaction -> {
            jdbc.sql("""
                            select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
                                   set_config('enable_mergejoin', 'off', true), set_config('random_page_cost', '1.1', true)
                            """).query((row, number) -> true).single();
            return reading.get();
        }));
    }

    private static final class Template extends JdbcTemplate {

        Template(DataSource database) {
            super(database);
        }

        @Override
        protected void applyStatementSettings(Statement statement) throws SQLException {
            super.applyStatementSettings(statement);
            // Never named at the server, so never kept with a plan for any parameters.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }
}
