package org.ancora.process.rehearsal;

import java.util.List;
import java.util.Map;

/**
 * A rehearsal that was kept: with what it began, what was done in it, and what happened then.
 *
 * @param key its name in addresses and files
 * @param name its name for people
 * @param place by whose calendar, as {@link Setting#place}
 * @param start the local date and hour at which it begins
 * @param expect what must happen, line by line, as {@link Journal#trace} says it
 */
record Scenario(
        String key,
        String name,
        String folder,
        String process,
        String place,
        String start,
        Map<String, String> facts,
        List<Move> moves,
        List<String> expect) {

    Scenario expecting(List<String> instead) {
        return new Scenario(key, name, folder, process, place, start, facts, moves, instead);
    }

    Scenario called(String newKey, String newName) {
        return new Scenario(newKey, newName, folder, process, place, start, facts, moves, expect);
    }
}
