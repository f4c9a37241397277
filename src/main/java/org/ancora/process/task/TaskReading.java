package org.ancora.process.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.ancora.access.Viewer;
import org.ancora.process.Deadlines;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One task with all that its page reads of our own tables, in one statement. */
@Component
class TaskReading {

    private static final String SELECT = """
            select w.*, a.name as assignee_name, d.answers as draft, d.saved_at, %s as explanation,
                   exists (select 1 from act_ru_execution e
                            where e.id_ = w.process_instance_id and e.suspension_state_ = 2) as suspended
              from work_item w
              left join account a on a.id = w.assignee
              left join task_draft d on d.process_instance_id = w.process_instance_id
                   and d.element = w.element and d.account_id = :reader
             where w.id = :id
            """.formatted(Deadlines.explanationOf("w"));

    private final JdbcClient jdbc;
    private final WorkItemTable table;
    private final Drafts drafts;
    private final Deadlines deadlines;

    TaskReading(JdbcClient jdbc, WorkItemTable table, Drafts drafts, Deadlines deadlines) {
        this.jdbc = jdbc;
        this.table = table;
        this.drafts = drafts;
        this.deadlines = deadlines;
    }

    /**
     * A task that is being read.
     *
     * @param draft what its reader has typed so far
     * @param deadline what its date was computed from
     * @param suspended whether its procedure stands still until further notice
     */
    record Found(
            WorkItem task,
            Drafts.@Nullable Draft draft,
            @Nullable Deadline deadline,
            boolean suspended) {}

    /** The task, when it is open and its reader may see it. */
    Optional<Found> find(String id, Viewer reader) {
        return jdbc.sql(SELECT)
                .param("id", id)
                .param("reader", reader.id().value())
                .query(this::found)
                .optional()
                .filter(found -> TaskAccess.maySee(found.task(), reader));
    }

    private Found found(ResultSet row, int number) throws SQLException {
        String explanation = row.getString("explanation");
        return new Found(
                table.item(row, number),
                drafts.read(row),
                explanation == null ? null : deadlines.read(explanation),
                row.getBoolean("suspended"));
    }
}
