package org.ancora.casework.profile;

import java.util.List;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Profile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Clients across their cases, as far as a viewer may see them: through a case of theirs, and never while protected. */
@Component
class Clients {

    private final Cases cases;
    private final Profiles profiles;
    private final JdbcClient jdbc;

    Clients(Cases cases, Profiles profiles, JdbcClient jdbc) {
        this.cases = cases;
        this.profiles = profiles;
        this.jdbc = jdbc;
    }

    /**
     * A client as somebody sees them.
     *
     * @param cases those that the viewer may open, the newest first
     * @param context the case through which the viewer knows the client: what is changed is logged there
     * @param more how many cases there are besides, or null for a viewer who may not learn that
     * @param protection why the client is protected and by whom, or null
     */
    record Seen(
            Profile profile,
            List<CaseSummary> cases,
            CaseSummary context,
            @Nullable Integer more,
            @Nullable Protection protection) {

        /** Whether the viewer may do this to the client, through any of these cases. */
        boolean may(Permission permission, Viewer viewer) {
            return cases.stream().anyMatch(each -> viewer.may(permission, each.project(), each.isOwnOf(viewer.id())));
        }
    }

    /** Why a client is protected. */
    record Protection(String reason, @Nullable String by) {}

    private record Facts(int cases, @Nullable Protection protection) {}

    /**
     * Returns a client.
     *
     * @throws Hidden when there is none with this id, or they are not for this viewer
     */
    Seen open(ProfileId id, Viewer viewer) {
        List<CaseSummary> seen = cases.ofProfile(id, viewer);
        CaseSummary context = seen.stream()
                .filter(each -> !each.concealed()
                        && viewer.may(Permission.READ_PROFILE, each.project(), each.isOwnOf(viewer.id())))
                .findFirst()
                .orElseThrow(() -> new Hidden("profile", id));
        Facts facts = facts(id);
        boolean mayCount = viewer.may(Permission.FIND_ELSEWHERE, context.project());
        return new Seen(
                profiles.get(id), seen, context, mayCount ? facts.cases() - seen.size() : null, facts.protection());
    }

    /** Whether a viewer knows this client through a case. */
    boolean isKnown(ProfileId id, Viewer viewer) {
        return cases.ofProfile(id, viewer).stream()
                .anyMatch(each -> !each.concealed()
                        && viewer.may(Permission.READ_PROFILE, each.project(), each.isOwnOf(viewer.id())));
    }

    private Facts facts(ProfileId id) {
        Optional<Facts> facts = jdbc.sql("""
                        select p.protected_at is not null as protected, p.protection_reason, a.name,
                               (select count(*) from case_file c where c.profile_id = p.id) as cases
                          from profile p left join account a on a.id = p.protected_by
                         where p.id = :id
                        """)
                .param("id", id.value())
                .query((row, number) -> new Facts(
                        row.getInt("cases"),
                        row.getBoolean("protected")
                                ? new Protection(row.getString("protection_reason"), row.getString("name"))
                                : null))
                .optional();
        return facts.orElseThrow(() -> new Hidden("profile", id));
    }
}
