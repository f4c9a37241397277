package org.ancora.process.monitor;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.process.task.ProjectFacts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells where "today" and "this week" of a page are: each row counts in its own project's zone, the page needs one. */
@Component
class Zones {

    private final ObjectProvider<ProjectFacts> projects;

    Zones(ObjectProvider<ProjectFacts> projects) {
        this.projects = projects;
    }

    /** The zone of the project that is asked about, or the one in which most of the viewer's projects are. */
    ZoneId of(Viewer viewer, Asked asked) {
        ProjectFacts known = projects.getIfAvailable();
        if (known == null) {
            return ZoneOffset.UTC;
        }
        Map<ProjectId, ProjectFacts.Facts> facts = known.describe(viewer.projects(Permission.WATCH_PROCEDURES));
        ProjectId project = asked.project();
        ProjectFacts.Facts one = project == null ? null : facts.get(project);
        if (one != null) {
            return one.calendar().zone();
        }
        return facts.values().stream()
                .map(each -> each.calendar().zone())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<ZoneId, Long>comparingByValue()
                        .thenComparing(entry -> entry.getKey().getId(), Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(ZoneOffset.UTC);
    }
}
