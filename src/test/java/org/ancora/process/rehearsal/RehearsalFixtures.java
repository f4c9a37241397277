package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rehearsals as owners hold them. */
final class RehearsalFixtures {

    private RehearsalFixtures() {}

    static ProcessFolder folder(ShippedFolders shipped, String name) {
        return shipped.all().stream()
                .filter(folder -> folder.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** With a procedure that no rule refuses, and of which every rehearsal has to be stopped: a thousand calls, side by side. */
    static ProcessFolder flooding(ProcessFolder folder) {
        Drawn drawn = Drawn.process("flooding")
                .start("begins")
                .call("again", "flooded")
                .end("over");
        String from = "begins";
        for (String round : List.of("first", "second", "third")) {
            drawn.gate(round + "-way", "parallelGateway").gate(round + "-end", "exclusiveGateway");
            drawn.flow(from, round + "-way");
            for (int way = 0; way < 10; way++) {
                drawn.gate(round + "-" + way, "exclusiveGateway")
                        .flow(round + "-way", round + "-" + way)
                        .flow(round + "-" + way, round + "-end");
            }
            from = round + "-end";
        }
        Drawn flooded = Drawn.process("flooded").start("starts").end("done").flow("starts", "done");
        Map<String, byte[]> files = new TreeMap<>(folder.files());
        files.put(
                "flooding.bpmn",
                drawn.flow(from, "again").flow("again", "over").xml().getBytes(StandardCharsets.UTF_8));
        files.put("flooded.bpmn", flooded.xml().getBytes(StandardCharsets.UTF_8));
        return new ProcessFolder(folder.name(), files);
    }

    /** On the calendar of Ontario as it was shipped, at a local hour. */
    static Setting setting(
            Rehearsals rehearsals, Places places, ProcessFolder folder, String process, String start, String... facts) {
        Map<String, String> chosen = new HashMap<>();
        for (int at = 0; at < facts.length; at += 2) {
            chosen.put(facts[at], facts[at + 1]);
        }
        Places.Place place = places.find("CA-ON").orElseThrow();
        return new Setting(
                folder.name(),
                process,
                place.code(),
                place.project(),
                place.name(),
                place.calendar(),
                LocalDateTime.parse(start).atZone(place.calendar().zone()).toInstant(),
                rehearsals.chosen(folder, chosen));
    }

    /** Fills in the first open task of an element, now. */
    static Rehearsal.Outcome answer(Rehearsal rehearsal, String task, Object... answers) {
        Map<String, Object> filled = new HashMap<>();
        for (int at = 0; at < answers.length; at += 2) {
            filled.put(String.valueOf(answers[at]), answers[at + 1]);
        }
        String[] path = task.split("/", 2);
        OpenStep open = rehearsal
                .task(path[0], path[1])
                .orElseThrow(() -> new AssertionError(
                        task + " is not open, but " + rehearsal.flow().tasks() + "\n"
                                + String.join("\n", rehearsal.journal().trace())));
        return rehearsal.answer(open, new TaskForms.Reader(open.roles().get(0), Locale.ENGLISH, key -> key), filled);
    }

    static String now(Rehearsal rehearsal) {
        return rehearsal.journal().local(rehearsal.now());
    }

    /**
     * How many rows each table of the application and of its engine has; what came of trying a draft before its publication is
     * no rehearsal's.
     */
    static Map<String, Long> rows(JdbcClient jdbc) {
        String each = jdbc.sql("""
                        select string_agg(format('select %L, count(*) from %I.%I', table_schema || '.' || table_name,
                                                 table_schema, table_name), ' union all ')
                          from information_schema.tables
                         where table_schema in ('public', 'engine') and table_type = 'BASE TABLE'
                           and table_name not in ('scenario_outcome', 'scenario_round')""").query(String.class).single();
        Map<String, Long> rows = new TreeMap<>();
        jdbc.sql(each).query(row -> {
            rows.put(row.getString(1), row.getLong(2));
        });
        return rows;
    }

    /** Nobody answers the main number, and the second way is left out. */
    static Rehearsal.Outcome nobodyAnswers(Rehearsal rehearsal) {
        return answer(
                rehearsal,
                "contact-round/record-round",
                "mainOutcome",
                "no-answer",
                "furtherChannel",
                "email",
                "furtherSending",
                "send",
                "when",
                now(rehearsal));
    }
}
