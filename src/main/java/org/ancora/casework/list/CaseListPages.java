package org.ancora.casework.list;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a page of the list into words and shapes for its template. */
@Component
class CaseListPages {

    private final CaseFinder finder;
    private final CaseFields fields;
    private final CaseColumns columns;
    private final CaseTable table;
    private final BulkRows bulk;
    private final SavedSearches searches;
    private final CaseWords words;

    CaseListPages(
            CaseFinder finder,
            CaseFields fields,
            CaseColumns columns,
            CaseTable table,
            BulkRows bulk,
            SavedSearches searches,
            CaseWords words) {
        this.searches = searches;
        this.bulk = bulk;
        this.finder = finder;
        this.fields = fields;
        this.columns = columns;
        this.table = table;
        this.words = words;
    }

    /** A ready-made view above the list. */
    record Pill(String key, String path, boolean current) {}

    /** A rule in words, with the address of the list without it. */
    record Chosen(String text, String pathWithout) {}

    /**
     * The head of a column.
     *
     * @param sortPath the list in this column's order, or the other way round; null where there is none
     * @param direction {@code ascending}, {@code descending} or {@code none}
     * @param rule its rule, or null
     */
    record Head(
            Field field,
            @Nullable String sortPath,
            String direction,
            @Nullable Rule rule) {}

    /** A field with its rule, or null, for the form of all rules. */
    record Entry(Field field, @Nullable Rule rule) {}

    /** A column that may be chosen, whether it is, and its number in the order. */
    record Choice(Field field, boolean chosen) {}

    /** What may be done to chosen cases; a list of several projects offers nothing. */
    record Doable(boolean status, boolean assign, boolean flag) {

        public boolean any() {
            return status || assign || flag;
        }
    }

    /**
     * The page.
     *
     * @param count how many there are, in words
     * @param countPath where they are counted to the end; null where they were
     * @param total how many there are, at most one more than are counted
     * @param search the saved search that it began as, or null
     * @param searchChanged whether it shows something else by now
     * @param running the viewer's own last bulk change here, while it runs and a day longer
     * @param next the following page; null on the last one
     */
    record View(
            CaseQuery query,
            String count,
            @Nullable String countPath,
            long total,
            List<Pill> pills,
            List<Chosen> chosen,
            List<Head> heads,
            List<CaseTable.Row> rows,
            List<Entry> entries,
            List<Choice> choices,
            Doable doable,
            boolean mayExport,
            List<SavedSearches.Saved> searches,
            SavedSearches.@Nullable Saved search,
            boolean searchChanged,
            @Nullable String next,
            @Nullable String first,
            @Nullable String elsewhere,
            boolean teams,
            @Nullable BulkChange running) {}

    View view(CaseQuery query, boolean exact, Viewer viewer) {
        Locale locale = viewer.locale();
        Map<String, Field> known = fields.of(query.project(), viewer);
        List<Field> shown = columns.of(query, known, viewer);
        CaseFinder.Page page = finder.page(query, viewer);
        boolean whole = page.next() == null && query.after() == null;
        long count =
                whole ? page.cases().size() : exact ? finder.exactCount(query, viewer) : finder.count(query, viewer);
        boolean capped = !exact && count > CaseFinder.COUNTED;
        CaseQuery first = query.from(null);
        List<SavedSearches.Saved> kept = query.project() == null
                ? List.of()
                : searches.of(query.project().id(), viewer);
        SavedSearches.Saved search = kept.stream()
                .filter(each -> Long.valueOf(each.id()).equals(query.saved()))
                .findFirst()
                .orElse(null);
        return new View(
                query,
                capped
                        ? words.text("caselist.more-than", locale, CaseFinder.COUNTED)
                        : words.text("caselist.count", locale, count),
                capped ? first.path() + (first.path().contains("?") ? "&" : "?") + "count=exact" : null,
                count,
                pills(query),
                chosen(query, known, locale),
                shown.stream().map(field -> head(field, query)).toList(),
                table.rows(page.cases(), shown, locale),
                known.values().stream()
                        .filter(Field::filter)
                        .map(field -> new Entry(field, query.rules().get(field.key())))
                        .toList(),
                choices(known, shown),
                doable(query.project(), viewer),
                mayExport(query.project(), viewer),
                kept,
                search,
                search != null && !search.query().equals(query.kept()),
                page.next() == null ? null : query.from(page.next()).path(),
                query.after() == null ? null : first.path(),
                elsewhere(query),
                known.containsKey("team"),
                running(query.project(), viewer));
    }

    private @Nullable BulkChange running(@Nullable Project project, Viewer viewer) {
        return project == null || !doable(project, viewer).any()
                ? null
                : bulk.latest(viewer.id(), project.id()).orElse(null);
    }

    private static Doable doable(@Nullable Project project, Viewer viewer) {
        return project == null
                ? new Doable(false, false, false)
                : new Doable(
                        viewer.may(Permission.CHANGE_STATUS, project.id()),
                        viewer.may(Permission.ASSIGN_CASE, project.id()),
                        viewer.may(Permission.FLAG_CASE, project.id()));
    }

