package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.casework.ClosingConditions;
import org.ancora.casework.StatusRefused;
import org.ancora.casework.Typed;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusFlow;
import org.ancora.network.StatusId;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Changing the status of a case by hand (C47–C51), closing it (C53, C54) and opening it again (C55, C56): what one's role may
 * change it to, and whom to ask for the rest.
 */
@Controller
class StatusController {

    private static final int LONGEST_NOTE = 2000;
    private static final int NAMED_AT_MOST = 3;

    private final RecordDesk desk;
    private final Cases cases;
    private final StatusChanges changes;
    private final Statuses statuses;
    private final ClosingConditions conditions;
    private final Users users;
    private final CaseWords words;

    StatusController(
            RecordDesk desk,
            Cases cases,
            StatusChanges changes,
            Statuses statuses,
            ClosingConditions conditions,
            Users users,
            CaseWords words) {
        this.desk = desk;
        this.cases = cases;
        this.changes = changes;
        this.statuses = statuses;
        this.conditions = conditions;
        this.users = users;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record StatusForm(
            @Nullable String status,
            @Nullable String reason,
            @Nullable String note,
            @Nullable String version) {}

    /** A status that the reader may not give now, and the roles that may. */
    record Elsewhere(String name, String roles) {}

    @GetMapping("/cases/{code}/status")
    String ask(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, model);
        model.addAttribute("form", new StatusForm("", "", "", String.valueOf(caseFile.version())));
        return page(caseFile, viewer, model);
    }

    @PostMapping("/cases/{code}/status")
    String change(
            @PathVariable String code,
            @ModelAttribute("form") StatusForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        Locale locale = viewer.locale();
        words.limit(errors, "note", form.note(), LONGEST_NOTE);
        if (text(form.status()).isBlank()) {
            errors.rejectValue("status", "status.choose", words.text("status.choose", locale));
        }
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, viewer, model);
        }
        StatusId to = id(form.status());
        boolean closed = caseFile.isClosed();
        try {
            String reason = text(form.reason()).isBlank() ? null : form.reason();
            changes.make(caseFile, Typed.version(form.version()), to, reason, text(form.note()), viewer);
        } catch (StatusRefused refused) {
            String field = field(refused.key());
            String said = words.text(refused.key(), locale, refused.arguments());
            if (field == null) {
                errors.reject(refused.key(), said);
            } else {
                errors.rejectValue(field, refused.key(), said);
            }
            response.setStatus(refused.status().value());
            return page(caseFile, viewer, model);
        } catch (OptimisticLockingFailureException overtaken) {
            return conflict(caseFile, viewer, request).answer(model, response);
        }
        boolean open = statuses.byId(to).filter(ProjectStatus::isClosed).isEmpty();
        flash.addFlashAttribute(
                "told", closed && open ? "status.reopened" : open ? "status.changed" : "case.close.done");
        return "redirect:" + caseFile.path();
    }

    /** Anybody who may change one thing about the status finds the page; what they may not is said there. */
    private CaseSummary open(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        boolean own = caseFile.isOwnOf(viewer.id());
        boolean may = List.of(Permission.CHANGE_STATUS, Permission.CLOSE_CASE, Permission.REOPEN_CASE).stream()
                .anyMatch(permission -> viewer.may(permission, caseFile.project(), own));
        if (!may) {
            viewer.require(
                    caseFile.isClosed() ? Permission.REOPEN_CASE : Permission.CHANGE_STATUS, caseFile.project(), own);
        }
        return desk.toRead(code, viewer, Permission.READ_CASE, model);
    }

    private String page(CaseSummary caseFile, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        StatusFlow flow = statuses.flow(caseFile.project());
        List<ProjectStatus> next = cases.nextStatuses(caseFile, viewer);
        boolean closing = !caseFile.isClosed() && next.stream().anyMatch(ProjectStatus::isClosed);
        model.addAttribute("now", words.status(caseFile, locale));
        model.addAttribute(
                "next",
                next.stream()
                        .map(status -> new Option(status.id().toString(), status.name(locale)))
                        .toList());
        model.addAttribute("closing", closing);
        model.addAttribute("reopening", caseFile.isClosed());
        model.addAttribute(
                "reasons",
                next.stream().noneMatch(ProjectStatus::isClosed)
                        ? List.of()
                        : statuses.reasons(caseFile.project()).stream()
                                .filter(ProjectReason::offered)
                                .map(reason -> new Option(reason.key(), reason.name(locale)))
                                .toList());
        model.addAttribute("unmet", closing ? conditions.unmet(caseFile) : List.of());
        List<Elsewhere> elsewhere = flow.inUse().stream()
                .filter(status -> !status.id().equals(caseFile.projectStatus().id()) && !next.contains(status))
                .map(status -> new Elsewhere(status.name(locale), roles(flow, caseFile, status, locale)))
                .toList();
        model.addAttribute("elsewhere", elsewhere);
        model.addAttribute("ask", elsewhere.isEmpty() ? "" : administrators(caseFile, locale));
        return "casework/record/status";
    }

    private String roles(StatusFlow flow, CaseSummary caseFile, ProjectStatus status, Locale locale) {
        Set<Role> roles = flow.roles(caseFile.projectStatus().id(), status.id());
        return roles.isEmpty()
                ? words.text("status.nobody", locale)
                : new TreeSet<>(roles)
                        .stream()
                                .map(role -> words.text("role." + role.code(), locale))
                                .collect(Collectors.joining(", "));
    }

    private String administrators(CaseSummary caseFile, Locale locale) {
        String names = users.administrators(caseFile.project()).stream()
                .limit(NAMED_AT_MOST)
                .map(User::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? words.text("access.forbidden.ask-any", locale)
                : words.text("access.forbidden.ask", locale, names);
    }

    private EditConflict conflict(CaseSummary seen, Viewer viewer, HttpServletRequest request) {
        Locale locale = viewer.locale();
        CaseSummary now = cases.byCode(seen.code(), viewer);
        StatusFlow flow = statuses.flow(now.project());
        return EditConflict.of(request, now.version(), now.path())
                .choice(
                        "status",
                        words.text("status.new", locale),
                        now.projectStatus().id().toString(),
                        id -> flow.statuses().stream()
                                .filter(status -> status.id().toString().equals(id))
                                .map(status -> status.name(locale))
                                .findFirst()
                                .orElse(""));
    }

    /** Of which field a refusal speaks; null for the change as a whole. */
    private static @Nullable String field(String key) {
        return switch (key) {
            case "case.close.choose" -> "reason";
            case "case.close.say-why", "case.status.why-open" -> "note";
            default -> null;
        };
    }

    private static StatusId id(@Nullable String typed) {
        String id = Objects.requireNonNullElse(typed, "");
        if (!id.matches("[0-9]{1,18}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        return StatusId.of(id);
    }
}
