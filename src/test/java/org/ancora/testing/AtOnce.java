package org.ancora.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ancora.web.Problem;
import org.springframework.dao.ConcurrencyFailureException;

/** Several people do something in the same moment, each in a thread of their own. */
public final class AtOnce {

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private AtOnce() {}

    /** What one person does; whatever it returns is of no interest. */
    @FunctionalInterface
    public interface Deed {
        void run() throws Exception;
    }

    /** Lets all begin together, waits for all, and returns how many were told that they were too late; else it fails. */
    public static int told(Deed... deeds) throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(deeds.length);
        ExecutorService people = Executors.newFixedThreadPool(deeds.length);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (Deed deed : deeds) {
                all.add(people.submit(beginning(together, deed)));
            }
            int told = 0;
            for (Future<?> each : all) {
                told += wasTold(each) ? 1 : 0;
            }
            return told;
        } finally {
            people.shutdownNow();
        }
    }

    private static Callable<Boolean> beginning(CyclicBarrier together, Deed deed) {
        return () -> {
            together.await();
            deed.run();
            return true;
        };
    }

    private static boolean wasTold(Future<?> deed) throws InterruptedException {
        try {
            deed.get();
            return false;
        } catch (ExecutionException refused) {
            if (!isConflict(refused)) {
                assertThat(refused.getCause()).isInstanceOfAny(Problem.class, ConcurrencyFailureException.class);
            }
            return true;
        }
    }

    /** What the pages answer as a change by others, however deep it lies: {@code ErrorAdvice}. */
    private static boolean isConflict(Throwable refused) {
        return Stream.iterate(refused, Objects::nonNull, Throwable::getCause)
                .anyMatch(each -> each instanceof SQLException sql && CONFLICTS.contains(sql.getSQLState()));
    }
}
