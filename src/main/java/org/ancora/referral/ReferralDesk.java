package org.ancora.referral;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.network.CurrentProject;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;

/** What the pages about referrals share: the case, who may look and write, and reading what was typed. */
@Component
class ReferralDesk {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;

    private final Cases cases;
    private final Projects projects;
    private final CaseWords words;
    private final ReadLog reads;

    ReferralDesk(Cases cases, Projects projects, CaseWords words, ReadLog reads) {
        this.cases = cases;
        this.projects = projects;
        this.words = words;
        this.reads = reads;
    }

    /** The case for a page that only shows something. Where a protected client goes is for those who may know the client. */
    CaseSummary toRead(String code, Viewer viewer, Model model) {
        return open(code, viewer, Permission.READ_REFERRALS, model);
    }

    /** The case for a page on which something is written; a closed one refers nobody. */
    CaseSummary toWrite(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, Permission.MAKE_REFERRALS, model);
        if (caseFile.isClosed()) {
            throw new Problem(HttpStatus.CONFLICT, "referral.case-closed");
        }
        return caseFile;
    }

    private CaseSummary open(String code, Viewer viewer, Permission permission, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(permission, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        if (caseFile.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, caseFile.project());
        }
        CurrentProject.is(projects.get(caseFile.project()));
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", words.client(caseFile, viewer.locale()));
        return caseFile;
    }

    static boolean mayRead(CaseSummary caseFile, Viewer viewer) {
        return !caseFile.concealed()
                && viewer.may(Permission.READ_REFERRALS, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }

    /** Whether somebody may read the case's reminders, and finish them. */
    static boolean mayBeReminded(CaseSummary caseFile, Viewer viewer) {
        return !caseFile.concealed()
                && viewer.may(Permission.SET_REMINDERS, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }

    static boolean mayWrite(CaseSummary caseFile, Viewer viewer) {
        return !caseFile.concealed()
                && !caseFile.isClosed()
                && viewer.may(Permission.MAKE_REFERRALS, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }

    /** Keeps that somebody looked at a referral. */
    void read(CaseSummary caseFile, Viewer viewer, Referral referral) {
        reads.record(viewer, caseFile.project(), caseFile.code(), "referral", String.valueOf(referral.id()), "page");
    }

    BusinessCalendar calendar(CaseSummary caseFile) {
        return projects.calendar(caseFile.project());
    }

    /** The chosen day for a follow-up: one of the quick ones, or a day of its own from today on; null with an error of the field. */
    @Nullable
    LocalDate day(
            BindingResult errors, @Nullable String when, @Nullable String typed, CaseSummary caseFile, Locale locale) {
        BusinessCalendar calendar = calendar(caseFile);
        LocalDate today = words.today(calendar.zone());
        LocalDate soon =
                Soon.of(text(when)).map(each -> each.from(today, calendar)).orElse(null);
        if (soon != null) {
            return soon;
        }
        LocalDate day = read(text(typed));
        if (day == null) {
            errors.rejectValue("day", "referral.next.missing", words.text("referral.next.missing", locale));
        } else if (day.isBefore(today)) {
            errors.rejectValue("day", "referral.next.past", words.text("referral.next.past", locale));
        }
        return day;
    }

    private static @Nullable LocalDate read(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed.strip());
            return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR ? day : null;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    static int version(@Nullable String seen) {
        try {
            return Integer.parseInt(text(seen));
        } catch (NumberFormatException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
    }

    static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
