package org.ancora.process.steering;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.process.migration.Migrations;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What happened to one procedure, the latest first: what it came to, and what people did to it. */
@Component
class RunJournal {

    /** What is kept of a procedure that somebody let begin again, as its first deed. */
    static final String BEGUN = "begun";

    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final Outlines outlines;
    private final RunWords words;
    private final Dates dates;
    private final Migrations migrations;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    RunJournal(
            Outlines outlines, RunWords words, Dates dates, Migrations migrations, JdbcClient jdbc, JsonMapper json) {
        this.outlines = outlines;
        this.words = words;
        this.migrations = migrations;
        this.dates = dates;
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A line of the journal. */
    record Line(String when, String words, @Nullable String reason, String tone) {}

    private record Told(Instant at, int order, Line line) {}

    List<Line> of(Run run, List<RunRows.Visit> visits, ZoneId zone, Locale language) {
        List<Told> told = new ArrayList<>();
        int order = 0;
        for (RunRows.Visit visit : visits) {
            if (!visit.isTelling()
                    || (visit.type().endsWith("Event")
                            && !outlines.isNamed(visit.definition(), visit.element(), language))) {
                continue;
            }
            order++;
            String title = outlines.title(visit.definition(), visit.element(), language);
            Instant left = visit.left();
            boolean atOnce = left != null && !left.isAfter(visit.entered().plusSeconds(1));
            if (!atOnce || left == null) {
                told.add(told(
                        visit.entered(), order, words.say(entering(visit), language, title), null, "", zone, language));
            }
            if (left != null) {
                told.add(told(left, order, leaving(visit, title, language), null, "", zone, language));
            }
        }
        for (Done deed : done(run)) {
            order++;
            told.add(told(
                    deed.at(),
                    order,
                    deed(run, visits, deed, zone, language),
                    deed.reason(),
                    "steered",
                    zone,
                    language));
        }
        return told.stream()
                .sorted(Comparator.comparing(Told::at)
                        .thenComparing(Told::order)
                        .reversed())
                .map(Told::line)
                .toList();
    }

    private Told told(
            Instant at, int order, String words, @Nullable String reason, String tone, ZoneId zone, Locale language) {
        return new Told(at, order, new Line(dates.moment(at, zone, language), words, reason, tone));
    }

    private static String entering(RunRows.Visit visit) {
        return switch (visit.type()) {
            case "userTask" -> "steering.journal.task-opened";
            case "callActivity" -> "steering.journal.called";
            default -> "steering.journal.entered";
        };
    }

    private String leaving(RunRows.Visit visit, String title, Locale language) {
        String who = visit.who();
        if (visit.cancelled()) {
            return words.say("steering.journal.dropped", language, title);
        }
        if (visit.type().equals("userTask")) {
            return who == null
                    ? words.say("steering.journal.task-done", language, title)
                    : words.say("steering.journal.task-done-by", language, title, who);
        }
        return words.say(
                visit.type().endsWith("EndEvent")
                        ? "steering.journal.ended"
                        : visit.type().endsWith("tartEvent") ? "steering.journal.began" : "steering.journal.left",
                language,
                title);
    }

    /** @param reason null where none was asked for */
    private record Done(
            String action, String by, Instant at, @Nullable String reason, Map<String, String> details) {}

    /** What was done to it by itself, and then the moves of many that took it along; each in the order in which it was done. */
    private List<Done> done(Run run) {
        List<Done> done = new ArrayList<>(deeds(run));
        migrations.taken(run.id()).stream()
                .map(taken -> new Done(
                        Deed.MIGRATE.code(),
                        taken.by(),
                        taken.at(),
                        null,
                        Map.of(
                                DiagramVersions.FROM,
                                String.valueOf(taken.from()),
                                DiagramVersions.TO,
                                String.valueOf(taken.to()))))
                .forEach(done::add);
        return done;
    }

    /** The last ones. */
    private List<Done> deeds(Run run) {
        return jdbc.sql("""
                        select action, name, at, reason, details
                          from (select d.id, d.action, a.name, d.at, d.reason, d.details
                                  from steering_deed d join account a on a.id = d.by_account
                                 where d.root_instance_id = :root order by d.id desc limit 200) latest
                         order by id
                        """)
                .param("root", run.id())
                .query((row, number) -> new Done(
                        row.getString("action"),
                        row.getString("name"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("reason"),
                        json.readValue(row.getString("details"), DETAILS)))
                .list();
    }

    private String deed(Run run, List<RunRows.Visit> visits, Done deed, ZoneId zone, Locale language) {
        String element = deed.details().getOrDefault("element", "");
        String target = deed.details().getOrDefault("target", "");
        if (deed.action().equals(Deed.MIGRATE.code())) {
            return migrated(deed, language);
        }
        List<String> definitions = definitions(run, visits);
        return words.say(
                "steering.journal.deed." + deed.action(),
                language,
                deed.by(),
                element.isEmpty() ? "" : title(definitions, element, language),
                target.isEmpty() ? "" : title(definitions, target, language),
                outlines.variable(deed.details().getOrDefault("variable", ""), language),
                value(deed, "was", definitions, zone, language),
                value(deed, "becomes", definitions, zone, language));
    }

    /** From which version to which; what was done before the number of the one that it left was kept says only where it went. */
    private String migrated(Done deed, Locale language) {
        String from = deed.details().get(DiagramVersions.FROM);
        String to = deed.details().containsKey(DiagramVersions.TO)
                ? deed.details().get(DiagramVersions.TO)
                : migrations
                        .number(deed.details().getOrDefault("version", ""))
                        .map(String::valueOf)
                        .orElse("?");
        return from == null
                ? words.say("steering.journal.deed.migrate.to", language, deed.by(), to)
                : words.say("steering.journal.deed.migrate", language, deed.by(), from, to);
    }

    /** Of the procedure and of those that it called: what was done to a step or value may have been done to one of theirs. */
    private static List<String> definitions(Run run, List<RunRows.Visit> visits) {
        return Stream.concat(Stream.of(run.definition()), visits.stream().map(RunRows.Visit::definition))
                .distinct()
                .toList();
    }

    private String title(List<String> definitions, String element, Locale language) {
        String definition = definitions.stream()
                .filter(each -> outlines.has(each, element))
                .findFirst()
                .orElse(definitions.get(0));
        return outlines.title(definition, element, language);
    }

    /** What a date or a value was before, or is since. */
    private String value(Done deed, String which, List<String> definitions, ZoneId zone, Locale language) {
        String kept = deed.details().get(which);
        if (kept == null) {
            return "";
        }
        return deed.action().equals(Deed.RESCHEDULE.code())
                ? words.moment(Instant.parse(kept), zone, language)
                : words.kept(deed.details().getOrDefault("variable", ""), kept, definitions, language);
    }
}
