package org.ancora.casework.record;

import java.util.Locale;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.record.CarePlan.Content;
import org.ancora.casework.record.CarePlan.Signed;
import org.ancora.web.Download;
import org.ancora.web.Languages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The care plan to read as it was signed, and on paper in any of our languages. */
@Controller
class PlanPrintController {

    private final RecordDesk desk;
    private final CarePlans plans;
    private final PlanSheet sheet;
    private final CaseWords words;

    PlanPrintController(RecordDesk desk, CarePlans plans, PlanSheet sheet, CaseWords words) {
        this.desk = desk;
        this.plans = plans;
        this.sheet = sheet;
        this.words = words;
    }

    @GetMapping("/cases/{code}/plan/signed/{number:[0-9]{1,6}}")
    String signed(@PathVariable String code, @PathVariable int number, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.READ_CARE_PLAN, model);
        Signed signed = plans.signed(caseFile, number);
        desk.read(caseFile, viewer, "care-plan", number, "page");
        Locale locale = viewer.locale();
        model.addAttribute("number", number);
        model.addAttribute("lines", PlanWords.lines(signed.content(), caseFile, words, locale));
        model.addAttribute("review", PlanWords.day(signed.content().reviewOn(), words, locale));
        model.addAttribute(
                "signature",
                words.text(
                        "plan.signed-by." + signed.signature().manner().code(),
                        locale,
                        number,
                        signed.signature().by(),
                        words.dayAndYear(signed.signature().on(), locale)));
        model.addAttribute(
                "witness",
                signed.signature().witness().isEmpty()
                        ? words.text("plan.recorded-by", locale, signed.recordedByName())
                        : words.text(
                                "plan.witnessed-by", locale, signed.signature().witness(), signed.recordedByName()));
        return "casework/record/plan-signed";
    }

    /** @param version the number of a signed version; without one the plan as it stands */
    @GetMapping("/cases/{code}/plan.pdf")
    ResponseEntity<byte[]> print(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(required = false) @Nullable Integer version,
            Viewer viewer,
            Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.READ_CARE_PLAN, model);
        Signed signed = version == null ? null : plans.signed(caseFile, version);
        Content content = signed == null ? plans.of(caseFile).content() : signed.content();
        desk.read(caseFile, viewer, "care-plan", version == null ? "now" : version, "print");
        Locale chosen = Languages.ALL.stream()
                .filter(each -> each.getLanguage().equals(language))
                .findFirst()
                .orElse(viewer.locale());
        byte[] paper = sheet.print(content, signed, caseFile, desk.project(caseFile), chosen);
        return Download.pdf(paper, caseFile.code() + "-care-plan", false);
    }
}
