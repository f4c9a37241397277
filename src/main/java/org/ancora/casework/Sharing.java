package org.ancora.casework;

import java.util.List;
import java.util.Set;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * With whom a case is shared besides its caseworker.
 *
 * @param team the team to which it was given, if any (C-R10)
 * @param teamName what that team is called
 * @param members who is in that team
 * @param collaborators who was added to the case, by name (C61)
 */
public record Sharing(
        @Nullable TeamId team, @Nullable String teamName, Set<UserId> members, List<Colleague> collaborators) {

    public Sharing {
        members = Set.copyOf(members);
        collaborators = List.copyOf(collaborators);
    }

    /** Returns whether it is shared with this person, as a collaborator or through the team. */
    public boolean includes(UserId user) {
        return members.contains(user)
                || collaborators.stream().anyMatch(each -> each.id().equals(user));
    }
}
