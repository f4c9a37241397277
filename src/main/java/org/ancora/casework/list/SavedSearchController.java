package org.ancora.casework.list;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.EditConflict;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeping, renaming, sharing and removing searches, from the menu above the list. */
@Controller
class SavedSearchController {

    private static final int LONGEST_NAME = 80;

    private final SavedSearches searches;
    private final CaseQueries queries;
    private final Projects projects;
    private final MessageSource messages;

    SavedSearchController(SavedSearches searches, CaseQueries queries, Projects projects, MessageSource messages) {
        this.searches = searches;
        this.queries = queries;
        this.projects = projects;
        this.messages = messages;
    }

    @PostMapping("/p/{project}/searches")
    String keep(
            @PathVariable String project,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "false") boolean shared,
            Viewer viewer) {
        Project found = project(project, viewer);
        CaseQuery kept = read(found, query, viewer);
        long id = searches.keep(found.id(), named(name), kept.kept(), shared, viewer);
        return "redirect:" + kept.begunAs(id).path();
    }

    @PostMapping("/p/{project}/searches/{search:[0-9]{1,18}}")
    String change(
            @PathVariable String project,
            @PathVariable long search,
            @RequestParam(name = "do", defaultValue = "") String action,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(name = "was.name", required = false) @Nullable String was,
            @RequestParam(defaultValue = "") String query,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project found = project(project, viewer);
        CaseQuery shown = read(found, query, viewer).begunAs(search);
        switch (action) {
            case "rename" -> {
                try {
                    searches.rename(search, found.id(), was, named(name), viewer);
                } catch (OptimisticLockingFailureException overtaken) {
                    return EditConflict.of(request, 0, shown.path())
                            .line(
                                    "name",
                                    messages.getMessage("caselist.saved.new-name", null, viewer.locale()),
                                    searches.find(search, found.id(), viewer)
                                            .map(SavedSearches.Saved::name)
                                            .orElse(""))
                            .answer(model, response);
                }
            }
            case "replace" -> searches.replace(search, found.id(), shown.kept(), viewer);
            case "share" -> searches.share(search, found.id(), true, viewer);
            case "unshare" -> searches.share(search, found.id(), false, viewer);
            case "first" -> searches.begin(search, found.id(), true, viewer);
            case "not-first" -> searches.begin(search, found.id(), false, viewer);
            case "restore" -> searches.restore(search, found.id(), viewer);
            case "remove" -> {
                searches.remove(search, found.id(), viewer);
                flash.addFlashAttribute("removedSearch", search);
                return "redirect:" + read(found, query, viewer).path();
            }
            default -> throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
        return "redirect:" + shown.path();
    }

    private Project project(String key, Viewer viewer) {
        Project found = projects.byKey(key, viewer);
        CurrentProject.is(found);
        viewer.require(Permission.READ_CASE, found.id(), true);
        return found;
    }

    private CaseQuery read(Project project, String query, Viewer viewer) {
        try {
            return queries.kept(project, query, viewer);
        } catch (IllegalArgumentException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
    }

    private static String named(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "caselist.saved.name-needed", LONGEST_NAME);
        }
        return stripped;
    }
}
