package org.ancora.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several people at once. */
final class Crowd {

    /** Something done for one numbered item. */
    interface Work {
        void on(int number) throws Exception;
    }

    private Crowd() {}

    /** Does the work for each number from the first to the last, four at a time, and tells how many a second. */
    static double perSecond(int first, int last, Work work) throws Exception {
        int people = 4;
        long start = System.nanoTime();
        together(people, person -> {
            for (int number = first + person; number <= last; number += people) {
                work.on(number);
            }
        });
        return (last - first + 1) / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Asks again and again at a steady pace, whatever the answers take, and tells how long each answer took in
     * milliseconds from when it should have been asked for: a late start counts.
     */
    static List<Double> steadily(int people, int eachPerSecond, long millis, Work work) throws Exception {
        List<Double> taken = Collections.synchronizedList(new ArrayList<>());
        long start = System.nanoTime();
        together(people, person -> {
            long pause = 1_000_000_000L / eachPerSecond;
            long turn = start + person * pause / people;
            for (; turn < start + millis * 1_000_000; turn += pause) {
                long wait = turn - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                work.on(person);
                taken.add((System.nanoTime() - turn) / 1e6);
            }
        });
        return taken;
    }

    private static void together(int people, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int person = 0; person < people; person++) {
                int number = person;
                running.add(threads.submit(() -> {
                    work.on(number);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
