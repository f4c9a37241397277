package org.ancora.casework.list;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseRows;
import org.ancora.casework.CaseWords;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Changing many cases of a list at once: choose, look, begin, watch (C50, C58, C73). */
@Controller
class BulkController {

    /** More than anybody means at once; the list says so and offers to narrow it. */
    static final int MOST = 100_000;

    /** As many are changed before the page answers; more in the background. */
    static final int AT_ONCE = 200;

    private static final int PAGE = 50;
    private static final int LONGEST_NOTE = 2000;

    private final CaseQueries queries;
    private final CaseFinder finder;
    private final CaseFields fields;
    private final BulkRows rows;
    private final BulkRunner runner;
    private final CaseWords words;
    private final Projects projects;
    private final Statuses statuses;
    private final TransactionTemplate transaction;

    BulkController(
            CaseQueries queries,
            CaseFinder finder,
            CaseFields fields,
            BulkRows rows,
            BulkRunner runner,
            CaseWords words,
            Projects projects,
            Statuses statuses,
            TransactionTemplate transaction) {
        this.queries = queries;
        this.finder = finder;
        this.fields = fields;
        this.rows = rows;
        this.runner = runner;
        this.words = words;
        this.projects = projects;
        this.statuses = statuses;
        this.transaction = transaction;
    }

    /** One case of a bulk change, in words. */
    record Line(String code, String path, String client, boolean skipped, String why) {}

    /** So many cases that are skipped for a reason. */
    record Reason(String code, String text, int cases) {}

