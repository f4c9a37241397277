package org.ancora.process.monitor;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;

/**
 * What a viewer may see of what was asked, as SQL: the one place for it. Sums hold no case codes, so what stands behind a wall
 * is taken off them again row by row; a viewer's walls are few.
 */
final class Watched {

    private final Viewer viewer;
    private final Scope scope;
    private final Asked asked;
    private final Optional<List<String>> definitions;
    private final Instant now;
    private final ZoneId zone;

    /** @param zone in which "today" is meant; each row counts in the zone of its own project */
    Watched(Viewer viewer, Asked asked, Optional<List<String>> definitions, Instant now, ZoneId zone) {
        this.viewer = viewer;
        this.scope = Scope.of(viewer, Permission.WATCH_PROCEDURES);
        this.asked = asked;
        this.definitions = definitions;
        this.now = now;
        this.zone = zone;
    }

    /** Whether there is anything behind a wall that must be taken off. */
    boolean hasWalls() {
        return !viewer.walls().isEmpty();
    }

    /** A condition on rows with the columns {@code project_id}, {@code office} and {@code definition_id}. */
    String rows(String alias) {
        return placed(alias) + (definitions.isPresent() ? " and " + alias + ".definition_id = any(:definitions)" : "");
    }

    /** As {@link #rows}, for whatever has no version. */
    String placed(String alias) {
        return scope.sql(alias + ".project_id")
                + (asked.project() == null ? "" : " and " + alias + ".project_id = :askedProject")
                + (asked.office() == null ? "" : " and " + alias + ".office = :askedOffice");
    }

    /** As {@link #rows}, for rows that also have the column {@code case_code}. */
    String runs(String alias) {
        return rows(alias) + beyondWalls(alias);
    }

    /** As {@link #rows}, for what has no version but the column {@code case_code}: that the case went through one of them. */
    String ofCases(String alias) {
        return definitions.isPresent()
                ? " and exists (select 1 from procedure_run r where r.case_code = " + alias
                        + ".case_code and r.project_id = " + alias
                        + ".project_id and r.definition_id = any(:definitions))"
                : "";
    }

    /** What leaves out what is behind a wall; empty for nearly everybody. */
    String beyondWalls(String alias) {
        return scope.beyondWalls(alias + ".case_code");
    }

    /** The ids of procedures behind a wall. */
    static String walled() {
        return "(select w.id from procedure_run w where w.case_code = any(:scopeWalls))";
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, zone);
    }

    /** The Monday on which the period begins. */
    LocalDate since() {
        return today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(asked.weeks() - 1L);
    }

    /** UTC's day, by which is counted what has passed everywhere. */
    LocalDate day() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    Instant now() {
        return now;
    }

    ZoneId zone() {
        return zone;
    }

    Asked asked() {
        return asked;
    }

    Viewer viewer() {
        return viewer;
    }

    Map<String, Object> params() {
        Map<String, Object> params = new HashMap<>(scope.params());
        params.put("now", now.atOffset(ZoneOffset.UTC));
        params.put("day", day());
        params.put("since", since());
        // A row of another zone may be of the period although it is a little older.
        params.put("sinceAt", since().atStartOfDay(zone).minusDays(1).toOffsetDateTime());
        ProjectId project = asked.project();
        if (project != null) {
            params.put("askedProject", project.value());
        }
        String office = asked.office();
        if (office != null) {
            params.put("askedOffice", office);
        }
        definitions.ifPresent(ids -> params.put("definitions", ids.toArray(String[]::new)));
        return params;
    }
}
