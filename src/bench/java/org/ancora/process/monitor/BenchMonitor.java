package org.ancora.process.monitor;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.springframework.stereotype.Component;

/** The very code behind the pages of the monitor, without the pages. */
@Component
public class BenchMonitor {

    private final OverviewPage overview;
    private final FlowFigures flows;
    private final Instances instances;
    private final Definitions definitions;
    private final Sums sums;
    private final Zones zones;
    private final Viewers viewers;
    private final Clock clock;

    BenchMonitor(
            OverviewPage overview,
            FlowFigures flows,
            Instances instances,
            Definitions definitions,
            Sums sums,
            Zones zones,
            Viewers viewers,
            Clock clock) {
        this.overview = overview;
        this.flows = flows;
        this.instances = instances;
        this.definitions = definitions;
        this.sums = sums;
        this.zones = zones;
        this.viewers = viewers;
        this.clock = clock;
    }

    public Viewer viewer(UserId id) {
        return viewers.of(id).orElseThrow();
    }

    private Watched watched(Viewer viewer, String flow, int weeks) {
        Asked asked = Asked.of(Map.of("flow", flow, "weeks", String.valueOf(weeks)));
        return new Watched(
                viewer, asked, definitions.asked(asked.flow(), null), clock.instant(), zones.of(viewer, asked));
    }

    /** Sums what is gone, and tells how long it took in seconds. */
    public double sum() {
        long start = System.nanoTime();
        sums.sumUntil(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1));
        sums.drawTogether();
        return (System.nanoTime() - start) / 1e9;
    }

    /** All figures of the overview, service levels and caseloads included. */
    public int overview(Viewer viewer, int weeks) {
        Watched watched = watched(viewer, "", weeks);
        int rows = overview.of(watched, viewer.locale()).flows().rows().size();
        if (rows == 0) {
            throw new IllegalStateException("an empty overview proves nothing");
        }
        return rows;
    }

    /** The heat map of one procedure. */
    public int heat(Viewer viewer, String flow, int weeks) {
        int steps = flows.steps(watched(viewer, flow, weeks)).size();
        if (steps == 0) {
            throw new IllegalStateException("a cold heat map proves nothing");
        }
        return steps;
    }

    /** The commonest and slowest paths of one procedure. */
    public int paths(Viewer viewer, String flow, int weeks) {
        return flows.paths(watched(viewer, flow, weeks), flow).of();
    }

    /** A page of the list with its count; the address of the next page, or an empty text on the last one. */
    public String list(Viewer viewer, String flow, String state, String step, String after) {
        Watched watched = watched(viewer, flow, 13);
        Instances.Wanted wanted = Instances.Wanted.of(Map.of("state", state, "step", step));
        Instances.Page page = instances.page(watched, wanted, Instances.After.of(after), Instances.PAGE);
        if (page.runs().isEmpty() || instances.count(watched, wanted) == 0) {
            throw new IllegalStateException("an empty page proves nothing");
        }
        Instances.After next = page.next();
        return next == null ? "" : next.text();
    }
}
