package org.ancora.process.monitor;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.ProjectId;
import org.ancora.process.monitor.Sheet.Cell;
import org.ancora.process.task.ProjectFacts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the cases behind a service level into words. */
@Component
class LevelPage {

    private final Levels levels;
    private final MonitorWords words;

    LevelPage(Levels levels, MonitorWords words) {
        this.levels = levels;
        this.words = words;
    }

    /** One promise in words; {@code path} leads to the procedures of the case. */
    record Row(String caseCode, String path, String project, String due, String done, String late, boolean missed) {}

    /** Everything on the page. */
    record Content(
            String code,
            String title,
            String about,
            boolean kept,
            String keptPath,
            String missedPath,
            List<Row> rows,
            @Nullable String next,
            boolean first) {}

    Content of(
            String code,
            boolean kept,
            Optional<Levels.After> after,
            Watched watched,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        ServiceLevel level = levels.find(code).orElseThrow(() -> new Hidden("service level", code));
        Levels.Page page = levels.promises(level, kept, after, Levels.PAGE, watched);
        String path = "/monitor/levels/" + code;
        Levels.After next = page.next();
        return new Content(
                code,
                words.text("servicelevel." + code, language),
                words.text("servicelevel." + code + ".about", language),
                kept,
                watched.asked().path(path, Map.of("kept", "yes")),
                watched.asked().path(path, Map.of()),
                page.promises().stream()
                        .map(promise -> row(promise, watched, facts, language))
                        .toList(),
                next == null
                        ? null
                        : watched.asked().path(path, Map.of("after", next.text(), "kept", kept ? "yes" : "")),
                after.isEmpty());
    }

    private Row row(
            Levels.Promise promise, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        ProjectFacts.Facts project = facts.get(promise.project());
        ZoneId zone = MonitorWords.zone(project);
        Instant done = promise.done();
        long late = late(promise, watched);
        return new Row(
                promise.caseCode(),
                "/monitor/instances?state=all&q=" + promise.caseCode(),
                project == null ? "" : project.name(),
                words.moment(promise.due(), zone, language),
                done == null ? words.text("monitor.level.not-yet", language) : words.moment(done, zone, language),
                late > 0 ? words.span(late, language) : "",
                late > 0);
    }

    /** In seconds; not above nought where it was kept. */
    private static long late(Levels.Promise promise, Watched watched) {
        Instant done = promise.done();
        return (done == null ? watched.now() : done).getEpochSecond()
                - promise.due().getEpochSecond();
    }

    /** All of them for a file, dates as dates. */
    Listing listing(
            String code, boolean kept, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        ServiceLevel level = levels.find(code).orElseThrow(() -> new Hidden("service level", code));
        return new Listing("promises", words.cut(language), after -> {
            Levels.Page page = levels.promises(level, kept, Levels.After.of(after), Listing.PART, watched);
            Levels.After next = page.next();
            return new Listing.Part(
                    new Sheet(
                            "promises",
                            words.text("servicelevel." + code, language),
                            Stream.of("case", "project", "due", "done", "late")
                                    .map(column -> words.text("monitor.level." + column, language))
                                    .toList(),
                            page.promises().stream()
                                    .map(promise -> cells(promise, watched, facts, language))
                                    .toList()),
                    next == null ? null : next.text());
        });
    }

    private List<Cell> cells(
            Levels.Promise promise, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        Row row = row(promise, watched, facts, language);
        ZoneId zone = MonitorWords.zone(facts.get(promise.project()));
        Instant done = promise.done();
        return List.of(
                Cell.text(row.caseCode()),
                Cell.text(row.project()),
                Cell.moment(LocalDateTime.ofInstant(promise.due(), zone), row.due()),
                done == null ? Cell.text(row.done()) : Cell.moment(LocalDateTime.ofInstant(done, zone), row.done()),
                row.missed() ? words.spanCell(late(promise, watched), language) : Cell.NOTHING);
    }
}
