package org.ancora.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Stopwatch and the few statistics that the report needs. */
final class Stopwatch {

    private Stopwatch() {}

    /** Milliseconds that the work takes at its median, of so many repetitions. */
    static double median(int repetitions, Callable<?> work) throws Exception {
        return percentile(samples(repetitions, work), 50);
    }

    static List<Double> samples(int repetitions, Callable<?> work) throws Exception {
        List<Double> taken = new ArrayList<>();
        for (int turn = 0; turn < repetitions; turn++) {
            long start = System.nanoTime();
            work.call();
            taken.add((System.nanoTime() - start) / 1e6);
        }
        return taken;
    }

    static double median(List<Double> values) {
        return percentile(values, 50);
    }

    static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        if (percent == 50 && sorted.size() % 2 == 0) {
            return (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
        }
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }
}
