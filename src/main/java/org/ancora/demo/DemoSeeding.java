package org.ancora.demo;

import java.time.Instant;
import java.util.List;
import org.ancora.database.StartUpRefused;
import org.ancora.network.Project;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Fills an empty demo before its first page is served; later starts find it filled. */
@Component
@Profile("demo")
class DemoSeeding implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DemoSeeding.class);

    private final DemoClock clock;
    private final DemoProjects projects;
    private final DemoPeople people;
    private final DemoCases cases;
    private final DemoMarks marks;
    private final DemoComplaints complaints;
    private final DemoDirectory directory;
    private final DemoDesk desk;
    private final DemoStudio studio;
    private final JdbcClient jdbc;
    private final Instant firstDay;
    private final boolean withCases;
    private boolean running;

    DemoSeeding(
            DemoClock clock,
            DemoProjects projects,
            DemoPeople people,
            DemoCases cases,
            DemoMarks marks,
            DemoComplaints complaints,
            DemoDirectory directory,
            DemoDesk desk,
            DemoStudio studio,
            JdbcClient jdbc,
            @Value("${ancora.demo.first-day}") Instant firstDay,
            @Value("${ancora.demo.cases:true}") boolean withCases) {
        this.clock = clock;
        this.projects = projects;
        this.people = people;
        this.cases = cases;
        this.marks = marks;
        this.complaints = complaints;
        this.directory = directory;
        this.desk = desk;
        this.studio = studio;
        this.jdbc = jdbc;
        this.firstDay = firstDay;
        this.withCases = withCases;
    }

    @Override
    public void start() {
        running = true;
        if (clock.isSeeded()) {
            return;
        }
        if (jdbc.sql("select exists (select 1 from network)")
                .query(Boolean.class)
                .single()) {
            throw new StartUpRefused("This database holds an organisation's own data, and the demo would mix with it:"
                    + " start without the demo profile, or with another data folder (ancora.data).");
        }
        log.info("Making the demo's projects, people and cases; this happens once");
        List<Project> opened = projects.open();
        people.arrive(opened);
        opened.forEach(directory::fill);
        if (withCases) {
            cases.live(opened, firstDay);
            opened.forEach(marks::mark);
            opened.forEach(desk::open);
            opened.forEach(complaints::open);
            studio.draft();
        } else {
            clock.moveTo(firstDay);
        }
        clock.seeded();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which starts among the last. */
    @Override
    public int getPhase() {
        return 0;
    }
}