    @GetMapping("/p/{project}/cases/bulk")
    String choose(
            @PathVariable String project,
            @RequestParam MultiValueMap<String, String> asked,
            Viewer viewer,
            Model model) {
        Project found = project(project, viewer);
        BulkChange.Kind kind = kind(asked, found, viewer);
        CaseFinder.Statement chosen = chosen(found, asked, viewer);
        long count = finder.countOf(chosen);
        if (count == 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "caselist.bulk.nothing");
        }
        return form(found, kind, asked, Math.min(count, MOST), null, viewer, model);
    }

    @PostMapping("/p/{project}/cases/bulk")
    String choose(
            @PathVariable String project,
            @RequestParam MultiValueMap<String, String> asked,
            Viewer viewer,
            Model model,
            jakarta.servlet.http.HttpServletResponse response) {
        Project found = project(project, viewer);
        BulkChange.Kind kind = kind(asked, found, viewer);
        String what = text(asked.getFirst("what"));
        String note = text(asked.getFirst("note")).strip();
        if (note.length() > LONGEST_NOTE || note.indexOf('\0') >= 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.too-long", LONGEST_NOTE);
        }
        CaseFinder.Statement chosen = chosen(found, asked, viewer);
        if (options(kind, found, viewer).stream()
                .noneMatch(option -> option.value().equals(what))) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(
                    found,
                    kind,
                    asked,
                    Math.min(finder.countOf(chosen), MOST),
                    "caselist.bulk.choose." + kind.code(),
                    viewer,
                    model);
        }
        String because = text(asked.getFirst("because"));
        if (kind == BulkChange.Kind.STATUS && closes(found, what)) {
            if (reasons(found, viewer).stream()
                    .noneMatch(option -> option.value().equals(because))) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
                return form(
                        found,
                        kind,
                        asked,
                        Math.min(finder.countOf(chosen), MOST),
                        "caselist.bulk.choose.reason",
                        viewer,
                        model);
            }
            viewer.require(Permission.CLOSE_CASE, found.id());
        }
        BulkChange bulk = Objects.requireNonNull(transaction.execute(
                running -> rows.insert(found.id(), viewer.id(), kind, what, because, note, chosen)));
        return "redirect:" + path(found, bulk);
    }

    /** What will be changed, is being changed, or was changed. */
    @GetMapping("/p/{project}/bulk/{bulk:[0-9]{1,18}}")
    String show(
            @PathVariable String project,
            @PathVariable long bulk,
            @RequestParam(required = false) @Nullable String why,
            @RequestParam(defaultValue = "0") long after,
            Viewer viewer,
            Model model) {
        Project found = project(project, viewer);
        BulkChange change = own(found, bulk, viewer);
        Locale locale = viewer.locale();
        BulkRules rules = change.state() == BulkChange.State.CHOSEN ? runner.preview(change) : null;
        Map<String, Integer> skipped = rules == null ? rows.outcome(change) : rows.preview(change, rules);
        List<BulkRows.Row> page = rows.page(change, rules, why, after, PAGE + 1, viewer);
        List<Line> lines = new ArrayList<>();
        for (BulkRows.Row row : page.subList(0, Math.min(page.size(), PAGE))) {
            lines.add(new Line(
                    row.caseFile().code(),
                    row.caseFile().path(),
                    words.client(row.caseFile(), locale),
                    row.why() != null,
                    row.why() == null ? "" : words.text("caselist.bulk.why." + row.why(), locale)));
        }
        int kept = skipped.values().stream().mapToInt(Integer::intValue).sum();
        model.addAttribute("project", found);
        model.addAttribute("bulk", change);
        model.addAttribute("path", path(found, change));
        model.addAttribute(
                "heading",
                words.text(
                        "caselist.bulk.title." + change.kind().code(),
                        locale,
                        change.total(),
                        label(change, found, viewer)));
        model.addAttribute("toChange", rules == null ? change.changed() : change.total() - kept);
        model.addAttribute(
                "reasons",
                skipped.entrySet().stream()
                        .map(each -> new Reason(
                                each.getKey(),
                                words.text("caselist.bulk.why." + each.getKey(), locale),
                                each.getValue()))
                        .toList());
        model.addAttribute("lines", lines);
        model.addAttribute("why", why);
        model.addAttribute("after", after);
        model.addAttribute(
                "next", page.size() > PAGE ? page.get(PAGE - 1).caseFile().id().value() : null);
        return "casework/list/bulk";
    }

    /** Begins, once however often it is asked. */
    @PostMapping("/p/{project}/bulk/{bulk:[0-9]{1,18}}/start")
    String start(@PathVariable String project, @PathVariable long bulk, Viewer viewer) {
        Project found = project(project, viewer);
        BulkChange change = own(found, bulk, viewer);
        viewer.require(change.kind().permission(), found.id());
        boolean begun = Boolean.TRUE.equals(transaction.execute(running -> {
            if (!rows.start(change)) {
                return false;
            }
            // Also what the page does itself: should its node die before the end, another one goes on.
            runner.begin(change);
            return true;
        }));
        if (begun && change.total() <= AT_ONCE) {
            while (runner.goOn(change.id())) {
                // some at a time until none is left
            }
        }
        return "redirect:" + path(found, change);
    }

    @PostMapping("/p/{project}/bulk/{bulk:[0-9]{1,18}}/drop")
    String drop(@PathVariable String project, @PathVariable long bulk, Viewer viewer) {
        Project found = project(project, viewer);
        rows.drop(own(found, bulk, viewer));
        return "redirect:" + found.path() + "/cases";
    }

    private Project project(String key, Viewer viewer) {
        Project found = projects.byKey(key, viewer);
        CurrentProject.is(found);
        return found;
    }

    private BulkChange own(Project project, long id, Viewer viewer) {
        return rows.find(id)
                .filter(bulk -> bulk.project().equals(project.id()) && bulk.by().equals(viewer.id()))
                .orElseThrow(() -> new Hidden("bulk change", id));
    }

    private static BulkChange.Kind kind(MultiValueMap<String, String> asked, Project project, Viewer viewer) {
        try {
            BulkChange.Kind kind = BulkChange.Kind.of(text(asked.getFirst("do")));
            viewer.require(kind.permission(), project.id());
            return kind;
        } catch (IllegalArgumentException unknown) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
    }

    /** The ticked cases, or all that match; either way only what the viewer may see of this project. */
    private CaseFinder.Statement chosen(Project project, MultiValueMap<String, String> asked, Viewer viewer) {
        if ("true".equals(asked.getFirst("all"))) {
            String query = asked.getFirst("query");
            CaseQuery all = query == null
                    ? queries.read(project, withoutForm(asked), viewer)
                    : queries.kept(project, query, viewer);
            return finder.idStatement(all, viewer, MOST);
        }
        try {
            Long[] ids = asked.getOrDefault("case", List.of()).stream()
                    .limit(CaseQuery.PAGE * 4L)
                    .map(Long::valueOf)
                    .toArray(Long[]::new);
            Scope scope = Scope.of(viewer, Permission.READ_CASE);
            Map<String, Object> params = new HashMap<>(scope.params());
            params.put("ids", ids);
            params.put("project", project.id().value());
            return new CaseFinder.Statement(
                    "select c.id from case_file c where c.id = any(:ids) and c.project_id = :project and "
                            + scope.sql("c.project_id", CaseRows.OWN),
                    params);
        } catch (NumberFormatException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
    }

    private static MultiValueMap<String, String> withoutForm(MultiValueMap<String, String> asked) {
        MultiValueMap<String, String> rest = new org.springframework.util.LinkedMultiValueMap<>(asked);
        List.of("do", "all", "case", "what", "note", "because").forEach(rest::remove);
        return rest;
    }

    private String form(
            Project project,
            BulkChange.Kind kind,
            MultiValueMap<String, String> asked,
            long count,
            @Nullable String wrong,
            Viewer viewer,
            Model model) {
        boolean all = "true".equals(asked.getFirst("all"));
        String kept = text(asked.getFirst("query"));
        model.addAttribute("project", project);
        model.addAttribute("kind", kind);
        model.addAttribute("count", count);
        model.addAttribute("most", count == MOST ? MOST : null);
        model.addAttribute("all", all);
        model.addAttribute(
                "query",
                !all
                        ? ""
                        : !kept.isEmpty()
                                ? kept
                                : queries.read(project, withoutForm(asked), viewer)
                                        .kept());
        model.addAttribute("ids", all ? List.of() : asked.getOrDefault("case", List.of()));
        // What was written about some cases is not to be found again beside others.
        model.addAttribute(
                "draftPlace",
                "%s/cases/bulk/%s/%08x"
                        .formatted(
                                project.path(),
                                kind.code(),
                                Objects.hash(all, model.getAttribute("query"), model.getAttribute("ids"))));
        model.addAttribute("options", options(kind, project, viewer));
        model.addAttribute("chosen", text(asked.getFirst("what")));
        model.addAttribute("note", text(asked.getFirst("note")));
        model.addAttribute("wrong", wrong);
        model.addAttribute("reasons", kind == BulkChange.Kind.STATUS ? reasons(project, viewer) : List.of());
        model.addAttribute("because", text(asked.getFirst("because")));
        return "casework/list/bulk-form";
    }

    private List<Option> options(BulkChange.Kind kind, Project project, Viewer viewer) {
        return switch (kind) {
            case ASSIGN -> fields.workers(project.id());
            case TEAM -> offered("team", project, viewer);
            case FLAG, RESOLVE -> offered("flag", project, viewer);
            case STATUS ->
                statuses.flow(project.id()).inUse().stream()
                        .map(status -> new Option(status.id().toString(), status.name(viewer.locale())))
                        .toList();
        };
    }

    private boolean closes(Project project, String status) {
        return statuses.flow(project.id())
                .find(new StatusId(Long.parseLong(status)))
                .filter(ProjectStatus::isClosed)
                .isPresent();
    }

    private List<Option> reasons(Project project, Viewer viewer) {
        return statuses.reasons(project.id()).stream()
                .filter(ProjectReason::offered)
                .map(reason -> new Option(reason.key(), reason.name(viewer.locale())))
                .toList();
    }

    private List<Option> offered(String field, Project project, Viewer viewer) {
        Field known = fields.of(project, viewer).get(field);
        return known == null ? List.of() : known.options();
    }

    private String label(BulkChange bulk, Project project, Viewer viewer) {
        return options(bulk.kind(), project, viewer).stream()
                .filter(option -> option.value().equals(bulk.what()))
                .map(Option::label)
                .findFirst()
                .orElse(bulk.what());
    }

    private static String path(Project project, BulkChange bulk) {
        return project.path() + "/bulk/" + bulk.id();
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
