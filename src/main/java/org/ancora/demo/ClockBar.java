package org.ancora.demo;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.LayoutPart;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** The slim bar at the foot of every page of the demo: its date, and the buttons that move it. */
@Controller
@Profile("demo")
class ClockBar implements LayoutPart {

    private final DemoClock clock;
    private final Projects projects;
    private final Dates dates;

    ClockBar(DemoClock clock, Projects projects, Dates dates) {
        this.clock = clock;
        this.projects = projects;
        this.dates = dates;
    }

    @Override
    public Place place() {
        return Place.FOOT;
    }

    @Override
    public String fragment() {
        return "demo/clock-bar :: bar";
    }

    @Override
    public Map<String, Object> model(@Nullable Viewer viewer) {
        ZoneId zone = home(viewer).map(project -> project.calendar().zone()).orElse(ZoneId.of("America/Toronto"));
        return Map.of("now", clock.now(), "zone", zone, "dates", dates);
    }

    /**
     * Moves the clock and shows the page again.
     *
     * @param by {@code business-day}, {@code week} or {@code next-timer}
     */
    @PostMapping("/demo/clock/{by}")
    String move(
            Viewer viewer,
            @PathVariable String by,
            @RequestHeader(value = "Referer", required = false) @Nullable String referer) {
        Project project = home(viewer).orElseThrow(() -> new Hidden("project", ""));
        switch (by) {
            case "business-day" -> clock.nextBusinessDay(projects.calendar(project));
            case "week" -> clock.nextWeek(project.calendar().zone());
            case "next-timer" -> clock.nextTimer();
            default -> throw new Hidden("step of the clock", by);
        }
        return "redirect:" + back(referer);
    }

    /** The project by whose calendar the visitor counts: the first they may enter. */
    private Optional<Project> home(@Nullable Viewer viewer) {
        List<Project> visible = viewer == null ? List.of() : projects.visibleTo(viewer);
        return visible.stream().findFirst();
    }

    /** Only the path of the page we came from, so that nobody is sent to another site. */
    private static String back(@Nullable String referer) {
        URI page;
        try {
            page = URI.create(referer == null ? "/" : referer);
        } catch (IllegalArgumentException notAnAddress) {
            return "/";
        }
        String path = page.getRawPath() == null
                        || !page.getRawPath().startsWith("/")
                        || page.getRawPath().startsWith("//")
                ? "/"
                : page.getRawPath();
        return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
    }
}
