package org.ancora.correspondence;

import java.util.stream.Collectors;
import org.ancora.casework.CaseGivenToTeam;
import org.ancora.casework.CaseShared;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells people of cases that have become theirs to see. Nobody is told of what they did themselves. */
@Component
class CaseworkNotices {

    private final Notices notices;

    CaseworkNotices(Notices notices) {
        this.notices = notices;
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
