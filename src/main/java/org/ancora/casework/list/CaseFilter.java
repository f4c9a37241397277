package org.ancora.casework.list;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseRows;
import org.ancora.casework.SearchText;
import org.ancora.network.Project;

/**
 * Puts a query's text and rules into SQL on a case called {@code c}, within what the viewer may see. Nothing that somebody
 * typed becomes part of the SQL: fields are looked up, values are parameters.
 */
final class CaseFilter {

    /** A shorter text is looked for at the beginnings of words only: it has no three letters for the index. */
    private static final int SHORTEST_PART = 3;

    private static final int MOST_WORDS = 6;

    private static final Pattern YEAR_OF_CODE = Pattern.compile("[A-Z]{2,6}-([0-9]{4})(-|$)");

    /** No case has it. */
    private static final Long NO_STATUS = -1L;

    /** True for a case whose client is protected from the viewer; as {@link CaseRows#SELECT} has it, without the profile. */
    private static final String CONCEALED = """
            (c.name_protected and not (:scopeAll or c.project_id = any(:scopeNames)
                or (c.project_id = any(:scopeOwnNames) and (%s))))""".formatted(CaseRows.OWN);

    private final CaseQuery query;
    private final Viewer viewer;
    private final Map<String, Field> fields;
    private final Map<String, Long> statuses;
    private final Map<String, Object> params;
    private final List<String> conditions = new ArrayList<>();
    private boolean goingTogether;
    private boolean severalWords;

    /**
     * @param fields what the viewer may see, by key: a rule on anything else is no rule
     * @param numbered clients with the telephone number that was typed, as far as they were looked for
     * @param statuses ids of the project's statuses by key; empty across projects
     */
    CaseFilter(
            CaseQuery query,
            Viewer viewer,
            Map<String, Field> fields,
            List<Long> numbered,
            Map<String, Long> statuses) {
        this.query = query;
        this.viewer = viewer;
        this.fields = fields;
        this.statuses = statuses;
        Scope scope = Scope.of(viewer, Permission.READ_CASE);
        this.params = new HashMap<>(scope.params());
        conditions.add(visible(scope, query.projectId(), viewer));
        if (!query.text().isEmpty()) {
            conditions.add(matching(query.text(), numbered));
        }
        conditions.add(status(query.rules().get(CaseQuery.STATUS)));
        query.rules().forEach((key, rule) -> {
            if (!key.equals(CaseQuery.STATUS)) {
                conditions.add(condition(field(key), rule));
            }
        });
    }

    /** What must hold of a case, the viewer's rights first. */
    String sql() {
        return String.join(" and ", conditions);
    }

    /** The named parameters of {@link #sql()}. */
    Map<String, Object> params() {
        return params;
    }

    /**
     * Whether it asks for things that go together without the planner's knowledge: attributes with the case's own columns, the
     * year in a code with the day of opening. It takes cases that have both for far rarer than they are.
     */
    boolean asksForWhatGoesTogether() {
        return goingTogether;
    }

    /** Whether it looks for several words: the planner takes given and family names for strangers to one another. */
    boolean asksForSeveralWords() {
        return severalWords;
    }

    private Field field(String key) {
        Field field = fields.get(key);
        if (field == null) {
            throw new IllegalArgumentException("no field " + key + " for this viewer");
        }
        return field;
    }

    /**
     * The viewer's rights. Where they cover whole projects they leave nothing out, and the planner, which takes their
     * alternatives for rare, is kept from collecting every row by bitmaps: the first rows in order of an index are enough.
     * Where they cover only the viewer's own cases they are what finds those few.
     */
    private static String visible(Scope scope, @org.jspecify.annotations.Nullable ProjectId project, Viewer viewer) {
        String rights = scope.sql("c.project_id", CaseRows.OWN);
        boolean ownOnly = project != null && !viewer.may(Permission.READ_CASE, project);
        return ownOnly ? rights : "case when " + rights + " then true else false end";
    }

