package org.ancora.engagement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every attempt to reach a client, their family contact or whoever referred them (A7–A16). */
@Service
public class ContactAttempts {

    /** Outcomes after which the client has not been heard: the three months run from the first (A-R11). */
    private static final Set<String> UNANSWERED = Set.of(
            "no-answer",
            "voicemail",
            "message-left",
            "sent",
            "hung-up",
            "wrong-number",
            "bounced",
            "undelivered",
            "other");

    private final JdbcClient jdbc;
    private final Episodes episodes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ContactAttempts(JdbcClient jdbc, Episodes episodes, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.episodes = episodes;
        this.events = events;
        this.clock = clock;
    }

    /** Records an attempt and tells the activity log; the first unanswered one of the client starts the three months. */
    @Transactional
    public void record(ProjectId project, NewAttempt attempt) {
        jdbc.sql("""
                        insert into contact_attempt (episode_id, case_code, task_id, place, round, party, channel,
                               contact_point_id, outcome, reason, note, message_id, attempted_at, recorded_at, recorded_by)
                        values (:episode, :case, :task, :place, :round, :party, :channel,
                               :point, :outcome, :reason, :note, :message, :at, :now, :by)""")
                .param("episode", attempt.episode())
                .param("case", attempt.caseCode())
                .param("task", attempt.task())
                .param("place", attempt.place())
                .param("round", attempt.round())
                .param("party", attempt.party())
                .param("channel", attempt.channel())
                .param("point", attempt.contactPoint())
                .param("outcome", attempt.outcome())
                .param("reason", attempt.reason().strip())
                .param("note", attempt.note().strip())
                .param("message", attempt.message())
                .param("at", Timestamp.from(attempt.attemptedAt()))
                .param("now", Timestamp.from(clock.instant()))
                .param("by", attempt.by().value())
                .update();
        if (attempt.party().equals("client") && UNANSWERED.contains(attempt.outcome())) {
            episodes.unanswered(attempt.episode(), attempt.attemptedAt());
        }
        events.publishEvent(Audited.ofCase("contact.attempted", project, attempt.caseCode(), attempt.by())
                .with("party", attempt.party())
                .with("channel", attempt.channel())
                .with("outcome", attempt.outcome()));
    }

    /** When the first attempt of an episode was made that the client did not answer. */
    Optional<Instant> firstUnanswered(long episode) {
        return episodes.firstUnanswered(episode);
    }

    /** When the latest attempt of an episode to reach this party was made; the next window is counted from it (A-R2). */
    Optional<Instant> latest(long episode, String party) {
        return jdbc.sql("select max(attempted_at) from contact_attempt where episode_id = :episode and party = :party")
                .param("episode", episode)
                .param("party", party)
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    /** The attempts of a case, the newest first, at most a hundred. */
    @Transactional(readOnly = true)
    public List<ContactAttempt> of(String caseCode) {
        return jdbc.sql("""
                        select id, case_code, episode_id, place, round, party, channel, contact_point_id, outcome, reason,
                               note, message_id, attempted_at, recorded_at, recorded_by
                          from contact_attempt where case_code = :case
                         order by attempted_at desc, id desc limit 100""")
                .param("case", caseCode)
                .query(ContactAttempts::read)
                .list();
    }

    static ContactAttempt read(ResultSet row, int number) throws SQLException {
        return new ContactAttempt(
                row.getLong("id"),
                row.getString("case_code"),
                row.getLong("episode_id"),
                row.getString("place"),
                row.getInt("round"),
                row.getString("party"),
                row.getString("channel"),
                row.getObject("contact_point_id", Long.class),
                row.getString("outcome"),
                row.getString("reason"),
                row.getString("note"),
                row.getObject("message_id", Long.class),
                row.getTimestamp("attempted_at").toInstant(),
                row.getTimestamp("recorded_at").toInstant(),
                new UserId(row.getLong("recorded_by")));
    }
}
