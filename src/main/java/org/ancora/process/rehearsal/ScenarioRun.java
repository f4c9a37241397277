package org.ancora.process.rehearsal;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Plays scenarios again, and finds the first thing that is no longer as it was. */
@Component
class ScenarioRun {

    private final Rehearsals rehearsals;
    private final Places places;

    ScenarioRun(Rehearsals rehearsals, Places places) {
        this.rehearsals = rehearsals;
        this.places = places;
    }

    /**
     * What came of playing a scenario.
     *
     * @param trace what happened
     * @param difference the first thing that is not as it was; null when all of it is the same
     */
    record Played(
            Scenario scenario, List<String> trace, @Nullable Difference difference) {

        boolean same() {
            return difference == null;
        }

        /** Whether it had to be stopped: nobody can mean that. */
        boolean stopped() {
            return Journal.tellsOfAStop(trace);
        }
    }

    /**
     * Something that is not as it was.
     *
     * @param key of the sentence: {@code rehearsal.difference.<kind>}
     * @param expected what was to happen, or empty
     * @param happened what happened instead, or empty
     * @param task where a form could not be filled in as before: the task
     */
    record Difference(String key, String expected, String happened, String task) {}

    Played play(Scenario scenario, ProcessFolder files) {
        Places.Place place = places.find(scenario.place()).orElse(null);
        if (place == null) {
            return new Played(scenario, List.of(), difference("no-calendar", "", "", scenario.place()));
        }
        Setting setting = new Setting(
                scenario.folder(),
                scenario.process(),
                place.code(),
                place.project(),
                place.name(),
                place.calendar(),
                LocalDateTime.parse(scenario.start())
                        .atZone(place.calendar().zone())
                        .toInstant(),
                rehearsals.chosen(files, scenario.facts()));
        try {
            return rehearsals.apart(files, setting, rehearsal -> compare(scenario, rehearsal));
        } catch (NotRehearsable refused) {
            Finding first = refused.findings().get(0);
            return new Played(scenario, List.of(), difference("refused", "", "", first.toString()));
        }
    }

    private static Played compare(Scenario scenario, Rehearsal rehearsal) {
        String stuck = moves(scenario, rehearsal);
        List<String> trace = rehearsal.journal().trace();
        List<String> expect = scenario.expect();
        if (rehearsal.wasStopped()) {
            return new Played(scenario, trace, difference("stopped", "", trace.get(trace.size() - 1), ""));
        }
        for (int line = 0; line < Math.max(trace.size(), expect.size()); line++) {
            String expected = line < expect.size() ? expect.get(line) : "";
            String happened = line < trace.size() ? trace.get(line) : "";
            if (!expected.equals(happened)) {
                return new Played(
                        scenario, trace, difference(kind(expected, happened, stuck), expected, happened, stuck));
            }
        }
        // A form that can no longer be filled in leaves a line out; where that is what is expected, it was accepted.
        return new Played(scenario, trace, null);
    }

    private static String kind(String expected, String happened, String stuck) {
        if (expected.isEmpty()) {
            return "more";
        }
        return !happened.isEmpty() ? "other" : stuck.isEmpty() ? "less" : "form";
    }

    /** Does again what was done; where it cannot be, it stops and says at which task; else it says nothing. */
    private static String moves(Scenario scenario, Rehearsal rehearsal) {
        for (Move move : scenario.moves()) {
            switch (move.what()) {
                case "next" -> rehearsal.toNext();
                case "until" ->
                    rehearsal.to(LocalDateTime.parse(move.value())
                            .atZone(rehearsal.setting().calendar().zone())
                            .toInstant());
                case "fact" -> rehearsal.change(move.name(), move.value());
                case "message" -> {
                    Map<String, String> values = new HashMap<>();
                    Objects.requireNonNullElse(move.answers(), Map.<String, Object>of())
                            .forEach((name, value) -> values.put(name, String.valueOf(value)));
                    rehearsal.hear(move.name(), values);
                }
                default -> {
                    if (!answer(move, rehearsal)) {
                        return move.name();
                    }
                }
            }
        }
        return "";
    }

    private static boolean answer(Move move, Rehearsal rehearsal) {
        int slash = move.name().indexOf('/');
        OpenStep task = rehearsal
                .task(move.name().substring(0, Math.max(0, slash)), move.name().substring(slash + 1))
                .orElse(null);
        return task != null
                && rehearsal
                        .answer(
                                task,
                                new TaskForms.Reader(move.role(), Locale.ENGLISH, key -> key),
                                Objects.requireNonNullElse(move.answers(), Map.<String, Object>of()))
                        .taken();
    }

    private static Difference difference(String kind, String expected, String happened, String task) {
        return new Difference("rehearsal.difference." + kind, expected, happened, task);
    }

    /** All of them, in order. */
    List<Played> playAll(List<Scenario> scenarios, ProcessFolder files) {
        List<Played> played = new ArrayList<>();
        scenarios.forEach(scenario -> played.add(play(scenario, files)));
        return played;
    }
}
