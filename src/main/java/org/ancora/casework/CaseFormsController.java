package org.ancora.casework;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.network.CaseStatus;
import org.ancora.network.CurrentProject;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.StatusFlow;
import org.ancora.network.Statuses;
import org.ancora.web.EditConflict;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people do to a case by hand: assign it, close it, change the service, raise and resolve flags. */
@Controller
class CaseFormsController {

    private static final int LONGEST_NOTE = 2000;

    private final Cases cases;
    private final Caseloads caseloads;
    private final Projects projects;
    private final Statuses statuses;
    private final StatusRules rules;
    private final CaseWords words;
    private final ClosingConditions conditions;

    CaseFormsController(
            Cases cases,
            Caseloads caseloads,
            Projects projects,
            Statuses statuses,
            StatusRules rules,
            CaseWords words,
            ClosingConditions conditions) {
        this.cases = cases;
        this.caseloads = caseloads;
        this.projects = projects;
        this.statuses = statuses;
        this.rules = rules;
        this.words = words;
        this.conditions = conditions;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record AssignForm(
            @Nullable String worker,
            @Nullable String reason,
            @Nullable String version) {}

    record CloseForm(
            @Nullable String status,
            @Nullable String reason,
            @Nullable String note,
            @Nullable String version) {}

    @GetMapping("/cases/{code}/assign")
    String assign(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, Permission.ASSIGN_CASE, model);
        UserId assignee = caseFile.assignee();
        model.addAttribute("form", new AssignForm(assignee == null ? "" : assignee.toString(), "", seen(caseFile)));
        return assignPage(caseFile, model);
    }

