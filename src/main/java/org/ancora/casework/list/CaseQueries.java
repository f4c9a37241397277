package org.ancora.casework.list;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Reads queries from addresses, and from forms, which say the same at greater length. */
@Component
class CaseQueries {

    private static final int LONGEST_TEXT = 100;
    private static final int MOST_COLUMNS = 40;

    private final CaseFields fields;

    CaseQueries(CaseFields fields) {
        this.fields = fields;
    }

    /**
     * Reads a query. A field that the viewer may not see is refused like one that does not exist.
     *
     * @throws Problem 400 when the address cannot be understood
     */
    CaseQuery read(@Nullable Project project, MultiValueMap<String, String> given, Viewer viewer) {
        Map<String, Field> seen = fields.of(project, viewer);
        try {
            return parse(project, given, seen);
        } catch (IllegalArgumentException unreadable) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
    }

    /** As {@link #read}, from what a saved search keeps; a field that the viewer no longer sees is left out. */
    CaseQuery kept(@Nullable Project project, String kept, Viewer viewer) {
        MultiValueMap<String, String> given = new LinkedMultiValueMap<>(
                UriComponentsBuilder.fromUriString("?" + kept).build().getQueryParams());
        given.replaceAll((name, values) -> values.stream()
                .map(value -> value == null ? "" : UriUtils.decode(value, StandardCharsets.UTF_8))
                .toList());
        Map<String, Field> seen = fields.of(project, viewer);
        given.keySet().removeIf(name -> !isReserved(name) && !seen.containsKey(name));
        return parse(project, given, seen);
    }

    private static boolean isReserved(String name) {
        return List.of("q", "sort", "cols", "after", "s").contains(name);
    }

    private static CaseQuery parse(
            @Nullable Project project, MultiValueMap<String, String> given, Map<String, Field> fields) {
        CaseQuery query = CaseQuery.of(project);
        String text = first(given, "q").strip();
        if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("too long to look for");
        }
        Sort sort = Sort.OPENED;
        boolean descending = true;
        String order = first(given, "sort");
        if (!order.isEmpty()) {
            descending = order.startsWith("-");
            String by = descending ? order.substring(1) : order;
            Field field = fields.get(by);
            if (field == null || field.sort() == null) {
                throw new IllegalArgumentException("no order by " + by);
            }
            sort = field.sort();
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        fields.values().forEach(field -> {
            String rule = rule(given, field);
            if (field.filter() && !rule.isEmpty()) {
                rules.put(field.key(), checked(field, Rule.of(field.kind(), rule)));
            }
        });
        given.forEach((name, values) -> {
            String field = name.replaceFirst("^(op|from|to)\\.", "");
            boolean known = isReserved(name)
                    || (fields.containsKey(field) && fields.get(field).filter());
            if (!known && !name.startsWith("_") && !name.equals("count")) {
                throw new IllegalArgumentException("no field " + name);
            }
        });
        String after = first(given, "after");
        return new CaseQuery(
                query.project(),
                text,
                rules,
                sort,
                descending,
                columns(first(given, "cols"), fields),
                number(first(given, "s")),
                after.isEmpty() ? null : CaseQuery.Place.of(after, sort));
    }

    /** A form's operator, bounds and ticked values, or the short form, put into the short form. */
    private static String rule(MultiValueMap<String, String> given, Field field) {
        String op = first(given, "op." + field.key());
        List<String> values = given.getOrDefault(field.key(), List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
        String from = first(given, "from." + field.key());
        String to = first(given, "to." + field.key());
        String typed = String.join(",", values);
        if (!from.isBlank() || !to.isBlank()) {
            typed = from.strip() + ".." + to.strip();
        }
        return switch (op) {
            case "empty" -> "-";
            case "filled" -> "*";
            case "not" -> typed.isEmpty() ? "" : "!" + typed;
            case "is" -> typed.isEmpty() ? "" : "=" + typed;
            case "begins" -> typed.isEmpty() ? "" : "^" + typed;
            case "contains" -> typed.isEmpty() ? "" : "~" + typed;
            case "", "in", "between" -> typed;
            default -> throw new IllegalArgumentException("no such rule: " + op);
        };
    }

    private static Rule checked(Field field, Rule rule) {
        if (!field.ops().contains(rule.op())) {
            throw new IllegalArgumentException("no such rule for " + field.key());
        }
        if (field.kind() == Kind.PERSON) {
            rule.values().stream()
                    .filter(value -> !Stream.of("mine", "none", "any").toList().contains(value))
                    .forEach(Long::parseLong);
        } else if (field.kind() == Kind.CHOICE) {
            rule.values().forEach(value -> {
                if (field.options().stream().noneMatch(option -> option.value().equals(value))) {
                    throw new IllegalArgumentException("no such choice: " + value);
                }
            });
        }
        return rule;
    }

    private static List<String> columns(String text, Map<String, Field> fields) {
        List<String> columns = new ArrayList<>();
        for (String key : text.split(",", -1)) {
            if (!key.isBlank()) {
                Field field = fields.get(key.strip());
                if (field == null || !field.column() || columns.size() == MOST_COLUMNS) {
                    throw new IllegalArgumentException("no column " + key);
                }
                columns.add(field.key());
            }
        }
        return columns.stream().distinct().toList();
    }

    private static @Nullable Long number(String digits) {
        return digits.isEmpty() ? null : Long.valueOf(digits);
    }

    private static String first(MultiValueMap<String, String> given, String name) {
        String value = given.getFirst(name);
        return value == null ? "" : value;
    }

    /** Whether the address says it as a form does, so that a shorter one shows the same. */
    static boolean isForm(MultiValueMap<String, String> given) {
        return given.entrySet().stream()
                .anyMatch(each -> each.getKey().matches("(op|from|to)\\..*")
                        || each.getValue().size() > 1
                        || each.getValue().contains(""));
    }
}
