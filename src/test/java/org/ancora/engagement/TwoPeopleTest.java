package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
import org.ancora.testing.AtOnce;
import org.ancora.web.Problem;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** Two people finish the same task: one wins, the other is told. */
@AncoraTest
class TwoPeopleTest {

    private static final Map<String, Object> REFUSED =
            Map.of("decision", "refuse", "refusalReason", "outside-area", "refusalText", "Outside our area.");

    @Autowired
    EngagementWalk walks;

    @Test
    void tellsTheSlowerOneWhoWasFaster() {
        Walk dana = walks.inOntario().beginWithEverything();
        OpenTask intake = dana.task("accept-intake");
        dana.complete(intake, dana.team().coordinator(), Said.ACCEPTED);

        assertThatThrownBy(() -> dana.complete(intake, dana.team().supervisor(), REFUSED))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT));

        assertThat(dana.open()).containsExactly("assign-caseworker");
    }

    @RepeatedTest(3)
    void letsExactlyOneOfTwoAtOnceWin() throws Exception {
        Walk dana = walks.inOntario().beginWithEverything();
        OpenTask intake = dana.task("accept-intake");

        int told = AtOnce.told(
                () -> walks.tasks.complete(intake.id(), dana.viewer(dana.team().coordinator()), Said.ACCEPTED),
                () -> walks.tasks.complete(intake.id(), dana.viewer(dana.team().supervisor()), REFUSED));

        assertThat(told).isOne();
        boolean accepted = !dana.file().isClosed();
        assertThat(dana.open()).isEqualTo(accepted ? List.of("assign-caseworker") : List.of());
        assertThat(dana.messages()).hasSize(accepted ? 0 : 1);
    }
}
