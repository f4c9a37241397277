package org.ancora.casework.people;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.network.Project;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Relating a case to others, after a search among one's own cases or, for a reason, in the whole network. */
@Controller
class RelatedController {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTE = 500;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 300;

    private final CaseDesk desk;
    private final RelatedCases related;
    private final CaseWords words;

    RelatedController(CaseDesk desk, RelatedCases related, CaseWords words) {
        this.desk = desk;
        this.related = related;
        this.words = words;
    }

    /** A case in words, as far as the viewer may see it. */
    record Line(
            String code,
            String name,
            String project,
            String period,
            String status,
            @Nullable String path) {}

    @GetMapping("/cases/{code}/related/find")
    String find(@PathVariable String code, @RequestParam(defaultValue = "") String name, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.RELATE_CASES, model);
        String typed = limited(name.strip(), LONGEST_NAME);
        if (!typed.isEmpty()) {
            show(related.search(caseFile, desk.project(caseFile), typed, viewer), caseFile, viewer, model);
        }
        return page(caseFile, typed, "", viewer, model);
    }

    @PostMapping("/cases/{code}/related/network")
    String network(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(required = false) @Nullable Long afterProfile,
            @RequestParam(required = false) @Nullable Long afterCase,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.RELATE_CASES, model);
        viewer.require(Permission.SEARCH_NETWORK, caseFile.project());
        String typed = limited(name.strip(), LONGEST_NAME);
        String why = limited(reason.strip(), LONGEST_REASON);
        model.addAttribute("everywhere", true);
        if (why.length() < SHORTEST_REASON) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("reasonMissing", true);
            return page(caseFile, typed, why, viewer, model);
        }
        RelatedCases.Place after =
                afterProfile == null || afterCase == null ? null : new RelatedCases.Place(afterProfile, afterCase);
        RelatedCases.Page found = related.searchNetwork(caseFile, desk.project(caseFile), typed, why, after, viewer);
        show(found.found(), caseFile, viewer, model);
        model.addAttribute("next", found.next());
        return page(caseFile, typed, why, viewer, model);
    }

    @PostMapping("/cases/{code}/related")
    String relate(
            @PathVariable String code,
            @RequestParam String other,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String note,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.RELATE_CASES, model);
        Relation relation =
                Relation.of(kind).orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "related.choose-kind"));
        related.relate(caseFile, other, relation, limited(note.strip(), LONGEST_NOTE), viewer);
        flash.addFlashAttribute("told", "related.added");
        return "redirect:" + caseFile.path() + "/related";
    }

    @PostMapping("/cases/{code}/related/{relation:[0-9]{1,18}}/remove")
    String remove(
            @PathVariable String code,
            @PathVariable long relation,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.RELATE_CASES, model);
        RelatedCases.Related found = related.of(caseFile, viewer).stream()
                .filter(each -> each.id() == relation)
                .findFirst()
                .orElseThrow(() -> new Hidden("relation", relation));
        related.remove(caseFile, found, viewer);
        flash.addFlashAttribute("removedRelation", relation);
        return "redirect:" + caseFile.path() + "/related";
    }

    @PostMapping("/cases/{code}/related/{relation:[0-9]{1,18}}/undo")
    String undo(
            @PathVariable String code,
            @PathVariable long relation,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.RELATE_CASES, model);
        related.undo(caseFile, relation, viewer);
        flash.addFlashAttribute("told", "related.back");
        return "redirect:" + caseFile.path() + "/related";
    }

    private void show(List<RelatedCases.Found> found, CaseSummary caseFile, Viewer viewer, Model model) {
        model.addAttribute(
                "found",
                found.stream()
                        .map(each -> line(each, desk.zone(caseFile), viewer.locale(), words))
                        .toList());
    }

    private String page(CaseSummary caseFile, String name, String reason, Viewer viewer, Model model) {
        Project project = desk.project(caseFile);
        model.addAttribute("anonymous", related.isAnonymous(caseFile));
        model.addAttribute("mayNetwork", viewer.may(Permission.SEARCH_NETWORK, caseFile.project()));
        model.addAttribute("network", project.network().name());
        model.addAttribute("name", name);
        model.addAttribute("reason", reason);
        model.addAttribute(
                "kinds",
                words.options("relation.", Arrays.stream(Relation.values()).map(Relation::code), viewer.locale()));
        return "casework/people/find-related";
    }

    /** A case as one line: its client's name or initials, its project, from when to when, and where it stands. */
    static Line line(RelatedCases.Found found, ZoneId zone, Locale locale, CaseWords words) {
        Instant closed = found.closedAt();
        return new Line(
                found.code(),
                found.name().isEmpty()
                        ? words.text(found.concealed() ? "case.hidden-name" : "case.anonymous", locale)
                        : found.name(),
                found.project(),
                closed == null
                        ? words.text("related.since", locale, month(found.openedAt(), zone, locale))
                        : month(found.openedAt(), zone, locale) + " – " + month(closed, zone, locale),
                words.text("case.status." + found.status(), locale),
                found.visible() ? "/cases/" + found.code() : null);
    }

    private static String month(Instant at, ZoneId zone, Locale locale) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return day.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, locale) + " " + day.getYear();
    }

    private static String limited(String typed, int longest) {
        if (typed.length() > longest) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.too-long", longest);
        }
        return typed;
    }
}