    @PostMapping("/cases/{code}/assign")
    String assign(
            @PathVariable String code,
            @ModelAttribute("form") AssignForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, Permission.ASSIGN_CASE, model);
        Optional<UserId> worker = caseloads.of(caseFile.project()).stream()
                .map(Load::user)
                .filter(user -> user.toString().equals(form.worker()))
                .findFirst();
        words.limit(errors, "reason", form.reason(), LONGEST_NOTE);
        if (worker.isEmpty()) {
            errors.rejectValue("worker", "case.assign.choose", words.text("case.assign.choose", viewer.locale()));
        }
        if (worker.isEmpty() || errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return assignPage(caseFile, model);
        }
        try {
            cases.assign(code, Typed.version(form.version()), worker.get(), viewer.id(), text(form.reason()));
        } catch (OptimisticLockingFailureException overtaken) {
            return assignedMeanwhile(cases.byCode(code, viewer), viewer, request)
                    .answer(model, response);
        }
        return done(caseFile, "case.assign.done", flash);
    }

    @GetMapping("/cases/{code}/close")
    String close(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, Permission.CLOSE_CASE, model);
        List<ProjectStatus> closed = closed(caseFile, viewer);
        model.addAttribute("form", new CloseForm(closed.get(0).id().toString(), "", "", seen(caseFile)));
        return closePage(caseFile, closed, viewer, model);
    }

    @PostMapping("/cases/{code}/close")
    String close(
            @PathVariable String code,
            @ModelAttribute("form") CloseForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, Permission.CLOSE_CASE, model);
        Locale locale = viewer.locale();
        if (isAsItStands(form.status(), caseFile)) {
            return "redirect:" + caseFile.path();
        }
        List<ProjectStatus> closed = closed(caseFile, viewer);
        ProjectStatus status = closed.stream()
                .filter(each -> each.id().toString().equals(form.status()))
                .findFirst()
                .orElse(closed.get(0));
        ProjectReason reason = statuses.reason(caseFile.project(), text(form.reason()))
                .filter(ProjectReason::offered)
                .orElse(null);
        if (reason == null) {
            errors.rejectValue("reason", "case.close.choose", words.text("case.close.choose", locale));
        } else if (reason.needsNote() && text(form.note()).isBlank()) {
            errors.rejectValue("note", "case.close.say-why", words.text("case.close.say-why", locale));
        }
        words.limit(errors, "note", form.note(), LONGEST_NOTE);
        if (!conditions.unmet(caseFile).isEmpty()) {
            errors.reject("case.close.unmet", words.text("case.close.unmet", locale));
        }
        if (reason == null || errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return closePage(caseFile, closed, viewer, model);
        }
        try {
            cases.changeStatus(
                    code, Typed.version(form.version()), status.id(), reason.key(), text(form.note()), viewer);
        } catch (OptimisticLockingFailureException overtaken) {
            return movedMeanwhile(cases.byCode(code, viewer), viewer, request).answer(model, response);
        }
        return done(caseFile, "case.close.done", flash);
    }

    @GetMapping("/cases/{code}/service-mode")
    String serviceMode(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, Permission.CHANGE_SERVICE_MODE, model);
        model.addAttribute("next", other(caseFile.serviceMode()).code());
        return "casework/service-mode";
    }

    @PostMapping("/cases/{code}/service-mode")
    String serviceMode(
            @PathVariable String code,
            @RequestParam String mode,
            @RequestParam(required = false) @Nullable String version,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, Permission.CHANGE_SERVICE_MODE, model);
        ServiceMode wanted = read(mode, ServiceMode::of);
        try {
            cases.changeServiceMode(code, Typed.version(version), wanted, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            CaseSummary now = cases.byCode(code, viewer);
            return EditConflict.of(request, now.version(), now.path())
                    .choice(
                            "mode",
                            words.text("case.service-mode", viewer.locale()),
                            now.serviceMode().code(),
                            each -> words.text("service-mode." + each, viewer.locale()))
                    .answer(model, response);
        }
        return done(caseFile, "case.service-mode.done", flash);
    }

    @PostMapping("/cases/{code}/flags")
    String raise(
            @PathVariable String code,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String note,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, Permission.FLAG_CASE, model);
        cases.raiseFlag(code, kind(caseFile, kind), limited(note), viewer.id());
        return done(caseFile, "case.flag.raised-done", flash);
    }

    @PostMapping("/cases/{code}/flags/{kind}/resolve")
    String resolve(
            @PathVariable String code,
            @PathVariable String kind,
            @RequestParam(defaultValue = "") String resolution,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, Permission.FLAG_CASE, model);
        cases.resolveFlag(code, kind(caseFile, kind), limited(resolution), viewer.id());
        return done(caseFile, "case.flag.resolved-done", flash);
    }

    private Flag.Kind kind(CaseSummary caseFile, String code) {
        return cases.flagKind(caseFile.project(), code)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "case.unreadable"));
    }

    private CaseSummary open(String code, Viewer viewer, Permission permission, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        if (!CaseDesk.mayAct(permission, caseFile, viewer)) {
            throw new Forbidden(Permission.SEE_PROTECTED, caseFile.project());
        }
        CurrentProject.is(projects.get(caseFile.project()));
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", words.client(caseFile, viewer.locale()));
        return caseFile;
    }

    /** Both versions of who works on the case; the reason travels along. */
    private EditConflict assignedMeanwhile(CaseSummary now, Viewer viewer, HttpServletRequest request) {
        Locale locale = viewer.locale();
        Map<String, String> names = caseloads.of(now.project()).stream()
                .collect(Collectors.toMap(load -> load.user().toString(), Load::name));
        UserId assignee = now.assignee();
        return EditConflict.of(request, now.version(), now.path())
                .choice(
                        "worker",
                        words.text("case.assign.to", locale),
                        assignee == null ? "" : assignee.toString(),
                        id -> id.isEmpty()
                                ? words.text("case.assign.nobody-now", locale)
                                : names.getOrDefault(id, text(now.assigneeName())));
    }

    /** Both versions of the status: to be closed, or as somebody else left it; reason and note travel along. */
    private EditConflict movedMeanwhile(CaseSummary now, Viewer viewer, HttpServletRequest request) {
        StatusFlow flow = statuses.flow(now.project());
        return EditConflict.of(request, now.version(), now.path())
                .choice(
                        "status",
                        words.text("case.close.status", viewer.locale()),
                        now.projectStatus().id().toString(),
                        id -> flow.statuses().stream()
                                .filter(status -> status.id().toString().equals(id))
                                .map(status -> status.name(viewer.locale()))
                                .findFirst()
                                .orElse(""));
    }

    /** Whoever saw both versions may have chosen to leave the case as it is. */
    private static boolean isAsItStands(@Nullable String status, CaseSummary caseFile) {
        return !caseFile.isClosed() && caseFile.projectStatus().id().toString().equals(text(status));
    }

    private String assignPage(CaseSummary caseFile, Model model) {
        model.addAttribute("loads", caseloads.of(caseFile.project()));
        return "casework/assign";
    }

    private String closePage(CaseSummary caseFile, List<ProjectStatus> closed, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        model.addAttribute(
                "reasons",
                statuses.reasons(caseFile.project()).stream()
                        .filter(ProjectReason::offered)
                        .map(reason -> new Option(reason.key(), reason.name(locale)))
                        .toList());
        model.addAttribute(
                "statuses",
                closed.stream()
                        .map(status -> new Option(status.id().toString(), status.name(locale)))
                        .toList());
        model.addAttribute("unmet", conditions.unmet(caseFile));
        return "casework/close";
    }

    /** The closed statuses that this person may give; when there are none, the refusal that says whose they are. */
    private List<ProjectStatus> closed(CaseSummary caseFile, Viewer viewer) {
        if (caseFile.isClosed()) {
            throw new CaseIsClosed(caseFile.code());
        }
        List<ProjectStatus> closed = cases.nextStatuses(caseFile, viewer).stream()
                .filter(ProjectStatus::isClosed)
                .toList();
        if (closed.isEmpty()) {
            StatusFlow flow = statuses.flow(caseFile.project());
            return List.of(
                    rules.check(caseFile, flow, flow.first(CaseStatus.CLOSED).id(), "", viewer));
        }
        return closed;
    }

    private static String done(CaseSummary caseFile, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + caseFile.path();
    }

    private static ServiceMode other(ServiceMode mode) {
        return Arrays.stream(ServiceMode.values())
                .filter(each -> each != mode)
                .findFirst()
                .orElseThrow();
    }

    private static <T> T read(String code, Function<String, T> reader) {
        try {
            return reader.apply(code);
        } catch (IllegalArgumentException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
    }

    private static String limited(String note) {
        if (note.length() > LONGEST_NOTE) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.too-long", LONGEST_NOTE);
        }
        return note;
    }

    private static String seen(CaseSummary caseFile) {
        return String.valueOf(caseFile.version());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
