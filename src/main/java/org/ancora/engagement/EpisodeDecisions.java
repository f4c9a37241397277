package org.ancora.engagement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.process.task.TaskContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was decided during an episode, by whom and why. */
@Service
public class EpisodeDecisions {

    private static final String COLUMNS = "id, case_code, kind, decision, reason, until, decided_at, decided_by";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    EpisodeDecisions(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records what the task's viewer decided, and tells the activity log what was chosen but not why.
     *
     * @param until the date that was set, or null
     */
    @Transactional
    void record(TaskContext task, String kind, String decision, String reason, @Nullable Instant until) {
        long episode = task.get(EngagementProcess.EPISODE_ID);
        insert(
                episode,
                task.caseCode(),
                task.id(),
                kind,
                decision,
                reason,
                until,
                task.viewer().id());
        tell(task.projectId(), task.caseCode(), kind, decision, task.viewer().id());
    }

    /** As {@link #record(TaskContext, String, String, String, Instant)}, for what was decided outside a task. */
    @Transactional
    void record(Episode episode, String kind, String decision, String reason, @Nullable Instant until, UserId by) {
        insert(episode.id(), episode.caseCode(), null, kind, decision, reason, until, by);
        tell(episode.project(), episode.caseCode(), kind, decision, by);
    }

    private void insert(
            long episode,
            String caseCode,
            @Nullable String task,
            String kind,
            String decision,
            String reason,
            @Nullable Instant until,
            UserId by) {
        jdbc.sql("""
                        insert into engagement_decision
                               (episode_id, case_code, task_id, kind, decision, reason, until, decided_at, decided_by)
                        values (:episode, :case, :task, :kind, :decision, :reason, :until, :now, :by)""")
                .param("episode", episode)
                .param("case", caseCode)
                .param("task", task)
                .param("kind", kind)
                .param("decision", decision)
                .param("reason", reason.strip())
                .param("until", until == null ? null : Timestamp.from(until))
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by.value())
                .update();
    }

    private void tell(ProjectId project, String caseCode, String kind, String decision, UserId by) {
        events.publishEvent(Audited.ofCase("engagement.decided", project, caseCode, by)
                .with("kind", kind)
                .with("decision", decision));
    }

    /** Every decision of a case, in the order in which it was taken. */
    @Transactional(readOnly = true)
    public List<EpisodeDecision> of(String caseCode) {
        return jdbc.sql("select " + COLUMNS + " from engagement_decision where case_code = :case order by id")
                .param("case", caseCode)
                .query(EpisodeDecisions::read)
                .list();
    }

    /** The latest decision of a kind. */
    Optional<EpisodeDecision> latest(String caseCode, String kind) {
        return jdbc.sql("select " + COLUMNS
                        + " from engagement_decision where case_code = :case and kind = :kind order by id desc limit 1")
                .param("case", caseCode)
                .param("kind", kind)
                .query(EpisodeDecisions::read)
                .optional();
    }

    /** Every decision of one episode of a case, in the order in which it was taken; in one statement. */
    List<EpisodeDecision> of(String caseCode, long episode) {
        return jdbc.sql("select " + COLUMNS
                        + " from engagement_decision where case_code = :case and episode_id = :episode order by id")
                .param("case", caseCode)
                .param("episode", episode)
                .query(EpisodeDecisions::read)
                .list();
    }

    private static EpisodeDecision read(ResultSet row, int number) throws SQLException {
        Timestamp until = row.getTimestamp("until");
        return new EpisodeDecision(
                row.getLong("id"),
                row.getString("case_code"),
                row.getString("kind"),
                row.getString("decision"),
                row.getString("reason"),
                until == null ? null : until.toInstant(),
                row.getTimestamp("decided_at").toInstant(),
                new UserId(row.getLong("decided_by")));
    }
}
