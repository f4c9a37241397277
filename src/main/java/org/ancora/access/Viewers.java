package org.ancora.access;

import java.util.ArrayList;
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

/** Turns whoever is signed in into a {@link Viewer}: one statement a request, kept for the rest of that request. */
@Service
public class Viewers {

    private final JdbcClient jdbc;
    private final ObjectProvider<ProjectTree> tree;

    Viewers(JdbcClient jdbc, ObjectProvider<ProjectTree> tree) {
        this.jdbc = jdbc;
        this.tree = tree;
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
        List<Membership> memberships = new ArrayList<>();
        jdbc.sql("""
                        select a.id, a.sign_in_name, a.name, a.email, a.locale, a.theme, a.notices, a.active,
                               m.project_id, m.role
                          from account a left join membership m on m.account_id = a.id
                         where a.id = :id and a.active
                        """).param("id", id.value()).query(row -> {
            user.set(Users.user(row, 0));
            if (row.getString("role") != null) {
                memberships.add(Users.membership(row, 0));
            }
        });
        User found = user.get();
        return found == null ? Optional.empty() : Optional.of(Viewer.of(found, memberships, projects()));
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
