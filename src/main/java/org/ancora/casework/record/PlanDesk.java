package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.record.CarePlan.Due;
import org.ancora.web.EditConflict;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the forms of a care plan have in common: reading their answers, and two people at one of them. */
@Component
class PlanDesk {

    private static final int LONGEST_TEXT = 1000;

    private final RecordDesk desk;
    private final CarePlans plans;
    private final CaseWords words;

    PlanDesk(RecordDesk desk, CarePlans plans, CaseWords words) {
        this.desk = desk;
        this.plans = plans;
        this.words = words;
    }

    void checkText(BindingResult errors, @Nullable String typed, Locale locale) {
        words.limit(errors, "text", typed, LONGEST_TEXT);
        if (text(typed).isBlank()) {
            errors.rejectValue("text", "plan.no-text", words.text("plan.no-text", locale));
        }
    }

    EditConflict conflict(CaseSummary caseFile, int version, Locale locale, HttpServletRequest request) {
        CarePlan plan = plans.of(caseFile);
        return EditConflict.of(request, version, caseFile.path() + "/plan")
                .by(plan.changedByName(), desk.moment(plan.changedAt(), caseFile, locale));
    }

    /** A code of a choice; anything else was not sent by the page. */
    static <T extends Enum<T>> T choice(T[] values, @Nullable String code) {
        return Stream.of(values)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(code))
                .findFirst()
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "case.unreadable"));
    }

    static String day(@Nullable Due due) {
        return due == null ? "" : due.on().toString();
    }

    static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    static String refused(HttpServletResponse response, String page) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page;
    }

    static String done(CaseSummary caseFile, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + caseFile.path() + "/plan";
    }
}
