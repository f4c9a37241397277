package org.ancora.process.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The databases of all private engines as one: whatever is asked goes to the database of the engine that is at work on this
 * thread, and to none where no engine is. So the engines can share what was read once of the statements they make, which takes
 * fifteen times as long as everything else about a new engine. Transactions are each engine's own.
 */
final class Memories extends TransactionAwareDataSourceProxy {

    static final Memories ALL = new Memories();

    private static final ThreadLocal<@Nullable DataSource> AT_WORK = new ThreadLocal<>();

    private Memories() {}

    /** Does something with one of them, as long as it takes. */
    static <T> T on(TransactionAwareDataSourceProxy memory, Supplier<T> work) {
        DataSource before = AT_WORK.get();
        AT_WORK.set(memory);
        try {
            return work.get();
        } finally {
            if (before == null) {
                AT_WORK.remove();
            } else {
                AT_WORK.set(before);
            }
        }
    }

    /** Before anything else of a command: what it does, it does with its own engine's database. */
    static CommandInterceptor commandsOf(TransactionAwareDataSourceProxy memory) {
        return new CommandInterceptor() {
            @Override
            public <T> T execute(Command<T> command) {
                return on(memory, () -> next.execute(command));
            }
        };
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource memory = AT_WORK.get();
        if (memory == null) {
            throw new SQLException("No private engine is at work on this thread");
        }
        return memory.getConnection();
    }

    @Override
    public Connection getConnection(String name, String password) throws SQLException {
        return getConnection();
    }
}
