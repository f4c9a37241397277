package org.ancora.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts the SQL statements that reach PostgreSQL, so that a test can hold a page to its few (at most 12 however
 * many rows). Statements of every thread count; run the page alone.
 */
@TestConfiguration(proxyBeanMethods = false)
public class SqlCount {

    private static final List<String> statements = new CopyOnWriteArrayList<>();
    private static volatile boolean counting;

    /** Something that may fail, such as a request to a page. */
    public interface Work {
        void run() throws Exception;
    }

    /** @return the statements that ran during this work, in their order */
    public static List<String> during(Work work) throws Exception {
        statements.clear();
        counting = true;
        try {
            work.run();
            return List.copyOf(statements);
        } finally {
            counting = false;
        }
    }

    @Bean
    static BeanPostProcessor countingDataSource() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource source ? new CountingDataSource(source) : bean;
            }
        };
    }

    private static final class CountingDataSource extends DelegatingDataSource {

        CountingDataSource(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws java.sql.SQLException {
            return counted(Connection.class, super.getConnection(), "");
        }
    }

    private static <T> T counted(Class<T> type, T target, String sql) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            note(method, arguments, sql);
            Object result = invoke(target, method, arguments);
            if (!(target instanceof Connection)) {
                return result; // a statement that somebody unwraps is the driver's own
            }
            if (result instanceof PreparedStatement prepared && arguments != null) {
                return counted(PreparedStatement.class, prepared, String.valueOf(arguments[0]));
            }
            return result instanceof Statement statement ? counted(Statement.class, statement, "") : result;
        };
        return type.cast(Proxy.newProxyInstance(SqlCount.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static void note(Method method, Object[] arguments, String sql) {
        if (counting && method.getName().startsWith("execute")) {
            statements.add(arguments != null && arguments.length > 0 ? String.valueOf(arguments[0]) : sql);
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }
}
