package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.ancora.casework.ClosingReason;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.CaseStatus;
import org.ancora.process.NotWaiting;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What may happen at every task and every wait: the client gets in touch, or the case is closed by hand (A-R3). */
@AncoraTest
class AnyMomentTest {

    /** Each place ends for one of them, so each of them ends many places. */
    private static final List<ClosingReason> BY_HAND = List.of(
            ClosingReason.WITHDRAWN, ClosingReason.TRANSFERRED, ClosingReason.DECEASED, ClosingReason.CLOSED_BY_HAND);

    @Autowired
    EngagementWalk walks;

    @Autowired
    PatientPolicy patience;

    private String published = "";

    @AfterEach
    void withdraw() {
        if (!published.isEmpty()) {
            patience.withdraw(published);
        }
    }

    @ParameterizedTest
    @MethodSource("search")
    void hearsTheClientAtOnce(Place place) {
        Walk dana = place.reach(team(place));
        assertThat(dana.open()).contains(place.element());

        dana.clientGetsInTouch();

        assertThat(dana.open()).contains("admit").isSubsetOf("admit", "group-service-decision");
        dana.finish("admit", Said.CONTACT_ADMITTED).finish("complete-documentation", Said.WRITTEN_UP);
        assertThat(dana.running()).isEmpty();
        assertThat(dana.ended()).containsExactly("in-service");
        assertThat(dana.file().status()).isEqualTo(CaseStatus.IN_PROGRESS);
        assertThat(dana.file().waitingSince()).isNull();
        assertThat(dana.episode().outcome()).isEqualTo("in-service");
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"INTAKE", "ADMISSION", "DOCUMENTATION", "REFUSAL"})
    void isNotWaitingForTheClientOutsideTheSearch(Place place) {
        Walk dana = place.reach(team(place));

        assertThatThrownBy(dana::clientGetsInTouch).isInstanceOf(NotWaiting.class);

        assertThat(dana.open()).containsExactly(place.element());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void endsWhenTheCaseIsClosedByHand(Place place) {
        Walk dana = place.reach(team(place));
        ClosingReason reason = BY_HAND.get(place.ordinal() % BY_HAND.size());

        dana.closeByHand(reason);

        assertThat(dana.running()).isEmpty();
        assertThat(dana.tasks()).isEmpty();
        assertThat(dana.file().status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(dana.file().closingReason()).isEqualTo(reason);
        assertThat(dana.episode().outcome()).isEqualTo(place == Place.DOCUMENTATION ? "in-service" : reason.code());
        assertThat(dana.ended())
                .containsExactly(
                        reason.equals(ClosingReason.CLOSED_BY_HAND) ? "closed-by-hand" : "closed-" + reason.code());
    }

    @Test
    void leavesALetterThatWasSentAsItWasSent() {
        Walk dana = Place.PRINT_AND_POST.reach(walks.inOntario());
        List<String> before = letters(dana);

        dana.closeByHand(ClosingReason.DECEASED);

        assertThat(letters(dana)).isEqualTo(before).hasSize(1);
        assertThat(dana.messages()).containsExactly("no-contact post client queued");
    }

    static Stream<Place> search() {
        return Stream.of(Place.values()).filter(Place::isPartOfTheSearch);
    }

    private Team team(Place place) {
        if (!place.needsPatience()) {
            return walks.inOntario();
        }
        published = patience.publish();
        return patience.team();
    }

    private List<String> letters(Walk walk) {
        return walks.jdbc
                .sql("select md5(letter::text) from letter where case_code = :case")
                .param("case", walk.code())
                .query(String.class)
                .list();
    }
}
