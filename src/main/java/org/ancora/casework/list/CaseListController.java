package org.ancora.casework.list;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The lists of cases, of one project or of all that one may see, and the search of the top bar (C23, C27–C37). */
@Controller
class CaseListController {

    private final CaseQueries queries;
    private final CaseListPages pages;
    private final CaseFinder finder;
    private final CaseColumns columns;
    private final CaseFields fields;
    private final SavedSearches searches;
    private final Cases cases;
    private final CaseWords words;
    private final Projects projects;

    CaseListController(
            CaseQueries queries,
            CaseListPages pages,
            CaseFinder finder,
            CaseColumns columns,
            CaseFields fields,
            SavedSearches searches,
            Cases cases,
            CaseWords words,
            Projects projects) {
        this.queries = queries;
        this.pages = pages;
        this.finder = finder;
        this.columns = columns;
        this.fields = fields;
        this.searches = searches;
        this.cases = cases;
        this.words = words;
        this.projects = projects;
    }

    @GetMapping("/cases")
    String all(@RequestParam MultiValueMap<String, String> asked, Viewer viewer, Model model) {
        return page(null, asked, viewer, model);
    }

    @GetMapping("/p/{project}/cases")
    String ofProject(
            @PathVariable String project,
            @RequestParam MultiValueMap<String, String> asked,
            Viewer viewer,
            Model model) {
        return page(project(project, viewer), asked, viewer, model);
    }

    private Project project(String key, Viewer viewer) {
        Project found = projects.byKey(key, viewer);
        CurrentProject.is(found);
        return found;
    }

    private String page(@Nullable Project project, MultiValueMap<String, String> asked, Viewer viewer, Model model) {
        CaseQuery query = queries.read(project, asked, viewer);
        long named =
                asked.keySet().stream().filter(name -> !name.startsWith("_")).count();
        if (project != null && named == (query.saved() == null ? 0 : 1)) {
            Optional<CaseQuery> saved = saved(project, query.saved(), viewer);
            if (saved.isPresent()) {
                return "redirect:" + saved.get().path();
            }
        }
        if (CaseQueries.isForm(asked)) {
            return "redirect:" + query.path();
        }
        model.addAttribute("project", project);
        model.addAttribute("list", pages.view(query, "exact".equals(asked.getFirst("count")), viewer));
        model.addAttribute("mayShare", project != null && viewer.may(Permission.SHARE_SEARCHES, project.id()));
        model.addAttribute("mayRegister", project != null && viewer.may(Permission.REGISTER_INTAKE, project.id()));
        return "casework/list/list";
    }

    /** The saved search that an address names alone, or with which the viewer's list begins. */
    private Optional<CaseQuery> saved(Project project, @Nullable Long search, Viewer viewer) {
        return searches.of(project.id(), viewer).stream()
                .filter(each -> search == null ? each.first() : each.id() == search)
                .findFirst()
                .map(each -> queries.kept(project, each.query(), viewer).begunAs(each.id()))
                // A search that asks for nothing is the list itself.
                .map(query -> query.parameters().isEmpty()
                        ? query.with(CaseQuery.STATUS, Rule.of(Kind.CHOICE, "open"))
                        : query);
    }

    /** Keeps the chosen columns for the next time, in this project, for this person or for everybody who has not chosen. */
    @PostMapping("/cases/columns")
    String chooseColumns(@RequestParam MultiValueMap<String, String> form, Viewer viewer) {
        return choose(null, form, viewer);
    }

    @PostMapping("/p/{project}/cases/columns")
    String chooseColumns(
            @PathVariable String project, @RequestParam MultiValueMap<String, String> form, Viewer viewer) {
        return choose(project(project, viewer), form, viewer);
    }

    private String choose(@Nullable Project project, MultiValueMap<String, String> form, Viewer viewer) {
        if (project != null) {
            viewer.require(Permission.READ_CASE, project.id(), true);
        }
        Map<String, Field> known = fields.of(project, viewer);
        List<String> keys = "reset".equals(form.getFirst("do"))
                ? List.of()
                : form.getOrDefault("column", List.of()).stream()
                        .distinct()
                        .filter(key -> known.containsKey(key) && known.get(key).column())
                        .toList();
        if (project != null && "all".equals(form.getFirst("for"))) {
            columns.chooseForAll(project, keys, viewer);
        } else {
            columns.choose(project, keys, viewer);
        }
        String kept = form.getFirst("query");
        CaseQuery query = queries.kept(project, kept == null ? "" : kept, viewer);
        return "redirect:" + query.showing(List.of()).path();
    }

    /** A whole code leads straight to its case; anything else is looked for in every project that one may see. */
    @GetMapping("/search")
    String search(@RequestParam(defaultValue = "") String q, Viewer viewer, Model model) {
        String text = q.strip();
        String code = text.toUpperCase(Locale.ROOT);
        if (CaseFilter.isCode(text) && cases.byCodes(List.of(code), viewer).size() == 1) {
            return "redirect:/cases/" + code;
        }
        CaseQuery query = text.length() > Rule.LONGEST || text.chars().anyMatch(Character::isISOControl)
                ? CaseQuery.of(null)
                : CaseQuery.of(null).searching(text).with(CaseQuery.STATUS, Rule.of(Kind.CHOICE, "all"));
        List<CaseSummary> found =
                query.text().isEmpty() ? List.of() : finder.page(query, viewer).cases();
        model.addAttribute("q", text);
        model.addAttribute("rows", words.rows(found, viewer.locale()));
        model.addAttribute("more", found.size() == CaseQuery.PAGE ? query.path() : null);
        return "casework/list/search";
    }
}
