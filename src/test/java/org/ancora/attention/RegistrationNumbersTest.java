package org.ancora.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Registration numbers have no gaps and no doubles, whoever registers at the same moment and whatever is given up. */
@AncoraTest
class RegistrationNumbersTest {

    private static final int THREADS = 50;
    private static final int EACH = 200;
    private static final int YEAR = 2026;

    /** Of four offices, so that there is waiting within each and none between them. */
    private static final List<OfficeId> OFFICES =
            List.of(new OfficeId("AYA1"), new OfficeId("CUS1"), new OfficeId("PUN1"), new OfficeId("LIM1"));

    @Autowired
    private RegistrationNumbers numbers;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void fiftyAtOnceLeaveNoGapAndNoDouble() throws Exception {
        ConcurrentLinkedQueue<String> given = new ConcurrentLinkedQueue<>();
        List<Callable<Void>> people = new ArrayList<>();
        for (int person = 0; person < THREADS; person++) {
            Random random = new Random(person);
            people.add(() -> {
                for (int registration = 0; registration < EACH; registration++) {
                    register(random, given);
                }
                return null;
            });
        }

        ExecutorService desk = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> person : desk.invokeAll(people)) {
                person.get();
            }
        } finally {
            desk.shutdownNow();
        }

        assertThat(given)
                .hasSizeBetween(THREADS * EACH / 2, THREADS * EACH - 1000)
                .doesNotHaveDuplicates();
        for (OfficeId office : OFFICES) {
            List<String> ours = given.stream()
                    .filter(number -> number.startsWith(office + "-"))
                    .toList();
            assertThat(ours)
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, ours.size())
                            .mapToObj(number -> "%s-%d-%04d".formatted(office, YEAR, number))
                            .toList());
        }
    }

    @Test
    void everyYearBeginsAnew() {
        assertThat(inTransaction("AYA1", 2026)).isEqualTo("AYA1-2026-0001");
        assertThat(inTransaction("AYA1", 2026)).isEqualTo("AYA1-2026-0002");
        assertThat(inTransaction("AYA1", 2027)).isEqualTo("AYA1-2027-0001");
        assertThat(inTransaction("AYA2", 2026)).isEqualTo("AYA2-2026-0001");
    }

    /** One in four is given up: half of those by a failure, half quietly. */
    private void register(Random random, ConcurrentLinkedQueue<String> given) {
        OfficeId office = OFFICES.get(random.nextInt(OFFICES.size()));
        int fate = random.nextInt(8);
        try {
            String number = transaction.execute(status -> {
                String next = numbers.next(office, YEAR);
                if (fate == 0) {
                    throw new GivenUp();
                }
                if (fate == 1) {
                    status.setRollbackOnly();
                    return "";
                }
                return next;
            });
            if (number != null && !number.isEmpty()) {
                given.add(number);
            }
        } catch (GivenUp expected) {
            // Its number goes to the next one.
        }
    }

    private String inTransaction(String office, int year) {
        return Objects.requireNonNull(transaction.execute(status -> numbers.next(new OfficeId(office), year)));
    }

    private static final class GivenUp extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
