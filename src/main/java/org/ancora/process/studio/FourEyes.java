package org.ancora.process.studio;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which projects want every publication to be approved by a second owner. Procedures serve all projects alike, so one that
 * wants it is enough.
 */
@Service
@Transactional
public class FourEyes {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    FourEyes(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** Whether a second owner has to approve. */
    @Transactional(readOnly = true)
    public boolean wanted() {
        return jdbc.sql("select exists (select 1 from procedure_four_eyes)")
                .query(Boolean.class)
                .single();
    }

    /** The projects that want it. */
    @Transactional(readOnly = true)
    public Set<ProjectId> projects() {
        return jdbc.sql("select project_id from procedure_four_eyes").query(Long.class).list().stream()
                .map(ProjectId::new)
                .collect(Collectors.toSet());
    }

    /** Sets it for a project; the caller has checked that the person administers it. */
    public void set(ProjectId project, boolean wanted, UserId by) {
        int changed = wanted
                ? jdbc.sql("""
                                insert into procedure_four_eyes (project_id, set_by, set_at) values (:project, :by, :now)
                                on conflict do nothing
                                """)
                        .param("project", project.value())
                        .param("by", by.value())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                : jdbc.sql("delete from procedure_four_eyes where project_id = :project")
                        .param("project", project.value())
                        .update();
        if (changed > 0) {
            String action = wanted ? "procedure.four-eyes-on" : "procedure.four-eyes-off";
            events.publishEvent(new Audited(action, project, null, "project", project.toString(), by, Map.of()));
        }
    }
}
