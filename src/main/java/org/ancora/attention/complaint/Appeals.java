package org.ancora.attention.complaint;

import java.util.List;
import org.ancora.access.Walls;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitioner;
import org.ancora.attention.Petitions;
import org.ancora.audit.Audited;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Whoever is not satisfied with an answer may appeal: a new petition, one level up, linked with the first. */
@Component
class Appeals {

    private final ComplaintRows rows;
    private final Petitions petitions;
    private final Walls walls;
    private final ApplicationEventPublisher events;

    Appeals(ComplaintRows rows, Petitions petitions, Walls walls, ApplicationEventPublisher events) {
        this.rows = rows;
        this.petitions = petitions;
        this.walls = walls;
        this.events = events;
    }

    /**
     * Registers the appeal against one with what the person said last; it goes to the central unit, with the same walls around
     * it, also those that came from complaints merged with the first (J-R12).
     *
     * @param number of the one that was answered
     */
    void open(String number) {
        Petition before = petitions.byNumber(number);
        Petition appeal = petitions.registerHidden(
                new NewPetition(
                        before.project(),
                        before.office(),
                        before.kind(),
                        before.channel(),
                        before.level()
                                .above()
                                .orElseThrow(() -> new IllegalStateException("Nobody stands above " + before.level())),
                        again(petitions.petitioner(before.petitioner())),
                        reason(number),
                        "",
                        before.about(),
                        false,
                        Destination.CENTRAL_UNIT,
                        null),
                walls.around(number),
                null);
        rows.appealOf(appeal.number(), number);
        events.publishEvent(Audited.ofCase("complaint.appealed", before.project(), number, null)
                .with("appeal", appeal.number()));
    }

    private String reason(String number) {
        List<String> said = rows.words(number).stream()
                .filter(word -> word.kind().equals("appealed"))
                .map(ComplaintRows.Word::text)
                .toList();
        return said.get(said.size() - 1);
    }

    private static NewPetitioner again(Petitioner person) {
        return new NewPetitioner(
                person.document(),
                person.givenName(),
                person.familyName(),
                person.beneficiary(),
                person.householdCode(),
                person.representative(),
                person.district(),
                person.province(),
                person.region(),
                person.phone(),
                person.callBackNumber(),
                person.email(),
                person.address(),
                person.safeTimes(),
                person.language());
    }
}
