package org.ancora.casework.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.PageDrafts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;

/** What the pages of this room share: the case and who may write on it, drafts, and reading what was typed. */
@Component
class RecordDesk {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;

    private final Cases cases;
    private final Projects projects;
    private final CaseWords words;
    private final ReadLog reads;
    private final PageDrafts drafts;

    RecordDesk(Cases cases, Projects projects, CaseWords words, ReadLog reads, PageDrafts drafts) {
        this.cases = cases;
        this.projects = projects;
        this.words = words;
        this.reads = reads;
        this.drafts = drafts;
    }

    /** The case for a page that only shows something. */
    CaseSummary toRead(String code, Viewer viewer, Permission permission, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(permission, caseFile.project(), isOwn(caseFile, viewer));
        if (caseFile.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, caseFile.project());
        }
        CurrentProject.is(projects.get(caseFile.project()));
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", words.client(caseFile, viewer.locale()));
        return caseFile;
    }

    /** The case for a page on which something is written; a closed one asks for more. */
    CaseSummary toWrite(String code, Viewer viewer, Permission permission, Model model) {
        CaseSummary caseFile = toRead(code, viewer, permission, model);
        if (caseFile.isClosed()) {
            viewer.require(Permission.WRITE_ON_CLOSED_CASE, caseFile.project(), isOwn(caseFile, viewer));
        }
        return caseFile;
    }

    /** What is written about a protected client names them, so it is for those only who may know the client. */
    static boolean may(Permission permission, CaseSummary caseFile, Viewer viewer) {
        return !caseFile.concealed() && viewer.may(permission, caseFile.project(), isOwn(caseFile, viewer));
    }

    /** Whether the viewer may write by this permission, the case being open or closed. */
    static boolean mayWrite(Permission permission, CaseSummary caseFile, Viewer viewer) {
        return may(permission, caseFile, viewer)
                && (!caseFile.isClosed() || may(Permission.WRITE_ON_CLOSED_CASE, caseFile, viewer));
    }

    private static boolean isOwn(CaseSummary caseFile, Viewer viewer) {
        return caseFile.isOwnOf(viewer.id());
    }

    /** Keeps that somebody looked at one part of the record. */
    void read(CaseSummary caseFile, Viewer viewer, String subject, Object id, String how) {
        reads.record(viewer, caseFile.project(), caseFile.code(), subject, String.valueOf(id), how);
    }

    Project project(CaseSummary caseFile) {
        return projects.get(caseFile.project());
    }

    ZoneId zone(CaseSummary caseFile) {
        return project(caseFile).calendar().zone();
    }

    String moment(@Nullable Instant instant, CaseSummary caseFile, Locale locale) {
        return instant == null ? "" : words.moment(instant, zone(caseFile), locale);
    }

    /** What the viewer typed into this form and never sent; told to the page, which says so. */
    PageDrafts.@Nullable Draft draft(String place, CaseSummary caseFile, Viewer viewer, Model model) {
        PageDrafts.Draft draft = drafts.find(viewer.id(), place).orElse(null);
        model.addAttribute("draft", draft);
        model.addAttribute("draftWhen", draft == null ? "" : moment(draft.savedAt(), caseFile, viewer.locale()));
        return draft;
    }

    void forget(String place, Viewer viewer) {
        drafts.forget(viewer.id(), place);
    }

    /** A day as browsers send it; null when nothing was typed, and an error of the field when it is no day. */
    @Nullable
    LocalDate day(BindingResult errors, String field, @Nullable String typed, Locale locale) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        LocalDate day = readDay(typed.strip()).orElse(null);
        if (day == null) {
            errors.rejectValue(field, "record.no-day", words.text("record.no-day", locale));
        }
        return day;
    }

    private static Optional<LocalDate> readDay(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed);
            return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR ? Optional.of(day) : Optional.empty();
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