    private static boolean mayExport(@Nullable Project project, Viewer viewer) {
        return project != null && viewer.may(Permission.EXPORT_CASES, project.id());
    }

    /** Where the same words are looked for among all cases, when only some were looked at. */
    private static @Nullable String elsewhere(CaseQuery query) {
        if (query.text().isEmpty()) {
            return null;
        }
        Rule all = Rule.of(Kind.CHOICE, "all");
        if (!all.equals(query.rules().get(CaseQuery.STATUS)) || query.rules().size() > 1) {
            return new CaseQuery(
                            query.project(),
                            query.text(),
                            Map.of(CaseQuery.STATUS, all),
                            Sort.OPENED,
                            true,
                            List.of(),
                            null,
                            null)
                    .path();
        }
        return query.project() == null
                ? null
                : new CaseQuery(
                                null,
                                query.text(),
                                Map.of(CaseQuery.STATUS, all),
                                Sort.OPENED,
                                true,
                                List.of(),
                                null,
                                null)
                        .path();
    }

    private static List<Pill> pills(CaseQuery query) {
        return Stream.of(
                        pill("cases.pill.open", query, CaseQuery.STATUS, "open"),
                        pill("cases.pill.mine", query, "assigned", "mine"),
                        pill("cases.pill.unassigned", query, "assigned", "none"),
                        pill("cases.pill.waiting", query, "waiting", "*"),
                        pill("cases.pill.closed", query, CaseQuery.STATUS, "ended"))
                .toList();
    }

    private static Pill pill(String key, CaseQuery query, String field, String rule) {
        CaseQuery target = CaseQuery.of(query.project()).with(field, Rule.of(Kind.CHOICE, rule));
        boolean bare = rule.equals("open") && !query.filtered();
        return new Pill(
                key,
                target.path(),
                bare || (query.text().isEmpty() && target.rules().equals(query.rules())));
    }

    private List<Chosen> chosen(CaseQuery query, Map<String, Field> known, Locale locale) {
        List<Chosen> chosen = new ArrayList<>();
        if (!query.text().isEmpty()) {
            chosen.add(new Chosen("“" + query.text() + "”", query.searching("").path()));
        }
        query.rules().forEach((key, rule) -> {
            Field field = Objects.requireNonNull(known.get(key));
            chosen.add(new Chosen(
                    words.text("caselist.rule", locale, field.title(), words(field, rule, locale)),
                    query.with(key, null).path()));
        });
        return chosen;
    }

    /** "New or In progress", "from Tue 1 Sep 2026", "none of …". */
    private String words(Field field, Rule rule, Locale locale) {
        return switch (rule.op()) {
            case EMPTY -> words.text("caselist.op.empty", locale);
            case FILLED -> words.text("caselist.op.filled", locale);
            case IN -> labels(field, rule, locale);
            case NOT -> words.text("caselist.words.not", locale, labels(field, rule, locale));
            case CONTAINS -> words.text("caselist.words.contains", locale, rule.text());
            case BEGINS -> words.text("caselist.words.begins", locale, rule.text());
            case IS -> words.text("caselist.words.is", locale, rule.text());
            case BETWEEN -> {
                String from = bound(field, rule.from(), locale);
                String to = bound(field, rule.to(), locale);
                yield rule.from().equals(rule.to())
                        ? from
                        : to.isEmpty()
                                ? words.text("caselist.words.from", locale, from)
                                : from.isEmpty()
                                        ? words.text("caselist.words.to", locale, to)
                                        : words.text("caselist.words.between", locale, from, to);
            }
        };
    }

    private String labels(Field field, Rule rule, Locale locale) {
        return rule.values().stream()
                .map(field::label)
                .collect(Collectors.joining(" " + words.text("caselist.or", locale) + " "));
    }

    private String bound(Field field, String bound, Locale locale) {
        return bound.isEmpty() || field.kind() != Kind.DATE ? bound : words.dayAndYear(LocalDate.parse(bound), locale);
    }

    private static Head head(Field field, CaseQuery query) {
        Sort sort = field.sort();
        Rule rule = query.rules().get(field.key());
        if (sort == null) {
            return new Head(field, null, "none", rule);
        }
        boolean current = query.sort() == sort;
        boolean down = current ? !query.descending() : sort.startsDescending();
        return new Head(
                field,
                query.sorted(sort, down).path(),
                !current ? "none" : query.descending() ? "descending" : "ascending",
                rule);
    }

    /** The chosen columns in their order, then the others. */
    private static List<Choice> choices(Map<String, Field> known, List<Field> shown) {
        return Stream.concat(
                        shown.stream().map(field -> new Choice(field, true)),
                        known.values().stream()
                                .filter(field -> field.column() && !shown.contains(field))
                                .map(field -> new Choice(field, false)))
                .toList();
    }
}
