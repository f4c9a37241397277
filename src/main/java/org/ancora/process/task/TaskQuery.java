package org.ancora.process.task;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the task list shows, exactly as its address says it; whatever the address says wrongly is left out.
 *
 * @param text part of a case code, or null
 * @param after where the page before ended, or null on the first one
 */
record TaskQuery(
        Tab tab,
        @Nullable ProjectId project,
        @Nullable String procedure,
        @Nullable String step,
        @Nullable String text,
        Sort sort,
        @Nullable Place after) {

    /** The lists a person has. */
    enum Tab {
        MINE,
        TEAM,
        UNASSIGNED,
        CALLS,
        UPCOMING;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The orders of a list. */
    enum Sort {
        DUE,
        NEWEST,
        CASE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The last row of a page: its value in the order, and its id where several have the same. */
    record Place(String value, String id) {

        String encoded() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((value + "\n" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Optional<Place> decoded(@Nullable String text, Sort sort) {
            if (!StringUtils.hasText(text)) {
                return Optional.empty();
            }
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
                if (parts.length != 2) {
                    return Optional.empty();
                }
                if (sort != Sort.CASE && !parts[0].equals("infinity")) {
                    Instant.parse(parts[0]);
                }
                return Optional.of(new Place(parts[0], parts[1]));
            } catch (IllegalArgumentException | DateTimeException forged) {
                return Optional.empty();
            }
        }
    }

    static TaskQuery of(
            @Nullable String tab,
            @Nullable String project,
            @Nullable String procedure,
            @Nullable String step,
            @Nullable String text,
            @Nullable String sort,
            @Nullable String after) {
        Sort order = value(Sort.class, sort, Sort.DUE);
        return new TaskQuery(
                value(Tab.class, tab, Tab.MINE),
                project != null && project.matches("\\d{1,18}") ? new ProjectId(Long.parseLong(project)) : null,
                code(procedure),
                code(step),
                StringUtils.hasText(text) && text.length() <= 60 ? text.strip() : null,
                order,
                Place.decoded(after, order).orElse(null));
    }

    public boolean filtered() {
        return project != null || procedure != null || step != null || text != null;
    }

    TaskQuery in(Tab other) {
        return new TaskQuery(other, project, procedure, step, text, sort, null);
    }

    TaskQuery from(@Nullable Place place) {
        return new TaskQuery(tab, project, procedure, step, text, sort, place);
    }

    TaskQuery withoutProject() {
        return new TaskQuery(tab, null, procedure, step, text, sort, null);
    }

    TaskQuery withoutProcedure() {
        return new TaskQuery(tab, project, null, step, text, sort, null);
    }

    TaskQuery withoutStep() {
        return new TaskQuery(tab, project, procedure, null, text, sort, null);
    }

    TaskQuery withoutText() {
        return new TaskQuery(tab, project, procedure, step, null, sort, null);
    }

    public TaskQuery withoutFilter() {
        return new TaskQuery(tab, null, null, null, null, sort, null);
    }

    /** The address that shows this. */
    public String path() {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/tasks");
        if (tab != Tab.MINE) {
            address.queryParam("tab", tab.code());
        }
        if (project != null) {
            address.queryParam("project", project.value());
        }
        add(address, "procedure", procedure);
        add(address, "step", step);
        add(address, "text", text);
        if (sort != Sort.DUE) {
            address.queryParam("sort", sort.code());
        }
        add(address, "after", after == null ? null : after.encoded());
        return address.encode().build().toUriString();
    }

    private static void add(UriComponentsBuilder address, String name, @Nullable String value) {
        if (value != null) {
            address.queryParam(name, value);
        }
    }

    private static @Nullable String code(@Nullable String text) {
        return text != null && text.matches("[A-Za-z][A-Za-z0-9_.-]{0,79}") ? text : null;
    }

    private static <E extends Enum<E>> E value(Class<E> type, @Nullable String code, E otherwise) {
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(code)) {
                return each;
            }
        }
        return otherwise;
    }
}
