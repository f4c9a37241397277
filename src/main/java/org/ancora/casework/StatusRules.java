package org.ancora.casework;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
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
import org.ancora.network.CaseStatus;
import org.ancora.network.ProjectReason;
import org.ancora.network.ProjectStatus;
import org.ancora.network.StatusFlow;
import org.ancora.network.StatusId;
import org.ancora.network.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Who may give a case which status, and what that takes (C47–C56). Each refusal says who could change it (C51, C135). */
@Component
class StatusRules {

    private static final int NAMED_AT_MOST = 3;

    private final Statuses statuses;
    private final ClosingConditions conditions;
    private final Users users;
    private final MessageSource messages;
    private final Clock clock;

    StatusRules(Statuses statuses, ClosingConditions conditions, Users users, MessageSource messages, Clock clock) {
        this.statuses = statuses;
        this.conditions = conditions;
        this.users = users;
        this.messages = messages;
        this.clock = clock;
    }

    /** The statuses that a person may give this case now. */
    List<ProjectStatus> offered(CaseSummary caseFile, StatusFlow flow, Viewer viewer) {
        boolean own = caseFile.isOwnOf(viewer.id());
        return flow.next(caseFile.projectStatus().id(), viewer.roles(caseFile.project())).stream()
                .filter(status -> viewer.may(permission(caseFile, status), caseFile.project(), own)
                        && fits(caseFile, status)
                        && inTime(caseFile, flow, status))
                .toList();
    }

    /** Returns the status that was asked for, or refuses. */
    ProjectStatus check(CaseSummary caseFile, StatusFlow flow, StatusId to, String note, Viewer by) {
        ProjectStatus target = flow.find(to)
                .filter(status -> !status.retired())
                .orElseThrow(() -> new StatusRefused(HttpStatus.CONFLICT, "case.status.gone"));
        if (!fits(caseFile, target)) {
            throw new StatusRefused(
                    HttpStatus.CONFLICT,
                    switch (target.category()) {
                        case NEW -> "case.status.has-worker";
                        case ASSIGNED -> "case.status.assign-first";
                        default -> "case.status.by-capacity";
                    },
                    target.name(by.locale()));
        }
        if (by.isSystem()) {
            return target;
        }
        by.require(permission(caseFile, target), caseFile.project(), caseFile.isOwnOf(by.id()));
        ProjectStatus from = caseFile.projectStatus();
        if (!flow.allows(from.id(), to, by.roles(caseFile.project()))) {
            Set<Role> roles = flow.roles(from.id(), to);
            throw new StatusRefused(
                    HttpStatus.FORBIDDEN,
                    roles.isEmpty() ? "case.status.nobody" : "case.status.others",
                    from.name(by.locale()),
                    target.name(by.locale()),
                    administrators(caseFile, by.locale()),
                    words(roles, by.locale()));
        }
        if (!inTime(caseFile, flow, target)) {
            throw new StatusRefused(
                    HttpStatus.FORBIDDEN,
                    "case.status.too-late",
                    Objects.requireNonNull(flow.reopening().days()),
                    administrators(caseFile, by.locale()));
        }
        if (caseFile.isClosed() && !target.isClosed() && note.isBlank()) {
            throw new StatusRefused(HttpStatus.BAD_REQUEST, "case.status.why-open");
        }
        return target;
    }

    /** Returns the reason for which the case is to be closed, or refuses. */
    ProjectReason reason(CaseSummary caseFile, @Nullable String key, String note, Viewer by) {
        ProjectReason reason = statuses.reason(caseFile.project(), Objects.requireNonNullElse(key, ""))
                .filter(each -> each.offered() || by.isSystem())
                .orElseThrow(() -> new StatusRefused(HttpStatus.BAD_REQUEST, "case.close.choose"));
        if (by.isSystem()) {
            return reason;
        }
        if (reason.needsNote() && note.isBlank()) {
            throw new StatusRefused(HttpStatus.BAD_REQUEST, "case.close.say-why");
        }
        if (!caseFile.isClosed() && !conditions.unmet(caseFile).isEmpty()) {
            throw new StatusRefused(HttpStatus.CONFLICT, "case.close.unmet");
        }
        return reason;
    }

    private static Permission permission(CaseSummary caseFile, ProjectStatus target) {
        if (caseFile.isClosed() && !target.isClosed()) {
            return Permission.REOPEN_CASE;
        }
        return target.isClosed() ? Permission.CLOSE_CASE : Permission.CHANGE_STATUS;
    }

    /** "New" is nobody's, "assigned" somebody's, and only a full caseload makes a case wait for room (A-R1). */
    private static boolean fits(CaseSummary caseFile, ProjectStatus target) {
        return switch (target.category()) {
            case NEW -> caseFile.assignee() == null;
            case ASSIGNED -> caseFile.assignee() != null;
            case WAITING_FOR_CAPACITY -> caseFile.status() == CaseStatus.WAITING_FOR_CAPACITY;
            case IN_PROGRESS, PENDING, CLOSED -> true;
        };
    }

    private boolean inTime(CaseSummary caseFile, StatusFlow flow, ProjectStatus target) {
        Instant closedAt = caseFile.closedAt();
        return closedAt == null || target.isClosed() || flow.reopening().isInTime(closedAt, clock.instant());
    }

    private String administrators(CaseSummary caseFile, Locale locale) {
        String names = users.administrators(caseFile.project()).stream()
                .limit(NAMED_AT_MOST)
                .map(User::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? messages.getMessage("access.forbidden.ask-any", null, locale)
                : messages.getMessage("access.forbidden.ask", new Object[] {names}, locale);
    }

    private String words(Collection<Role> roles, Locale locale) {
        return new TreeSet<>(roles)
                .stream()
                        .map(role -> messages.getMessage("role." + role.code(), null, locale))
                        .collect(Collectors.joining(", "));
    }
}
