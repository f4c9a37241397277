package org.ancora.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ancora.access.UserId;
import org.ancora.process.task.OpenTask;
import org.ancora.testing.AncoraTest;
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
        CyclicBarrier together = new CyclicBarrier(2);
        List<String> outcomes = new ArrayList<>();

        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            Future<?> one = people.submit(finishing(dana, intake, dana.team().coordinator(), Said.ACCEPTED, together));
            Future<?> other = people.submit(finishing(dana, intake, dana.team().supervisor(), REFUSED, together));
            outcomes.add(outcome(one));
            outcomes.add(outcome(other));
        } finally {
            people.shutdown();
        }

        assertThat(outcomes).containsExactlyInAnyOrder("finished", "told");
        boolean accepted = outcomes.get(0).equals("finished");
        assertThat(dana.open()).isEqualTo(accepted ? List.of("assign-caseworker") : List.of());
        assertThat(dana.file().isClosed()).isEqualTo(!accepted);
        assertThat(dana.messages()).hasSize(accepted ? 0 : 1);
    }

    private Callable<Void> finishing(
            Walk walk, OpenTask task, UserId who, Map<String, Object> answers, CyclicBarrier together) {
        return () -> {
            together.await();
            walks.tasks.complete(task.id(), walk.viewer(who), answers);
            return null;
        };
    }

    private static String outcome(Future<?> attempt) throws InterruptedException {
        try {
            attempt.get();
            return "finished";
        } catch (ExecutionException refused) {
            assertThat(refused.getCause()).isInstanceOf(Problem.class);
            return "told";
        }
    }
}
