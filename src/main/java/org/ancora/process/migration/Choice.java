package org.ancora.process.migration;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where the cases of each step go on, as somebody chose it.
 *
 * @param steps by procedure and step: the step of the other version, or {@link #STAY}
 */
record Choice(Map<String, Map<String, String>> steps) {

    /** The cases at this step are not moved. */
    static final String STAY = "";

    Choice {
        Map<String, Map<String, String>> kept = new TreeMap<>();
        steps.forEach((process, each) -> kept.put(process, new TreeMap<>(each)));
        steps = kept;
    }

    /** What is offered where nobody chose: the same steps, and nothing else. */
    static final Choice SAME = new Choice(Map.of());

    /** The steps that go on, for one procedure: what was chosen, else the same step where it still is. */
    Map<String, String> pairs(Match match) {
        Map<String, String> chosen = steps.getOrDefault(match.from().key(), Map.of());
        Map<String, String> pairs = new TreeMap<>();
        match.proposals().forEach(proposal -> {
            String step = proposal.place().id();
            String goesOn = chosen.get(step);
            if (goesOn == null && proposal.sureness() == Match.Sureness.SAME) {
                goesOn = step;
            }
            if (goesOn != null && !goesOn.equals(STAY)) {
                pairs.put(step, goesOn);
            }
        });
        return pairs;
    }

    /** Whether somebody decided that cases at this step stay behind. */
    boolean stays(String process, String step) {
        return STAY.equals(steps.getOrDefault(process, Map.of()).get(step));
    }
}
