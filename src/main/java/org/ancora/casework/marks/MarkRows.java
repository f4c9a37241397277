package org.ancora.casework.marks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.Wording;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What kinds of flags and attributes have in common: names in three languages, a version, and the log of their changes. */
@Component
class MarkRows {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MarkRows(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    static Map<String, Object> names(Wording label) {
        return new HashMap<>(Map.of("en", label.en(), "es", label.es(), "it", label.it()));
    }

    static Wording label(ResultSet row) throws SQLException {
        return new Wording(row.getString("name_en"), row.getString("name_es"), row.getString("name_it"));
    }

    /**
     * Changes a row that nobody else changed since {@code version}.
     *
     * @param update the statement up to its condition
     * @throws OptimisticLockingFailureException when somebody did
     */
    void change(String update, Map<String, Object> params, long id, int version) {
        int changed = jdbc.sql(update + ", version = version + 1 where id = :id and version = :version")
                .params(params)
                .param("id", id)
                .param("version", version)
                .update();
        if (changed == 0) {
            throw new OptimisticLockingFailureException("%d is no longer at version %d".formatted(id, version));
        }
    }

    /** Takes a row out of use, or brings it back; returns whether that changed anything. */
    boolean retire(String table, long id, boolean retired) {
        return jdbc.sql("""
                                update %s set retired_at = :at, version = version + 1
                                 where id = :id and (retired_at is null) = :retired
                                """.formatted(table))
                        .param("at", retired ? clock.instant().atOffset(ZoneOffset.UTC) : null)
                        .param("id", id)
                        .param("retired", retired)
                        .update()
                > 0;
    }

    /**
     * Tells the log of the project, in the transaction of the change.
     *
     * @param action what changed, a dot, and how
     */
    void tell(String action, ProjectId project, String key, UserId by) {
        String subject = action.substring(0, action.indexOf('.'));
        events.publishEvent(new Audited(action, project, null, subject, key, by, Map.of("key", key)));
    }
}
