package org.ancora.process.monitor;

import java.util.List;

/**
 * What a plot shows; the same figures stand in a table beside it, and in one sentence for whoever does not see it.
 *
 * @param kind {@code bars}, {@code lines} or {@code ranks} (bars that lie, with names beside them)
 * @param labels one for each place on its axis
 * @param about the sentence
 */
record Plot(String kind, List<String> labels, List<Series> series, String about) {

    /**
     * One line or one colour of bars.
     *
     * @param tone a role of the look: "calm", "late", "soon", "done" or "quiet"
     */
    record Series(String name, String tone, List<Integer> values) {}
}
