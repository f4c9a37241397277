package org.ancora.process.monitor;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            @Nullable String next) {}

    Content of(
            String code,
            boolean kept,
            int after,
            Watched watched,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        ServiceLevel level = levels.find(code).orElseThrow(() -> new Hidden("service level", code));
        Levels.Page page = levels.promises(level, kept, after, Levels.PAGE, watched);
        String path = "/monitor/levels/" + code;
        Integer next = page.next();
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
                        : watched.asked().path(path, Map.of("after", next.toString(), "kept", kept ? "yes" : "")));
    }

    private Row row(
            Levels.Promise promise, Watched watched, Map<ProjectId, ProjectFacts.Facts> facts, Locale language) {
        ProjectFacts.Facts project = facts.get(promise.project());
        ZoneId zone = project == null ? ZoneOffset.UTC : project.calendar().zone();
        Instant done = promise.done();
        long late = (done == null ? watched.now() : done).getEpochSecond()
                - promise.due().getEpochSecond();
        return new Row(
                promise.caseCode(),
                "/monitor/instances?state=all&q=" + promise.caseCode(),
                project == null ? "" : project.name(),
                words.moment(promise.due(), zone, language),
                done == null ? words.text("monitor.level.not-yet", language) : words.moment(done, zone, language),
                late > 0 ? words.span(late, language) : "",
                late > 0);
    }

    Sheet sheet(
            String code,
            boolean kept,
            int most,
            Watched watched,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Locale language) {
        ServiceLevel level = levels.find(code).orElseThrow(() -> new Hidden("service level", code));
        return new Sheet(
                "promises",
                words.text("servicelevel." + code, language),
                Stream.of("case", "project", "due", "done", "late")
                        .map(column -> words.text("monitor.level." + column, language))
                        .toList(),
                levels.promises(level, kept, 0, most, watched).promises().stream()
                        .map(promise -> row(promise, watched, facts, language))
                        .map(row -> Stream.of(row.caseCode(), row.project(), row.due(), row.done(), row.late())
                                .map(Cell::text)
                                .toList())
                        .toList());
    }
}
