package org.ancora.casework;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The lists of cases, of one project or of all that one may see, and the search of the top bar. */
@Controller
class CaseListController {

    private final CaseLists lists;
    private final Caseloads caseloads;
    private final Cases cases;
    private final CaseWords words;
    private final Projects projects;

    CaseListController(CaseLists lists, Caseloads caseloads, Cases cases, CaseWords words, Projects projects) {
        this.lists = lists;
        this.caseloads = caseloads;
        this.cases = cases;
        this.words = words;
        this.projects = projects;
    }

    /** What the address asks for. */
    record Asked(
            @Nullable String q,
            @Nullable String status,
            @Nullable String assigned,
            @Nullable String after) {}

    /** A ready-made view above the list. */
    record Pill(String key, String path, boolean current) {}

    @GetMapping("/cases")
    String all(Asked asked, Viewer viewer, Model model) {
        return page(null, asked, viewer, model);
    }

    @GetMapping("/p/{project}/cases")
    String ofProject(@PathVariable String project, Asked asked, Viewer viewer, Model model) {
        Project found = projects.byKey(project, viewer);
        CurrentProject.is(found);
        return page(found, asked, viewer, model);
    }

    /** A whole code leads straight to its case; anything else is looked for in every project that one may see. */
    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q, Viewer viewer, Model model) {
        String text = q.strip();
        boolean isCode =
                cases.byCodes(List.of(text.toUpperCase(Locale.ROOT)), viewer).size() == 1;
        if (isCode) {
            return "redirect:/cases/" + text.toUpperCase(Locale.ROOT);
        }
        CaseQuery query = new CaseQuery(null, text, CaseQuery.Standing.of("all"), CaseQuery.Assigned.ANYBODY, null);
        List<CaseSummary> found =
                text.isEmpty() ? List.of() : lists.page(query, viewer).cases();
        model.addAttribute("q", text);
        model.addAttribute("rows", words.rows(found, viewer.locale()));
        model.addAttribute("more", found.size() == CaseQuery.PAGE);
        return "casework/search";
    }

    private String page(@Nullable Project project, Asked asked, Viewer viewer, Model model) {
        CaseQuery query = query(project, asked, viewer);
        CaseLists.Page page = lists.page(query, viewer);
        String path = project == null ? "/cases" : project.path() + "/cases";
        int count = lists.count(query, viewer);
        model.addAttribute("project", project);
        model.addAttribute("path", path);
        model.addAttribute("query", query);
        model.addAttribute("rows", words.rows(page.cases(), viewer.locale()));
        model.addAttribute(
                "count",
                count > CaseLists.COUNTED
                        ? words.text("cases.more-than", viewer.locale(), CaseLists.COUNTED)
                        : words.text("cases.count", viewer.locale(), count));
        model.addAttribute("pills", pills(path, query, viewer));
        model.addAttribute("statuses", statuses(viewer.locale()));
        model.addAttribute("workers", workers(project, viewer));
        model.addAttribute(
                "filtered", !query.text().isEmpty() || !query.standing().equals(CaseQuery.Standing.OPEN));
        model.addAttribute("first", address(path, query).build().encode().toUriString());
        model.addAttribute(
                "next",
                page.next() == null
                        ? null
                        : address(path, query)
                                .replaceQueryParam("after", page.next().toString())
                                .build()
                                .encode()
                                .toUriString());
        model.addAttribute("mayRegister", project != null && viewer.may(Permission.REGISTER_INTAKE, project.id()));
        return "casework/cases";
    }

    private static CaseQuery query(@Nullable Project project, Asked asked, Viewer viewer) {
        try {
            return new CaseQuery(
                    project == null ? null : project.id(),
                    asked.q() == null ? "" : asked.q().strip(),
                    CaseQuery.Standing.of(asked.status()),
                    CaseQuery.Assigned.of(asked.assigned(), viewer.id()),
                    CaseQuery.Place.of(asked.after()).orElse(null));
        } catch (IllegalArgumentException unreadable) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
    }

    private static List<Pill> pills(String path, CaseQuery query, Viewer viewer) {
        return Stream.of(
                        pill("cases.pill.open", path, query, "open", "", viewer),
                        pill("cases.pill.mine", path, query, "open", "mine", viewer),
                        pill("cases.pill.unassigned", path, query, "open", "none", viewer),
                        pill("cases.pill.waiting", path, query, "waiting-for-capacity", "", viewer),
                        pill("cases.pill.closed", path, query, "closed", "", viewer))
                .toList();
    }

    private static Pill pill(String key, String path, CaseQuery query, String status, String assigned, Viewer viewer) {
        CaseQuery target = new CaseQuery(
                query.project(),
                query.text(),
                CaseQuery.Standing.of(status),
                CaseQuery.Assigned.of(assigned, viewer.id()),
                null);
        boolean current = query.standing().code().equals(status)
                && query.assigned().code().equals(assigned);
        return new Pill(key, address(path, target).build().encode().toUriString(), current);
    }

    private static UriComponentsBuilder address(String path, CaseQuery query) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        if (!query.text().isEmpty()) {
            address.queryParam("q", query.text());
        }
        if (!query.standing().equals(CaseQuery.Standing.OPEN)) {
            address.queryParam("status", query.standing().code());
        }
        if (!query.assigned().code().isEmpty()) {
            address.queryParam("assigned", query.assigned().code());
        }
        return address;
    }

    private List<Option> statuses(Locale locale) {
        Stream<String> codes = Stream.concat(
                Stream.of("open", "all"), Stream.of(CaseStatus.values()).map(CaseStatus::code));
        return words.options("case.status.", codes, locale);
    }

    private List<Option> workers(@Nullable Project project, Viewer viewer) {
        Stream<Option> fixed =
                words.options("cases.assigned.", Stream.of("mine", "none", "any"), viewer.locale()).stream();
        ProjectId id = project == null ? null : project.id();
        Stream<Option> people = id == null
                ? Stream.empty()
                : caseloads.of(id).stream()
                        .map(load -> new Option(load.user().toString(), load.name()))
                        .sorted(Comparator.comparing(Option::label));
        return Stream.concat(fixed, people).toList();
    }
}