    /** Each word must be part of the code or the name, the first letters of a word if it is short, or be the number. */
    private String matching(String text, List<Long> numbered) {
        if (isCode(text)) {
            return codesBeginningWith(text.strip().toUpperCase(Locale.ROOT), "code");
        }
        List<String> words = Stream.of(SearchText.of(text).split(" "))
                .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit))
                .limit(MOST_WORDS)
                .toList();
        if (words.isEmpty()) {
            return "false";
        }
        severalWords = words.size() > 1 && numbered.isEmpty();
        List<String> all = new ArrayList<>();
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            // Who may not see the name finds the case by its code alone.
            all.add("c.search_text like :word" + index + " and (not " + CONCEALED + " or lower(c.code) like :word"
                    + index + ")");
            params.put(
                    "word" + index,
                    word.length() < SHORTEST_PART
                            ? SearchText.anywhere(word).replaceFirst("%", "% ")
                            : SearchText.anywhere(word));
        }
        String found = String.join(" and ", all);
        if (numbered.isEmpty()) {
            return found;
        }
        params.put("numbered", numbered.toArray(Long[]::new));
        params.put("profileProjects", ids(viewer.projects(Permission.READ_PROFILE)));
        params.put("profileOwnProjects", ids(viewer.ownProjects(Permission.READ_PROFILE)));
        String mayKnow = viewer.isSystem()
                ? "true"
                : "(c.project_id = any(:profileProjects) or (c.project_id = any(:profileOwnProjects) and ("
                        + CaseRows.OWN + ")))";
        return "((" + found + ") or (c.profile_id = any(:numbered) and not " + CONCEALED + " and " + mayKnow + "))";
    }

    static boolean isCode(String text) {
        return text.strip().matches("[A-Za-z]{2,6}-[0-9]{4}(-[0-9]{0,9})?");
    }

    private String status(@org.jspecify.annotations.Nullable Rule rule) {
        if (rule == null) {
            return "c.status <> 'closed'";
        }
        if (rule.op() == Rule.Op.IN && rule.has("all")) {
            return "true";
        }
        if (rule.op() == Rule.Op.IN && rule.values().equals(List.of("open"))) {
            return "c.status <> 'closed'";
        }
        List<String> any = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String value : rule.values()) {
            switch (value) {
                case "all" -> any.add("true");
                case "open" -> any.add("c.status <> 'closed'");
                case "ended" -> any.add("c.status = 'closed'");
                default -> keys.add(value);
            }
        }
        if (!keys.isEmpty()) {
            any.add(
                    query.project() == null
                            ? oneOf("c.status", "statuses", keys)
                            // Ids instead of a look-up: the planner knows how many cases have each of them.
                            : oneOf(
                                    "c.status_id",
                                    "statuses",
                                    keys.stream()
                                            .map(key -> statuses.getOrDefault(key, NO_STATUS))
                                            .toList()));
        }
        String found = "(" + String.join(" or ", any) + ")";
        return rule.op() == Rule.Op.NOT ? "not " + found : found;
    }

    private String condition(Field field, Rule rule) {
        String name = "v" + params.size();
        if (field.attribute() != null) {
            return attribute(field, field.attribute(), rule, name);
        }
        return switch (field.key()) {
            case "code" -> code(rule, name);
            case "client" -> client(rule, name);
            case "assigned" -> person(rule, name);
            case "mode" -> oneOf("c.service_mode", name, rule.values(), rule);
            case "reason" ->
                optional("c.closing_reason", rule, () -> oneOf("c.closing_reason", name, rule.values(), rule));
            case "source" -> oneOf("c.source_kind", name, rule.values(), rule) + " and not " + CONCEALED;
            case "flag" -> flag(rule, name);
            case "team" -> optional("c.team_id", rule, () -> team(rule, name));
            case "opened" -> days("c.opened_at", rule, name);
            case "closed" -> optional("c.closed_at", rule, () -> days("c.closed_at", rule, name));
            case "waiting" -> optional("c.waiting_since", rule, () -> days("c.waiting_since", rule, name));
            default -> throw new IllegalArgumentException("no rule for " + field.key());
        };
    }

    /** By the index of the codes where their beginning is known, else by that of the texts that are looked through. */
    private String code(Rule rule, String name) {
        String typed = rule.text().toUpperCase(Locale.ROOT);
        return switch (rule.op()) {
            case IS -> {
                params.put(name, typed);
                yield "c.code collate \"C\" = :" + name;
            }
            case BEGINS -> codesBeginningWith(typed, name);
            default -> {
                params.put(name, SearchText.anywhere(typed));
                yield "(c.search_text like :" + name + " and lower(c.code) like :" + name + ")";
            }
        };
    }

    /**
     * A case's code names the year in which it was opened, in the zone that its project had then. Said once more as days, a
     * day wider on either side, a list by the day of opening begins where that year's cases begin.
     */
    private String codesBeginningWith(String typed, String name) {
        params.put(name, SearchText.beginning(typed));
        String codes = "c.code collate \"C\" like :" + name;
        Matcher year = YEAR_OF_CODE.matcher(typed);
        if (!year.lookingAt()) {
            return codes;
        }
        goingTogether = true;
        LocalDate first = LocalDate.of(Integer.parseInt(year.group(1)), 1, 1);
        params.put(name + "a", first.minusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
        params.put(name + "b", first.plusYears(1).plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
        return "(" + codes + " and c.opened_at >= :" + name + "a and c.opened_at < :" + name + "b)";
    }

    /**
     * By the index of the texts that are looked through, in which the name stands behind the code; only where the viewer may
     * see it. A part that is too short for that index is looked for at the beginnings of names only, as in the quick search.
     */
    private String client(Rule rule, String name) {
        String typed = SearchText.of(rule.text());
        String beginning = " " + SearchText.beginning(typed);
        String part = rule.op() == Rule.Op.IS
                ? beginning.substring(0, beginning.length() - 1)
                : typed.length() < SHORTEST_PART ? "%" + beginning : SearchText.anywhere(typed);
        if (typed.isEmpty()) {
            return "false";
        }
        params.put(name, part.startsWith("%") ? part : "%" + part);
        params.put(name + "n", part);
        // Where the text has it, the name mostly has it too: kept from the planner, which would take it for rare twice
        // over.
        return "(c.search_text like :" + name + " and case when substr(c.search_text, length(c.code) + 2) like :" + name
                + "n and not " + CONCEALED + " then true else false end)";
    }

    private String person(Rule rule, String name) {
        List<String> any = new ArrayList<>();
        List<Long> accounts = new ArrayList<>();
        for (String value : rule.values()) {
            switch (value) {
                case "none" -> any.add("c.assignee is null");
                case "any" -> any.add("c.assignee is not null");
                case "mine" -> accounts.add(viewer.id().value());
                default -> accounts.add(Long.valueOf(value));
            }
        }
        if (accounts.size() == 1) {
            params.put(name, accounts.get(0));
            any.add("c.assignee = :" + name);
        } else if (!accounts.isEmpty()) {
            params.put(name, accounts.toArray(Long[]::new));
            any.add("c.assignee = any(:" + name + ")");
        }
        String found = "(" + String.join(" or ", any) + ")";
        return rule.op() == Rule.Op.NOT ? found + " is not true" : found;
    }

    private String flag(Rule rule, String name) {
        params.put(name, rule.values().toArray(String[]::new));
        return switch (rule.op()) {
            case EMPTY -> "c.flag_codes = '{}'";
            case FILLED -> "c.flag_codes <> '{}'";
            case NOT -> "not (c.flag_codes && cast(:" + name + " as text[]))";
            default -> "(c.flag_codes <> '{}' and c.flag_codes && cast(:" + name + " as text[]))";
        };
    }

    private String team(Rule rule, String name) {
        params.put(name, rule.values().stream().map(Long::valueOf).toArray(Long[]::new));
        return rule.op() == Rule.Op.NOT
                ? "(c.team_id = any(:" + name + ")) is not true"
                : "c.team_id = any(:" + name + ")";
    }

    private String attribute(Field field, long attribute, Rule rule, String name) {
        goingTogether = true;
        params.put(name, attribute);
        String value =
                switch (rule.op()) {
                    case IN, NOT -> {
                        params.put(name + "a", rule.values().toArray(String[]::new));
                        yield " and x.value_text = any(:" + name + "a)";
                    }
                    case IS -> {
                        params.put(name + "a", rule.text());
                        yield " and x.value_text = :" + name + "a";
                    }
                    case CONTAINS -> {
                        params.put(name + "a", "%" + rule.text().replaceAll("([\\\\%_])", "\\\\$1") + "%");
                        yield " and x.value_text ilike :" + name + "a";
                    }
                    case BEGINS -> {
                        params.put(name + "a", SearchText.beginning(rule.text()));
                        yield " and x.value_text ilike :" + name + "a";
                    }
                    case BETWEEN -> between(field, rule, name);
                    case EMPTY, FILLED -> "";
                };
        if (field.identifies()) {
            value += " and not " + CONCEALED;
        }
        // The kind is said once more, in words of the indexes.
        String kind =
                switch (field.kind()) {
                    case CHOICE -> " and x.kind in ('choice', 'yes-no')";
                    case NUMBER -> " and x.kind = 'number'";
                    case DATE -> " and x.kind = 'date'";
                    case TEXT -> field.external() ? " and x.kind = 'external-id'" : " and x.kind = 'text'";
                    case PERSON -> throw new IllegalArgumentException("no attribute is a person");
                };
        String found = "exists (select from case_attribute x where x.case_id = c.id and x.attribute_id = :" + name
                + kind + value + ")";
        return rule.op() == Rule.Op.NOT || rule.op() == Rule.Op.EMPTY ? "not " + found : found;
    }

    private String between(Field field, Rule rule, String name) {
        boolean day = field.kind() == Kind.DATE;
        String column = day ? "x.value_date" : "x.value_number";
        String bounds = "";
        if (!rule.from().isEmpty()) {
            params.put(name + "a", day ? LocalDate.parse(rule.from()) : new BigDecimal(rule.from()));
            bounds += " and " + column + " >= :" + name + "a";
        }
        if (!rule.to().isEmpty()) {
            params.put(name + "b", day ? LocalDate.parse(rule.to()) : new BigDecimal(rule.to()));
            bounds += " and " + column + " <= :" + name + "b";
        }
        return bounds;
    }

    /** One value by an equals sign, which keeps the order of an index; several as an array. */
    private String oneOf(String column, String name, List<?> values) {
        if (values.size() == 1) {
            params.put(name, values.get(0));
            return column + " = :" + name;
        }
        params.put(name, values.get(0) instanceof Long ? values.toArray(new Long[0]) : values.toArray(new String[0]));
        return column + " = any(:" + name + ")";
    }

    private String oneOf(String column, String name, List<String> values, Rule rule) {
        if (rule.op() != Rule.Op.NOT) {
            return oneOf(column, name, values);
        }
        if (values.size() == 1) {
            params.put(name, values.get(0));
            return column + " is distinct from :" + name;
        }
        params.put(name, values.toArray(String[]::new));
        return "(" + column + " = any(:" + name + ")) is not true";
    }

    /** Whole days of the case's project; across projects each counts by its own zone, which stands beside it. */
    private String days(String column, Rule rule, String name) {
        List<String> bounds = new ArrayList<>();
        if (!rule.from().isEmpty()) {
            bounds.add(column + " >= " + midnight(LocalDate.parse(rule.from()), name + "a"));
        }
        if (!rule.to().isEmpty()) {
            bounds.add(column + " < " + midnight(LocalDate.parse(rule.to()).plusDays(1), name + "b"));
        }
        return String.join(" and ", bounds);
    }

    private String midnight(LocalDate day, String name) {
        Project project = query.project();
        if (project == null) {
            params.put(name, day.atStartOfDay());
            return "(cast(:" + name + " as timestamp) at time zone d.zone)";
        }
        params.put(name, day.atStartOfDay(project.calendar().zone()).toInstant().atOffset(ZoneOffset.UTC));
        return ":" + name;
    }

    private static String optional(String column, Rule rule, java.util.function.Supplier<String> otherwise) {
        return switch (rule.op()) {
            case EMPTY -> column + " is null";
            case FILLED -> column + " is not null";
            default -> otherwise.get();
        };
    }

    private static Long[] ids(Set<ProjectId> projects) {
        return projects.stream().map(ProjectId::value).toArray(Long[]::new);
    }
}
