package org.ancora.correspondence;

import java.util.ArrayList;
import java.util.List;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.GlassBroken;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the privacy officers and supervisors of a project at once when a case of theirs is opened in an emergency. */
@Component
class GlassNotices {

    private final Notices notices;
    private final Users users;

    GlassNotices(Notices notices, Users users) {
        this.notices = notices;
        this.users = users;
    }

    @EventListener
    void on(GlassBroken broken) {
        List<UserId> told = new ArrayList<>();
        for (Role role : List.of(Role.PRIVACY, Role.SUPERVISOR)) {
            users.withRole(broken.project(), role).stream().map(User::id).forEach(told::add);
        }
        told.remove(broken.by());
        String name = users.names(List.of(broken.by())).getOrDefault(broken.by(), "");
        notices.tell(
                told,
                NewNotice.of(
                                "glass-broken",
                                broken.project(),
                                broken.caseCode(),
                                "glass-broken " + broken.id(),
                                name,
                                broken.until().toString())
                        .urgently());
    }
}
