package org.ancora.casework;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what was answered when a new client looked like one on record: who was shown, and why it was somebody new. */
@Service
public class LookalikeAnswers {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LookalikeAnswers(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param same whether it is the client on record; otherwise somebody new
     * @param reason why it is somebody new; empty when it is the same
     * @param shown those who were shown
     * @param elsewhere whether a possible match in another project was pointed out
     */
    public record Answer(boolean same, String reason, List<ProfileId> shown, boolean elsewhere) {

        public Answer {
            shown = List.copyOf(shown);
        }
    }

    /** Keeps the answer that was given when a case was registered; the case has its client already. */
    @Transactional
    public void keep(CaseSummary context, Answer answer, UserId by) {
        jdbc.sql("""
                        insert into lookalike_answer (project_id, case_code, profile_id, shown, elsewhere, same, reason,
                                                      answered_by, answered_at)
                        values (:project, :case, :profile, :shown, :elsewhere, :same, :reason, :by, :now)
                        """)
                .param("project", context.project().value())
                .param("case", context.code())
                .param("profile", context.profile().value())
                .param("shown", answer.shown().stream().map(ProfileId::value).toArray(Long[]::new))
                .param("elsewhere", answer.elsewhere())
                .param("same", answer.same())
                .param("reason", answer.reason().strip())
                .param("by", Columns.account(by))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        events.publishEvent(new Audited(
                answer.same() ? "profile.recognised" : "profile.new-in-spite",
                context.project(),
                context.code(),
                "profile",
                context.profile().toString(),
                by,
                Map.of("shown", String.valueOf(answer.shown().size()))));
    }
}
