package org.ancora.access;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Turns whoever is signed in into a {@link Viewer}: one statement a request, kept for the rest of that request. */
@Service
public class Viewers {

    private final JdbcClient jdbc;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectProvider<ProjectTree> tree;
    private final Clock clock;

    Viewers(JdbcClient jdbc, ObjectProvider<ProjectTree> tree, Clock clock) {
        this.jdbc = jdbc;
        this.tree = tree;
        this.clock = clock;
    }

    /** The viewer of the running request; empty when nobody is signed in, or the account was shut meanwhile. */
    public Optional<Viewer> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof Principal principal)) {
            return Optional.empty();
        }
        return OncePerPage.know("access.viewer " + principal.id(), () -> of(principal.id()));
    }

    /** An active person as a viewer, for work done in their name outside a request; empty when they are not active. */
    public Optional<Viewer> of(UserId id) {
        AtomicReference<@Nullable User> user = new AtomicReference<>();
        AtomicReference<@Nullable String> glasses = new AtomicReference<>();
        Set<String> walls = new HashSet<>();
        List<Membership> memberships = new ArrayList<>();
        jdbc.sql("""
                        select a.id, a.sign_in_name, a.name, a.email, a.locale, a.theme, a.notices, a.active,
                               m.project_id, m.role,
                               (select json_agg(json_build_object('id', g.id, 'case', g.case_code,
                                                'project', g.project_id, 'until', g.until) order by g.id)::text
                                  from break_glass g
                                 where g.account_id = a.id and g.ended_at is null and g.until > :now) as glasses,
                               (select array_agg(w.code) from wall w where w.account_id = a.id) as walls
                          from account a left join membership m on m.account_id = a.id
                         where a.id = :id and a.active
                        """)
                .param("id", id.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(row -> {
                    user.set(Users.user(row, 0));
                    glasses.set(row.getString("glasses"));
                    if (row.getArray("walls") != null) {
                        walls.addAll(List.of((String[]) row.getArray("walls").getArray()));
                    }
                    if (row.getString("role") != null) {
                        memberships.add(Users.membership(row, 0));
                    }
                });
        User found = user.get();
        return found == null
                ? Optional.empty()
                : Optional.of(Viewer.of(found, memberships, projects(), glasses(glasses.get()), walls));
    }

    private static List<BrokenGlass> glasses(@Nullable String json) {
        List<BrokenGlass> glasses = new ArrayList<>();
        if (json != null) {
            JSON.readTree(json)
                    .forEach(node -> glasses.add(new BrokenGlass(
                            node.get("id").asLong(),
                            node.get("case").asString(),
                            new ProjectId(node.get("project").asLong()),
                            OffsetDateTime.parse(node.get("until").asString()).toInstant())));
        }
        return glasses;
    }

    private ProjectTree projects() {
        return tree.getIfAvailable(EveryProjectAlone::new);
    }

    /** Before there are any projects, none belong together. */
    private static final class EveryProjectAlone implements ProjectTree {

        @Override
        public Set<ProjectId> all() {
            return Set.of();
        }

        @Override
        public Set<ProjectId> ofSameOrganisation(ProjectId project) {
            return Set.of(project);
        }

        @Override
        public Set<ProjectId> ofSameNetwork(ProjectId project) {
            return Set.of(project);
        }
    }
}
