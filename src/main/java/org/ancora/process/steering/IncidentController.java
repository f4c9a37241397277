package org.ancora.process.steering;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.task.ProjectFacts;
import org.ancora.process.task.TaskSubjects;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What could not be done, by cause, in plain words, and how to go on. */
@Controller
class IncidentController {

    private final IncidentRows rows;
    private final IncidentWords words;
    private final Outlines outlines;
    private final Dates dates;
    private final ObjectProvider<ProjectFacts> projects;

    IncidentController(
            IncidentRows rows,
            IncidentWords words,
            Outlines outlines,
            Dates dates,
            ObjectProvider<ProjectFacts> projects) {
        this.rows = rows;
        this.words = words;
        this.outlines = outlines;
        this.dates = dates;
        this.projects = projects;
    }

    /** A case for which it could not be done; without a way to try again where the viewer may only look. */
    record Line(
            @Nullable String code,
            String path,
            String project,
            String since,
            @Nullable String retry) {}

    /** All that failed for one reason. */
    record Group(
            String process,
            String element,
            String kind,
            String what,
            String procedure,
            String why,
            String todo,
            String first,
            long steps,
            List<Line> lines,
            boolean more,
            boolean retriable) {}

    @GetMapping("/monitor/incidents")
    String page(Viewer viewer, Model model) {
        if (!viewer.mayAnywhere(Permission.WATCH_PROCEDURES)) {
            throw new Forbidden(Permission.WATCH_PROCEDURES, null);
        }
        Locale language = viewer.locale();
        List<IncidentRows.Cause> causes = rows.causes(viewer);
        Map<String, List<IncidentRows.Incident>> listed = causes.isEmpty()
                ? Map.of()
                : rows.listed(viewer).stream()
                        .collect(Collectors.groupingBy(each -> key(each.process(), each.element(), each.kind())));
        Map<ProjectId, ProjectFacts.Facts> facts = projects.getObject()
                .describe(listed.values().stream()
                        .flatMap(List::stream)
                        .map(IncidentRows.Incident::project)
                        .collect(Collectors.toSet()));
        model.addAttribute(
                "groups",
                causes.stream()
                        .map(cause -> group(
                                cause,
                                listed.getOrDefault(key(cause.process(), cause.element(), cause.kind()), List.of()),
                                facts,
                                viewer,
                                language))
                        .toList());
        return "process/steering/incidents";
    }

    private static String key(String process, String element, String kind) {
        return process + "/" + element + "/" + kind;
    }

    private Group group(
            IncidentRows.Cause cause,
            List<IncidentRows.Incident> incidents,
            Map<ProjectId, ProjectFacts.Facts> facts,
            Viewer viewer,
            Locale language) {
        List<Line> lines = incidents.stream()
                .map(each -> line(each, facts, viewer, language))
                .toList();
        ZoneId zone = incidents.stream()
                .flatMap(each -> java.util.stream.Stream.ofNullable(facts.get(each.project())))
                .map(each -> each.calendar().zone())
                .findFirst()
                .orElse(java.time.ZoneOffset.UTC);
        return new Group(
                cause.process(),
                cause.element(),
                cause.kind(),
                words.what(cause.definition(), cause.element(), language),
                outlines.procedure(cause.process(), language),
                words.why(cause.kind(), language),
                words.todo(cause.kind(), language),
                dates.moment(cause.first(), zone, language),
                cause.steps(),
                lines,
                cause.steps() > lines.size(),
                lines.stream().anyMatch(line -> line.retry() != null));
    }

    private Line line(
            IncidentRows.Incident each, Map<ProjectId, ProjectFacts.Facts> facts, Viewer viewer, Locale language) {
        ProjectFacts.Facts project = facts.get(each.project());
        String code = each.caseCode();
        return new Line(
                TaskSubjects.isSubject(code) ? code : null,
                "/monitor/instances/" + each.root(),
                project == null ? "" : project.name(),
                project == null
                        ? ""
                        : dates.moment(each.since(), project.calendar().zone(), language),
                viewer.may(Permission.STEER_PROCEDURES, each.project())
                        ? "/monitor/instances/" + each.root() + "/retry"
                        : null);
    }
}
