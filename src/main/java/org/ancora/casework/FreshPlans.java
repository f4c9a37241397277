package org.ancora.casework;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.NullMarked;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Statements that are planned each time for what is asked now: a name that half of all clients bear wants another way
 * through the tables than one that nobody bears, and a plan kept for both is wrong for one of them.
 */
@NullMarked
@Component
public class FreshPlans {

    private final JdbcClient jdbc;

    FreshPlans(DataSource database) {
        jdbc = JdbcClient.create(new Template(database));
    }

    /** Begins a statement. */
    public JdbcClient.StatementSpec sql(String sql) {
        return jdbc.sql(sql);
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
