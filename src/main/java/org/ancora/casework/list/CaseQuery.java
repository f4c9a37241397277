package org.ancora.casework.list;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ancora.access.ProjectId;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which cases a list shows and how; all of it stands in the address. Rules of different fields must all hold, and a field
 * has at most one (C36, C37, C-R2).
 *
 * @param project one project, or null for every project that the viewer may see
 * @param text words of which each must occur in a case's code, name or number; empty for all
 * @param rules by field key; without one for the status only open cases are shown
 * @param sort by what it is ordered
 * @param descending in which direction
 * @param columns keys of the columns to show instead of the chosen ones; empty for the chosen ones
 * @param saved the saved search that it began as, or null
 * @param after the last case of the page before, or null for the first page
 */
record CaseQuery(
        @Nullable Project project,
        String text,
        Map<String, Rule> rules,
        Sort sort,
        boolean descending,
        List<String> columns,
        @Nullable Long saved,
        @Nullable Place after) {

    static final int PAGE = 50;

    /** The key of the one field that has a rule although the address has none: open cases. */
    static final String STATUS = "status";

    CaseQuery {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        columns = List.copyOf(columns);
    }

    /** All open cases, the newest first. */
    static CaseQuery of(@Nullable Project project) {
        return new CaseQuery(project, "", Map.of(), Sort.OPENED, true, List.of(), null, null);
    }

    @Nullable
    ProjectId projectId() {
        return project == null ? null : project.id();
    }

    CaseQuery with(String field, @Nullable Rule rule) {
        Map<String, Rule> changed = new LinkedHashMap<>(rules);
        if (rule == null) {
            changed.remove(field);
        } else {
            changed.put(field, rule);
        }
        return new CaseQuery(project, text, changed, sort, descending, columns, saved, null);
    }

    CaseQuery searching(String words) {
        return new CaseQuery(project, words, rules, sort, descending, columns, saved, null);
    }

    CaseQuery sorted(Sort by, boolean down) {
        return new CaseQuery(project, text, rules, by, down, columns, saved, null);
    }

    CaseQuery from(@Nullable Place place) {
        return new CaseQuery(project, text, rules, sort, descending, columns, saved, place);
    }

    CaseQuery showing(List<String> keys) {
        return new CaseQuery(project, text, rules, sort, descending, keys, saved, null);
    }

    CaseQuery begunAs(@Nullable Long search) {
        return new CaseQuery(project, text, rules, sort, descending, columns, search, null);
    }

    /** Whether it leaves anything out besides closed cases; public so that templates may ask. */
    public boolean filtered() {
        return !text.isEmpty() || !rules.isEmpty();
    }

    /** Where the list of its project stands; public so that templates may ask. */
    public String root() {
        return project == null ? "/cases" : project.path() + "/cases";
    }

    /** The address that shows this; public so that templates may ask. */
    public String path() {
        return address(root(), true);
    }

    /** The same rows in the same order at another address, such as that of an export; without place and saved search. */
    String at(String path) {
        return address(path, false);
    }

    /** What a saved search keeps: everything of the address but the project, the place and itself; public for templates. */
    public String kept() {
        String path = new CaseQuery(project, text, rules, sort, descending, columns, null, null).at("");
        return path.startsWith("?") ? path.substring(1) : path;
    }

    private String address(String path, boolean whole) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        Map<String, Object> values = new LinkedHashMap<>(parameters());
        values.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        if (whole && saved != null) {
            address.queryParam("s", saved);
        }
        if (whole && after != null) {
            address.queryParam("after", after.encoded());
        }
        // These are allowed in a query and keep the address readable.
        return address.encode()
                .buildAndExpand(values)
                .toUriString()
                .replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%2A", "*")
                .replace("%21", "!");
    }

    /** Every parameter that says which rows are shown and how, in a fixed order; public so that templates may ask. */
    public Map<String, String> parameters() {
        Map<String, String> found = new LinkedHashMap<>();
        if (!text.isEmpty()) {
            found.put("q", text);
        }
        new TreeMap<>(rules).forEach((field, rule) -> found.put(field, rule.encoded()));
        if (sort != Sort.OPENED || !descending) {
            found.put("sort", (descending ? "-" : "") + sort.code());
        }
        if (!columns.isEmpty()) {
            found.put("cols", String.join(",", columns));
        }
        return found;
    }

    /** The same as hidden fields of a form, without one field's rule; public so that templates may ask. */
    public Map<String, String> parametersBut(String field) {
        Map<String, String> rest = new LinkedHashMap<>(parameters());
        rest.remove(field);
        if (saved != null) {
            rest.put("s", saved.toString());
        }
        return rest;
    }

    /**
     * Where a page ends. A client's name is never part of it: it is looked up again, as far as the viewer may see the case.
     *
     * @param value the sorting value of its last case, or null for a case without one
     * @param group whose cases were being listed, for lists by worker or by status: an account, 0
     *     for nobody's, or a status
     * @param id of its last case
     */
    record Place(@Nullable String value, long group, long id) {

        private static final String NONE = "-";

        /**
         * Reads a place as an address has it.
         *
         * @throws IllegalArgumentException when it is none for this order
         */
        static Place of(String text, Sort sort) {
            String[] parts = text.split("~", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a place in a list: " + text);
            }
            String value = parts[0].equals(NONE) ? null : parts[0];
            if (value == null ? !sort.optional() && sort != Sort.CLIENT : !fits(value, sort)) {
                throw new IllegalArgumentException("not a place in this list: " + text);
            }
            return new Place(value, Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        private static boolean fits(String value, Sort sort) {
            if (sort == Sort.CODE) {
                return value.matches("[A-Z]{2,6}-[0-9]{4}-[0-9]{1,9}");
            }
            try {
                return sort != Sort.CLIENT && !Instant.parse(value).isBefore(Instant.EPOCH);
            } catch (DateTimeParseException unreadable) {
                return false;
            }
        }

        String encoded() {
            return (value == null ? NONE : value) + "~" + group + "~" + id;
        }
    }
}
