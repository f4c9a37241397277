package org.ancora.engagement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.OncePerPage;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.process.Procedures;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Loads what the parts of one page share of a case, so that three panels cost no more statements than one. */
@Component
class Glances {

    private final Cases cases;
    private final Profiles profiles;
    private final Procedures procedures;
    private final JdbcClient jdbc;

    Glances(Cases cases, Profiles profiles, Procedures procedures, JdbcClient jdbc) {
        this.cases = cases;
        this.profiles = profiles;
        this.procedures = procedures;
        this.jdbc = jdbc;
    }

    /** The case as the viewer may see it; empty when it is not for them. In three statements, once for each page. */
    Optional<Glance> find(String caseCode, Viewer viewer) {
        return OncePerPage.read("engagement.glance " + caseCode + "." + viewer.id(), () -> load(caseCode, viewer));
    }

    /** How far the case's search of this track has come. In three statements, once for each page. */
    Optional<Procedures.Progress> progress(String caseCode, Track track) {
        return OncePerPage.read(
                "engagement.progress " + caseCode + "." + track, () -> procedures.latest(caseCode, track.processKey()));
    }

    /** Why the client comes, as reception wrote it down; empty when it did not. The caller has asked who may read it. */
    String need(String caseCode) {
        return jdbc.sql("select need from intake where case_code = :case")
                .param("case", caseCode)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private Optional<Glance> load(String caseCode, Viewer viewer) {
        Map<String, CaseSummary> seen = cases.byCodes(List.of(caseCode), viewer);
        return Optional.ofNullable(seen.get(caseCode)).map(file -> {
            boolean known = Glance.mayKnowClient(file, viewer);
            @Nullable Profile client = known ? profiles.get(file.profile()) : null;
            return new Glance(file, client, known ? attempts(caseCode) : List.of());
        });
    }

    private List<Glance.Attempt> attempts(String caseCode) {
        return jdbc.sql("""
                        select t.*, a.name as by_name, p.display as point
                          from contact_attempt t
                          left join account a on a.id = t.recorded_by
                          left join contact_point p on p.id = t.contact_point_id
                         where t.case_code = :case
                         order by t.attempted_at desc, t.id desc limit 100
                        """)
                .param("case", caseCode)
                .query((row, number) -> {
                    String by = row.getString("by_name");
                    return new Glance.Attempt(
                            ContactAttempts.read(row, number),
                            row.getString("task_id"),
                            by == null ? Viewer.system().name() : by,
                            row.getString("point"));
                })
                .list();
    }
}
