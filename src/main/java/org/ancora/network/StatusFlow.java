package org.ancora.network;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Role;

/**
 * How cases of one project move: its statuses, which changes between them each role may make, and the rule for opening
 * closed cases again.
 *
 * @param statuses in their order, retired ones included
 * @param transitions the roles that may make a change, by where it starts and where it leads
 * @param reopening who may open a closed case again, and for how long
 */
public record StatusFlow(
        List<ProjectStatus> statuses, Map<StatusId, Map<StatusId, Set<Role>>> transitions, Reopening reopening) {

    /** Returns the status with this id, retired or not. */
    public Optional<ProjectStatus> find(StatusId id) {
        return statuses.stream().filter(status -> status.id().equals(id)).findFirst();
    }

    /** Returns the status with this key, retired or not. */
    public Optional<ProjectStatus> find(String key) {
        return statuses.stream().filter(status -> status.key().equals(key)).findFirst();
    }

    /** Returns the statuses that are still given to cases, in their order. */
    public List<ProjectStatus> inUse() {
        return statuses.stream().filter(status -> !status.retired()).toList();
    }

    /** Returns the status that a procedure means by a category: the first one in use. */
    public ProjectStatus first(CaseStatus category) {
        return inUse().stream()
                .filter(status -> status.category() == category)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no status in use is " + category.code()));
    }

    /** Returns the roles that may make this change; empty when nobody may. */
    public Set<Role> roles(StatusId from, StatusId to) {
        Set<Role> roles = transitions.getOrDefault(from, Map.of()).getOrDefault(to, Set.of());
        Set<Role> may = roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
        boolean opens = find(from).filter(ProjectStatus::isClosed).isPresent()
                && find(to).filter(status -> !status.isClosed()).isPresent();
        if (opens) {
            may.retainAll(reopening.roles());
        }
        return Collections.unmodifiableSet(may);
    }

    /** Returns whether somebody with these roles may make this change. */
    public boolean allows(StatusId from, StatusId to, Collection<Role> held) {
        return !Collections.disjoint(roles(from, to), held);
    }

    /** Returns the statuses in use to which somebody with these roles may move a case that has this one. */
    public List<ProjectStatus> next(StatusId from, Collection<Role> held) {
        return inUse().stream()
                .filter(status -> !status.id().equals(from) && allows(from, status.id(), held))
                .toList();
    }
}
