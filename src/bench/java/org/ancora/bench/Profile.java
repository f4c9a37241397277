package org.ancora.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * and what they wait for. What is left over is spent in Java and between the two.
 */
final class Profile implements AutoCloseable {

    private final Map<String, Integer> seen = new ConcurrentHashMap<>();
    private final Map<String, Integer> waits = new ConcurrentHashMap<>();
    private volatile boolean watching = true;

    Profile(Server server, String database) {
        Thread watcher = new Thread(() -> watch(server, database), "profile");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch(Server server, String database) {
        try (HikariDataSource connection = server.pool("postgres", 1)) {
            watch(new JdbcTemplate(connection), database);
        }
    }

    private void watch(JdbcTemplate sql, String database) {
        while (watching) {
            sql.query(
                    """
                    select state, coalesce(wait_event_type || ':' || wait_event, 'cpu'), left(query, 4000)
                      from pg_stat_activity
                     where datname = ? and backend_type = 'client backend'
                       and (state = 'active' or state like 'idle in transaction%')
                    """,
                    row -> {
                        if (row.getString(1).equals("active")) {
                            seen.merge(shortened(row.getString(3)), 1, Integer::sum);
                            waits.merge(row.getString(2), 1, Integer::sum);
                        } else {
                            waits.merge("the transaction waits for Java", 1, Integer::sum);
                        }
                    },
                    database);
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private static String shortened(String query) {
        String text = query.replaceAll("\\s+", " ").replaceAll("\\$\\d+", "?").strip();
        java.util.regex.Matcher known = java.util.regex.Pattern.compile(
                        "(?i)^(with .*?)?(insert into|update|delete from|select)\\b(.*?\\bfrom\\b)?\\s*([a-z_.]+)?.*")
                .matcher(text);
        return known.matches() && known.group(4) != null
                ? (known.group(2) + " " + known.group(4)).toLowerCase(java.util.Locale.ROOT)
                : text.substring(0, Math.min(40, text.length()));
    }

    /** The heaviest, as "what share". */
    List<String> heaviest(int many) {
        return List.of(
                "PostgreSQL by statement, of " + total(seen) + " seen at work: " + top(seen, many),
                "connections in a transaction, by what they wait for: " + top(waits, many));
    }

    private static int total(Map<String, Integer> counted) {
        return counted.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String top(Map<String, Integer> counted, int many) {
        int total = Math.max(1, total(counted));
        return new HashMap<>(counted)
                .entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(many)
                        .map(each -> each.getKey() + " " + Math.round(100.0 * each.getValue() / total) + " %")
                        .collect(java.util.stream.Collectors.joining(", "));
    }

    @Override
    public void close() {
        watching = false;
    }
}
