package org.ancora.engagement.intake;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Flag;
import org.ancora.casework.LookalikeAnswers;
import org.ancora.casework.NewCase;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.casework.ServiceMode;
import org.ancora.engagement.Episodes;
import org.ancora.engagement.Track;
import org.ancora.network.Project;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers intakes: client, case, flags and the search for contact, all of it or nothing. */
@Service
class Intakes {

    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final Cases cases;
    private final LookalikeAnswers lookalikes;
    private final Episodes episodes;
    private final Clock clock;

    Intakes(
            JdbcClient jdbc,
            Profiles profiles,
            Cases cases,
            LookalikeAnswers lookalikes,
            Episodes episodes,
            Clock clock) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.cases = cases;
        this.lookalikes = lookalikes;
        this.episodes = episodes;
        this.clock = clock;
    }

    /**
     * Registers an intake once, however often the same form is sent, one after the other or at the same moment.
     *
     * @param same the client on record who it is, or null for somebody new
     * @param answer what was said about clients who look alike, or null when there were none
     * @return the code of the case, the same for the same request key
     */
    @Transactional
    String register(
            UUID requestKey,
            Project project,
            NewIntake intake,
            @Nullable ProfileId same,
            LookalikeAnswers.@Nullable Answer answer,
            UserId by) {
        if (!reserve(requestKey, project, intake.need(), by)) {
            return caseOf(requestKey, project, by)
                    .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "engagement.intake.stale"));
        }
        ProfileId client =
                same != null ? same : profiles.create(intake.client(), by).id();
        CaseSummary file = cases.open(new NewCase(project.id(), client, intake.source(), ServiceMode.INDIVIDUAL, by));
        if (same != null) {
            profiles.complete(file, intake.client(), by);
        }
        if (answer != null) {
            lookalikes.keep(file, answer, by);
        }
        jdbc.sql("update intake set case_code = :case where request_key = :key")
                .param("case", file.code())
                .param("key", requestKey)
                .update();
        for (Flag.Kind flag : intake.flags()) {
            cases.raiseFlag(file.code(), flag, "", by);
        }
        episodes.start(cases.byCode(file.code()), Track.ENTRY, by);
        return file.code();
    }

    /** Whether this form was sent before, so that nothing has to be asked again. */
    boolean isRegistered(UUID requestKey) {
        return jdbc.sql("select exists (select from intake where request_key = :key)")
                .param("key", requestKey)
                .query(Boolean.class)
                .single();
    }

    /** False when this form was sent before; a second sender waits here until the first has committed or given up. */
    private boolean reserve(UUID requestKey, Project project, String need, UserId by) {
        return jdbc.sql("""
                                insert into intake (request_key, project_id, need, registered_at, registered_by)
                                values (:key, :project, :need, :now, :by)
                                on conflict (request_key) do nothing
                                """)
                        .param("key", requestKey)
                        .param("project", project.id().value())
                        .param("need", need)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("by", by.value())
                        .update()
                == 1;
    }

    /** The case that this person registered with this form in this project; nobody learns another's. */
    private Optional<String> caseOf(UUID requestKey, Project project, UserId by) {
        return jdbc.sql("""
                        select case_code from intake
                         where request_key = :key and project_id = :project and registered_by = :by
                        """)
                .param("key", requestKey)
                .param("project", project.id().value())
                .param("by", by.value())
                .query(String.class)
                .optional();
    }
}
