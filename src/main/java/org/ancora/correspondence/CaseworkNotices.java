package org.ancora.correspondence;

import java.util.stream.Collectors;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseAssigned;
import org.ancora.casework.CaseGivenToTeam;
import org.ancora.casework.CaseShared;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people of cases that have become theirs, theirs to see, or somebody else's. Nobody is told of what they did themselves. */
@Component
class CaseworkNotices {

    private final Notices notices;
    private final Users users;

    CaseworkNotices(Notices notices, Users users) {
        this.notices = notices;
        this.users = users;
    }

    /** A case that passes from one caseworker to another: the new one learns of it, and the old one that it is not theirs. */
    @EventListener
    void on(CaseAssigned assigned) {
        UserId from = assigned.from();
        if (from == null || from.equals(assigned.to())) {
            return;
        }
        // A case may come back to whoever had it before, even at the same instant, and they are told again.
        String once = "/" + assigned.code() + "/" + assigned.version();
        tellOfHandover(assigned, assigned.to(), "case-handed-to-you", once, from);
        tellOfHandover(assigned, from, "case-handed-on", once, assigned.to());
    }

    private void tellOfHandover(CaseAssigned assigned, UserId told, String kind, String once, UserId other) {
        if (!told.equals(assigned.by())) {
            notices.tell(
                    told,
                    NewNotice.of(
                            kind,
                            assigned.project(),
                            assigned.code(),
                            kind + once,
                            users.find(other).map(User::name).orElse("")));
        }
    }

    @EventListener
    void on(CaseShared shared) {
        if (!shared.with().equals(shared.by())) {
            notices.tell(
                    shared.with(),
                    NewNotice.of("case-shared", shared.project(), shared.code(), "case-shared/" + shared.code()));
        }
    }

    @EventListener
    void on(CaseGivenToTeam given) {
        notices.tell(
                given.members().stream()
                        .filter(member -> !member.equals(given.by()))
                        .collect(Collectors.toSet()),
                NewNotice.of(
                        "case-for-team",
                        given.project(),
                        given.code(),
                        "case-for-team/" + given.code() + "/" + given.team()));
    }
}
