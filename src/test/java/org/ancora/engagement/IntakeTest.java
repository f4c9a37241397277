package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.ClosingReason;
import org.ancora.casework.ServiceMode;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which intakes become a search, and for whom it may go on (A2, A-R14). */
@AncoraTest
class IntakeTest {

    private static final Map<String, Object> REFUSED = Map.of(
            "decision",
            "refuse",
            "refusalReason",
            "outside-area",
            "refusalText",
            "Dana lives in Barrie, outside our area.");

    @Autowired
    EngagementWalk walks;

    @Test
    void tellsTheSourceOfARefusal() {
        Walk dana = walks.inOntario().beginWithEverything();

        dana.finish("accept-intake", REFUSED);

        assertThat(dana.ended()).containsExactly("refused");
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.REFUSED);
        assertThat(dana.episode().outcome()).isEqualTo("refused");
        assertThat(dana.messages()).containsExactly("source-refused email source written");
        assertThat(walks.jdbc
                        .sql("select body_text from message")
                        .query(String.class)
                        .single())
                .contains("Dana lives in Barrie, outside our area.");
    }

    @Test
    void tellsNobodyWhenAClientWhoCameByThemselvesIsRefused() {
        Team york = walks.inOntario();
        Walk dana = york.begin(york.client().openCase());

        dana.finish("accept-intake", REFUSED);

        assertThat(dana.ended()).containsExactly("refused");
        assertThat(dana.messages()).isEmpty();
    }

    @Test
    void isAcceptedByCoordinatorsOnly() {
        Walk dana = walks.inOntario().beginWithEverything();

        assertThatThrownBy(() -> dana.finish("accept-intake", dana.team().worker(), Said.ACCEPTED))
                .isInstanceOfAny(Forbidden.class, Hidden.class);

        assertThat(dana.open()).containsExactly("accept-intake");
    }

    @Test
    void refusesASecondSearchForTheSameCase() {
        Walk dana = walks.inOntario().beginWithEverything();

        assertThatThrownBy(() -> walks.episodes.start(
                        dana.file(), Track.ENTRY, dana.team().coordinator()))
                .isInstanceOf(EngagementRefused.class);
    }

    @Test
    void refusesAClientInGroupService() {
        Team york = walks.inOntario();
        CaseSummary inGroup = york.client().inGroupService().openCase();

        assertThatThrownBy(() -> york.begin(inGroup)).isInstanceOf(EngagementRefused.class);

        assertThat(walks.processes.all(inGroup.code())).isEmpty();
    }

    @Test
    void asksTheSupervisorWhenAClientGoesOverToGroupService() {
        Walk dana = Place.GROUP_SERVICE.reach(walks.inOntario());

        assertThat(dana.open()).containsExactly("group-service-decision", "record-round");
        assertThat(dana.window("group-service-decision")).isEqualTo("2026-11-23T09:10/2026-11-25T17:00");
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-11-30T17:00");
    }

    @Test
    void goesOnWithTheIndividualServiceWhenTheSupervisorSaysSo() {
        Walk dana = Place.GROUP_SERVICE.reach(walks.inOntario());

        dana.finish("group-service-decision", Map.of("groupDecision", "continue", "reason", "Dana changed her mind"));

        assertThat(dana.open()).containsExactly("record-round");
        assertThat(dana.file().serviceMode()).isEqualTo(ServiceMode.INDIVIDUAL);
        dana.finish("record-round", Said.NOBODY_ANSWERED);
        assertThat(dana.open()).containsExactly("wait-for-next-round");
    }

    @Test
    void stopsForGroupServiceWhenTheSupervisorSaysSo() {
        Walk dana = Place.GROUP_SERVICE.reach(walks.inOntario());

        dana.finish("group-service-decision", Map.of("groupDecision", "stop", "reason", "The group starts on Monday"));

        assertThat(dana.running()).isEmpty();
        assertThat(dana.tasks()).isEmpty();
        assertThat(dana.ended()).containsExactly("closed-group-service");
        assertThat(dana.file().closingReason()).isEqualTo(ClosingReason.TRANSFERRED_TO_GROUP);
        assertThat(dana.episode().outcome()).isEqualTo("transferred-to-group");
    }

    @Test
    void endsTheOpenQuestionWithTheSearch() {
        Walk dana = Place.GROUP_SERVICE.reach(walks.inOntario());

        dana.finish("record-round", Said.DECLINES).finish("confirm-refusal", Said.REFUSAL_CONFIRMED);

        assertThat(dana.tasks()).isEmpty();
        assertThat(dana.ended()).containsExactly("closed-declined");
    }
}
