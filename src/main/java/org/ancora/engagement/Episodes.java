package org.ancora.engagement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ServiceMode;
import org.ancora.network.CaseStatus;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The episodes of engagement: at most one runs per case, and each is carried by one procedure. */
@Service
public class Episodes {

    /** The outcome of an episode that led the client into service. */
    static final String IN_SERVICE = "in-service";

    private static final String COLUMNS =
            "id, case_code, project_id, track, started_at, first_unanswered, ended_at, outcome";

    private final JdbcClient jdbc;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Episodes(JdbcClient jdbc, Processes processes, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Starts the search for a client.
     *
     * @throws EngagementRefused for a client in group service (A2, A-R14), while another episode of the case runs or the
     *     last one is still being written up, and for an existing client who is not in service (A1, A23)
     */
    @Transactional
    public Episode start(CaseSummary file, Track track, UserId by) {
        if (file.serviceMode() == ServiceMode.GROUP) {
            throw new EngagementRefused("engagement.refused.group-service");
        }
        if (track == Track.EXISTING && isUnfinished(file.code())) {
            throw new EngagementRefused(
                    running(file.code()).isPresent()
                            ? "engagement.refused.already-running"
                            : "engagement.refused.not-written-up");
        }
        if (track == Track.EXISTING && !isInService(file)) {
            throw new EngagementRefused("engagement.refused.not-in-service");
        }
        long id = insert(file, track, by);
        processes.start(
                track.processKey(),
                file.code(),
                file.project(),
                Variables.of(EngagementProcess.CASE_ID, file.id().value())
                        .and(EngagementProcess.EPISODE_ID, id)
                        .and(Processes.WORKER, file.assignee()));
        events.publishEvent(Audited.ofCase("engagement.started", file.project(), file.code(), by)
                .with("track", track.code()));
        return byId(id);
    }

    /** The episode of the case that runs now. */
    public Optional<Episode> running(String caseCode) {
        return jdbc.sql("select " + COLUMNS + " from engagement_episode where case_code = :case and ended_at is null")
                .param("case", caseCode)
                .query(Episodes::read)
                .optional();
    }

    /** Every episode of the case, the newest first. */
    public List<Episode> of(String caseCode) {
        return jdbc.sql("select " + COLUMNS
                        + " from engagement_episode where case_code = :case order by started_at desc, id desc")
                .param("case", caseCode)
                .query(Episodes::read)
                .list();
    }

    /** Ends the running episode of the case, if there is one; ending it again changes nothing. */
    @Transactional
    void end(String caseCode, String outcome) {
        jdbc.sql("""
                        update engagement_episode set ended_at = :now, outcome = :outcome
                         where case_code = :case and ended_at is null""")
                .param("now", Timestamp.from(clock.instant()))
                .param("outcome", outcome)
                .param("case", caseCode)
                .update();
    }

    /** Lets the last episode of the case go on whose procedure begins again; changes nothing while another runs. */
    @Transactional
    void resume(String caseCode) {
        jdbc.sql("""
                        update engagement_episode set ended_at = null, outcome = null
                         where id = (select id from engagement_episode where case_code = :case
                                      order by started_at desc, id desc limit 1)
                           and not exists (select 1 from engagement_episode
                                            where case_code = :case and ended_at is null)""").param("case", caseCode).update();
    }

    /** Remembers the first attempt of an episode that got no answer; later ones change nothing (A-R11). */
    void unanswered(long episode, Instant attemptedAt) {
        jdbc.sql("""
                        update engagement_episode set first_unanswered = :at
                         where id = :id and first_unanswered is null""")
                .param("at", Timestamp.from(attemptedAt))
                .param("id", episode)
                .update();
    }

    /** When the first attempt of an episode got no answer; empty while none has. */
    Optional<Instant> firstUnanswered(long episode) {
        return Optional.ofNullable(byId(episode).firstUnanswered());
    }

    /** Whether the client is an existing one: admitted, and served or waiting for something since (A1). */
    static boolean isInService(CaseSummary file) {
        return file.status() == CaseStatus.IN_PROGRESS || file.status() == CaseStatus.PENDING;
    }

    /** Whether a procedure of either track still runs: also after its episode, while it is being written up. */
    private boolean isUnfinished(String caseCode) {
        return processes.running(caseCode).stream().anyMatch(running -> Arrays.stream(Track.values())
                .anyMatch(track -> track.processKey().equals(running.key())));
    }

    private long insert(CaseSummary file, Track track, UserId by) {
        try {
            return jdbc.sql("""
                            insert into engagement_episode (case_code, project_id, track, started_at, started_by)
                            values (:case, :project, :track, :now, :by) returning id""")
                    .param("case", file.code())
                    .param("project", file.project().value())
                    .param("track", track.code())
                    .param("now", Timestamp.from(clock.instant()))
                    .param("by", by.value())
                    .query(Long.class)
                    .single();
        } catch (DuplicateKeyException running) {
            throw new EngagementRefused("engagement.refused.already-running", running);
        }
    }

    private Episode byId(long id) {
        return jdbc.sql("select " + COLUMNS + " from engagement_episode where id = :id")
                .param("id", id)
                .query(Episodes::read)
                .single();
    }

    private static Episode read(ResultSet row, int number) throws SQLException {
        return new Episode(
                row.getLong("id"),
                row.getString("case_code"),
                new ProjectId(row.getLong("project_id")),
                Track.of(row.getString("track")),
                row.getTimestamp("started_at").toInstant(),
                instant(row, "first_unanswered"),
                instant(row, "ended_at"),
                row.getString("outcome"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp stored = row.getTimestamp(column);
        return stored == null ? null : stored.toInstant();
    }
}
