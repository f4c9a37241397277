package org.ancora.process.monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a page of the monitor is asked about; it stands in the page's address.
 *
 * @param project one of the viewer's, or null for all of them
 * @param office the code of an office of user service, or null for everything
 * @param flow the key of a procedure, or null for all
 * @param version a version of that procedure, or null for all
 * @param weeks how many weeks back the period goes, this one included
 */
record Asked(
        @Nullable ProjectId project,
        @Nullable String office,
        @Nullable String flow,
        @Nullable Integer version,
        int weeks) {

    /** The periods to choose from, in weeks. */
    static final List<Integer> PERIODS = List.of(4, 13, 26, 52, 104);

    private static final int USUAL = 13;

    /** Reads an address; what nobody could have chosen counts as not asked. */
    static Asked of(Map<String, String> typed) {
        String project = typed.getOrDefault("project", "");
        String office = typed.getOrDefault("office", "");
        String flow = typed.getOrDefault("flow", "");
        String version = typed.getOrDefault("version", "");
        String weeks = typed.getOrDefault("weeks", "");
        boolean oneFlow = flow.matches("[a-z][a-z0-9-]{0,99}");
        return new Asked(
                project.matches("[0-9]{1,18}") ? new ProjectId(Long.parseLong(project)) : null,
                office.matches("[A-Z]{2,6}[0-9]") ? office : null,
                oneFlow ? flow : null,
                oneFlow && version.matches("[0-9]{1,6}") ? Integer.valueOf(version) : null,
                weeks.matches("[0-9]{1,3}") && PERIODS.contains(Integer.valueOf(weeks))
                        ? Integer.parseInt(weeks)
                        : USUAL);
    }

    /** The same; a project that is not the viewer's to watch counts as not asked. */
    Asked within(Viewer viewer) {
        return project == null || viewer.may(Permission.WATCH_PROCEDURES, project)
                ? this
                : new Asked(null, office, flow, version, weeks);
    }

    /** Whether it is about less than all procedures, of which caseloads know nothing. */
    public boolean narrowed() {
        return flow != null || office != null;
    }

    /** The same about one procedure. */
    Asked about(String process) {
        return new Asked(project, office, process, process.equals(flow) ? version : null, weeks);
    }

    /** The part of an address that asks the same, without what is usual. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (project != null) {
            parameters.put("project", String.valueOf(project.value()));
        }
        if (office != null) {
            parameters.put("office", office);
        }
        if (flow != null) {
            parameters.put("flow", flow);
        }
        if (version != null) {
            parameters.put("version", version.toString());
        }
        if (weeks != USUAL) {
            parameters.put("weeks", String.valueOf(weeks));
        }
        return parameters;
    }

    /** An address that asks the same, with some answers changed; an empty value takes one away. */
    public String path(String page, Map<String, String> changed) {
        Map<String, String> parameters = new LinkedHashMap<>(parameters());
        parameters.putAll(changed);
        UriComponentsBuilder path = UriComponentsBuilder.fromPath(page);
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                path.queryParam(name, "{" + name + "}");
            }
        });
        return path.encode()
                .buildAndExpand(parameters.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> (Object) entry.getValue())))
                .toUriString();
    }
}
