package org.ancora.casework.list;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Chip;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts cases into the cells of the chosen columns, for pages in words and for files as bare values. */
@Component
class CaseTable {

    private final CaseWords words;
    private final Projects projects;
    private final JdbcClient jdbc;

    CaseTable(CaseWords words, Projects projects, JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.words = words;
        this.projects = projects;
    }

    /**
     * One cell.
     *
     * @param column the field's key
     * @param label the field's title, for narrow screens
     * @param text may be empty
     * @param status a status in place of the text, or null
     * @param chips beside the text
     * @param quiet whether the text says that there is nothing
     */
    record Cell(
            String column,
            String label,
            String text,
            CaseWords.@Nullable StatusMark status,
            List<Chip> chips,
            boolean quiet) {

        /** Whether it is the code, which leads to the case; public so that the template may ask. */
        public boolean leads() {
            return column.equals("code");
        }

        /** Its style classes, or null; public so that the template may ask. */
        public @Nullable String look() {
            return leads() ? "number text-nowrap" : column.equals("opened") ? "text-nowrap" : null;
        }

        /** What stands before it on a narrow screen, or null where it speaks for itself; public for the template. */
        public @Nullable String narrow() {
            return leads() || column.equals("client") || column.equals("status") ? null : label;
        }
    }

    /** One case. */
    record Row(long id, String code, String path, String client, List<Cell> cells) {}

    List<Row> rows(List<CaseSummary> cases, List<Field> columns, Locale locale) {
        Set<ProjectId> ids = cases.stream().map(CaseSummary::project).collect(Collectors.toSet());
        Map<ProjectId, Project> known = projects.withIds(ids);
        Map<Long, Map<Long, String>> attributes = attributes(cases, columns);
        boolean flagsApart = columns.stream().anyMatch(column -> column.key().equals("flag"));
        List<Row> rows = new ArrayList<>();
        for (CaseSummary each : cases) {
            Project project = Objects.requireNonNull(known.get(each.project()));
            rows.add(new Row(
                    each.id().value(),
                    each.code(),
                    each.path(),
                    words.client(each, locale),
                    columns.stream()
                            .map(column -> column.attribute() == null
                                    ? cell(column, each, project, flagsApart, locale)
                                    : cell(column, attribute(column, each, attributes, locale), List.of()))
                            .toList()));
        }
        return rows;
    }

    /** The values of shown attributes by attribute and case, in one statement if any is shown. */
    Map<Long, Map<Long, String>> attributes(List<CaseSummary> cases, List<Field> columns) {
        Long[] shown =
                columns.stream().map(Field::attribute).filter(Objects::nonNull).toArray(Long[]::new);
        Map<Long, Map<Long, String>> values = new HashMap<>();
        if (shown.length > 0 && !cases.isEmpty()) {
            jdbc.sql("""
                            select attribute_id, case_id,
                                   coalesce(value_text, trim_scale(value_number)::text, value_date::text) as value
                              from case_attribute where case_id = any(:cases) and attribute_id = any(:shown)
                            """)
                    .param(
                            "cases",
                            cases.stream().map(each -> each.id().value()).toArray(Long[]::new))
                    .param("shown", shown)
                    .query(row -> {
                        values.computeIfAbsent(row.getLong("attribute_id"), any -> new HashMap<>())
                                .put(row.getLong("case_id"), row.getString("value"));
                    });
        }
        return values;
    }

    private String attribute(Field column, CaseSummary each, Map<Long, Map<Long, String>> attributes, Locale locale) {
        if (column.identifies() && each.concealed()) {
            return "";
        }
        String value = attributes
                .getOrDefault(Objects.requireNonNull(column.attribute()), Map.of())
                .getOrDefault(each.id().value(), "");
        return value.isEmpty()
                ? ""
                : switch (column.kind()) {
                    case CHOICE -> column.label(value);
                    case DATE -> words.dayAndYear(LocalDate.parse(value), locale);
                    default -> value;
                };
    }

    private Cell cell(Field column, CaseSummary each, Project project, boolean flagsApart, Locale locale) {
        ZoneId zone = project.calendar().zone();
        return switch (column.key()) {
            case "client" ->
                cell(
                        column,
                        words.client(each, locale),
                        flagsApart ? List.of() : words.flags(each.openFlags(), locale));
            case "status" -> {
                Chip waiting = words.waiting(each, zone, locale);
                yield new Cell(
                        column.key(),
                        column.title(),
                        "",
                        words.status(each, locale),
                        waiting == null ? List.of() : List.of(waiting),
                        false);
            }
            case "flag" -> cell(column, "", words.flags(each.openFlags(), locale));
            case "assigned" ->
                each.assigneeName() == null
                        ? new Cell(
                                column.key(), column.title(), words.text("cases.nobody", locale), null, List.of(), true)
                        : cell(column, each.assigneeName(), List.of());
            case "opened", "closed", "waiting" -> {
                Instant at = instant(column.key(), each);
                yield cell(column, at == null ? "" : words.day(at, zone, locale), List.of());
            }
            default -> cell(column, text(column, each, project, locale), List.of());
        };
    }

    private static Cell cell(Field column, String text, List<Chip> chips) {
        return new Cell(column.key(), column.title(), text, null, chips, false);
    }

    private static @Nullable Instant instant(String key, CaseSummary each) {
        return switch (key) {
            case "opened" -> each.openedAt();
            case "closed" -> each.closedAt();
            default -> each.waitingSince();
        };
    }

    private String text(Field column, CaseSummary each, Project project, Locale locale) {
        return switch (column.key()) {
            case "code" -> each.code();
            case "mode" -> words.text("service-mode." + each.serviceMode().code(), locale);
            case "reason" ->
                each.closingReason() == null
                        ? ""
                        : column.label(each.closingReason().code());
            case "language" -> words.languages(each.languages(), locale);
            case "source" ->
                each.concealed()
                        ? ""
                        : words.text("source-kind." + each.source().kind().code(), locale);
            case "project" -> project.name();
            case "team" ->
                each.sharing().teamName() == null ? "" : each.sharing().teamName();
            default -> "";
        };
    }

    /** A cell of a file: a day in the project's time, a number, or text. */
    Object value(
            Field column, CaseSummary each, Project project, Map<Long, Map<Long, String>> attributes, Locale locale) {
        if (column.attribute() != null) {
            if (column.identifies() && each.concealed()) {
                return "";
            }
            String value = attributes
                    .getOrDefault(column.attribute(), Map.of())
                    .getOrDefault(each.id().value(), "");
            return value.isEmpty()
                    ? ""
                    : switch (column.kind()) {
                        case CHOICE -> column.label(value);
                        case DATE -> LocalDate.parse(value);
                        case NUMBER -> new BigDecimal(value);
                        default -> value;
                    };
        }
        ZoneId zone = project.calendar().zone();
        return switch (column.key()) {
            case "client" -> words.client(each, locale);
            case "status" -> words.status(each, locale).text();
            case "flag" ->
                words.flags(each.openFlags(), locale).stream().map(Chip::text).collect(Collectors.joining(", "));
            case "assigned" -> each.assigneeName() == null ? "" : each.assigneeName();
            case "opened", "closed", "waiting" -> {
                Instant at = instant(column.key(), each);
                yield at == null ? "" : LocalDate.ofInstant(at, zone);
            }
            default -> text(column, each, project, locale);
        };
    }
}
