package org.ancora.casework;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.network.Statuses;
import org.ancora.web.Chip;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of one case: its header, and whatever the modules have to show of it. */
@Controller
class CaseController {

    private final Cases cases;
    private final CaseLists lists;
    private final CaseWords words;
    private final Projects projects;
    private final Statuses statuses;
    private final ReadLog reads;
    private final List<CasePanel> panels;
    private final List<CaseAction> actions;

    CaseController(
            Cases cases,
            CaseLists lists,
            CaseWords words,
            Projects projects,
            Statuses statuses,
            ReadLog reads,
            List<CasePanel> panels,
            List<CaseAction> actions) {
        this.cases = cases;
        this.lists = lists;
        this.words = words;
        this.projects = projects;
        this.statuses = statuses;
        this.reads = reads;
        this.panels = panels.stream()
                .sorted(Comparator.comparingInt(CasePanel::order))
                .toList();
        this.actions = actions.stream()
                .sorted(Comparator.comparingInt(CaseAction::order))
                .toList();
    }

    /** The head of the page. */
    record Header(
            String code,
            String client,
            CaseWords.StatusMark status,
            @Nullable Chip waiting,
            List<Chip> flags,
            @Nullable String assignee,
            String collaborators,
            boolean takeable,
            String serviceMode,
            String opened,
            @Nullable String closed,
            Project project) {}

    /** A button of the head. */
    record Button(String labelKey, String icon, String path) {}

    /** A tab; the overview has an empty path. */
    record Tab(String titleKey, String path, boolean current) {}

    /** A card with what its fragment shows. */
    record Card(String titleKey, String anchor, String template, String name, Map<String, Object> model) {}

    @GetMapping("/cases/{code}")
    String overview(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, model, "");
        lists.visited(caseFile, viewer);
        model.addAttribute("main", cards(CasePanel.Place.MAIN, caseFile, viewer));
        model.addAttribute("side", cards(CasePanel.Place.SIDE, caseFile, viewer));
        return "casework/case";
    }

    @GetMapping("/cases/{code}/{tab}")
    String tab(
            @PathVariable String code,
            @PathVariable String tab,
            @RequestParam Map<String, String> asked,
            Viewer viewer,
            Model model) {
        CaseSummary caseFile = open(code, viewer, model, tab);
        CasePanel panel = shown(CasePanel.Place.TAB, caseFile, viewer).stream()
                .filter(each -> each.path().equals(tab))
                .findFirst()
                .orElseThrow(() -> new Hidden("tab", tab));
        model.addAttribute("main", List.of(card(panel, panel.model(viewer, caseFile, end(asked.get("after")), asked))));
        model.addAttribute("side", List.of());
        return "casework/case";
    }

    /** Opens the case; the read log says which of its tabs was read. */
    private CaseSummary open(String code, Viewer viewer, Model model, String tab) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        Project project = projects.get(caseFile.project());
        CurrentProject.is(project);
        reads.record(viewer, project.id(), code, "case", isTab(tab) ? tab : code, "page");
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("header", header(caseFile, project, viewer));
        model.addAttribute(
                "buttons",
                actions.stream()
                        .filter(action -> action.shownTo(viewer, caseFile))
                        .map(action -> new Button(action.labelKey(), action.icon(), action.path(caseFile)))
                        .toList());
        model.addAttribute("tabs", tabs(caseFile, viewer, tab));
        return caseFile;
    }

    private boolean isTab(String path) {
        return panels.stream().anyMatch(panel -> panel.path().equals(path));
    }

    private Header header(CaseSummary caseFile, Project project, Viewer viewer) {
        Locale locale = viewer.locale();
        ClosingReason reason = caseFile.closingReason();
        ZoneId zone = project.calendar().zone();
        return new Header(
                caseFile.code(),
                words.client(caseFile, locale),
                words.status(caseFile, locale),
                words.waiting(caseFile, zone, locale),
                words.marks(caseFile, locale),
                caseFile.assigneeName(),
                caseFile.sharing().collaborators().stream().map(Colleague::name).collect(Collectors.joining(", ")),
                takeable(caseFile, viewer),
                words.text("service-mode." + caseFile.serviceMode().code(), locale),
                words.day(caseFile.openedAt(), zone, locale),
                reason == null || caseFile.closedAt() == null
                        ? null
                        : words.text(
                                "case.closed-on",
                                locale,
                                words.day(caseFile.closedAt(), zone, locale),
                                statuses.reason(caseFile.project(), reason.code())
                                        .map(each -> each.name(locale))
                                        .orElse(reason.code())),
                project);
    }

    /** A case that nobody has, no team either: whoever may, takes it with one press (C59). */
    private static boolean takeable(CaseSummary caseFile, Viewer viewer) {
        return caseFile.assignee() == null
                && caseFile.sharing().team() == null
                && !caseFile.isClosed()
                && !caseFile.concealed()
                && viewer.may(Permission.TAKE_CASE, caseFile.project());
    }

    private List<Tab> tabs(CaseSummary caseFile, Viewer viewer, String current) {
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab("case.tab.overview", caseFile.path(), current.isEmpty()));
        shown(CasePanel.Place.TAB, caseFile, viewer)
                .forEach(panel -> tabs.add(new Tab(
                        panel.titleKey(),
                        caseFile.path() + "/" + panel.path(),
                        panel.path().equals(current))));
        return tabs;
    }

    private List<Card> cards(CasePanel.Place place, CaseSummary caseFile, Viewer viewer) {
        return shown(place, caseFile, viewer).stream()
                .map(panel -> card(panel, panel.model(viewer, caseFile)))
                .toList();
    }

    private List<CasePanel> shown(CasePanel.Place place, CaseSummary caseFile, Viewer viewer) {
        return panels.stream()
                .filter(panel -> panel.place() == place && panel.shownTo(viewer, caseFile))
                .toList();
    }

    private static @Nullable Long end(@Nullable String after) {
        try {
            return after == null ? null : Long.valueOf(after);
        } catch (NumberFormatException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
    }

    private static Card card(CasePanel panel, Map<String, Object> model) {
        String[] fragment = panel.fragment().split("\\s*::\\s*", 2);
        return new Card(panel.titleKey(), panel.path(), fragment[0], fragment[1], model);
    }
}
