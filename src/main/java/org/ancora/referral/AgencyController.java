package org.ancora.referral;

import static org.ancora.referral.ReferralDesk.text;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.casework.CaseWords;
import org.ancora.network.Letterhead;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The page behind an agency's link. Looking at it changes nothing and shows nothing about a person, since mail scanners look
 * at links too; it is not kept anywhere on the way, and says nothing of itself to the next page. A link that was never given
 * is answered like one that is out of date or was taken back.
 */
@Controller
class AgencyController {

    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_WORDS = 1000;

    private final AgencyAnswers answers;
    private final Projects projects;
    private final CaseWords words;
    private final Dates dates;

    AgencyController(AgencyAnswers answers, Projects projects, CaseWords words, Dates dates) {
        this.answers = answers;
        this.projects = projects;
        this.words = words;
        this.dates = dates;
    }

    /** What somebody at the agency types. */
    record AnswerForm(
            @Nullable String who,
            @Nullable String reason,
            @Nullable String report,
            @Nullable String note) {}

    /** Who asks, and how they can be reached. */
    record Asking(String name, String phone, String email, String hours) {

        static Asking of(Letterhead head) {
            return new Asking(head.name(), head.phone(), head.email(), head.hours());
        }
    }

    @GetMapping(AgencyLinks.PATH + "{secret}")
    String show(@PathVariable String secret, Locale locale, Model model, HttpServletResponse response) {
        model.addAttribute("form", new AnswerForm("", "", "", ""));
        return page(secret, locale, model, response);
    }

    @PostMapping(AgencyLinks.PATH + "{secret}/accept")
    String accept(
            @PathVariable String secret,
            @ModelAttribute("form") AnswerForm form,
            BindingResult errors,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        words.limit(errors, "who", form.who(), LONGEST_NAME);
        if (errors.hasErrors()) {
            return again(secret, locale, model, response);
        }
        return answered(answers.accept(secret, text(form.who())), secret, locale, model, response);
    }

    @PostMapping(AgencyLinks.PATH + "{secret}/decline")
    String decline(
            @PathVariable String secret,
            @ModelAttribute("form") AnswerForm form,
            BindingResult errors,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        words.limit(errors, "who", form.who(), LONGEST_NAME);
        words.limit(errors, "reason", form.reason(), LONGEST_WORDS);
        if (text(form.reason()).isBlank()) {
            errors.rejectValue("reason", "referral.agency.why-not", words.text("referral.agency.why-not", locale));
        }
        if (errors.hasErrors()) {
            return again(secret, locale, model, response);
        }
        return answered(
                answers.decline(secret, text(form.who()), text(form.reason())), secret, locale, model, response);
    }

    @PostMapping(AgencyLinks.PATH + "{secret}/report")
    String report(
            @PathVariable String secret,
            @ModelAttribute("form") AnswerForm form,
            BindingResult errors,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        words.limit(errors, "who", form.who(), LONGEST_NAME);
        words.limit(errors, "note", form.note(), LONGEST_WORDS);
        Optional<AgencyAnswers.Report> report = AgencyAnswers.Report.of(text(form.report()));
        if (report.isEmpty()) {
            errors.rejectValue("report", "referral.agency.what", words.text("referral.agency.what", locale));
        }
        if (errors.hasErrors() || report.isEmpty()) {
            return again(secret, locale, model, response);
        }
        return answered(
                answers.report(secret, text(form.who()), report.get(), text(form.note())),
                secret,
                locale,
                model,
                response);
    }

    /** Only for the asking: whatever opens links by itself sends no forms. */
    @PostMapping(AgencyLinks.PATH + "{secret}/person")
    String person(@PathVariable String secret, Locale locale, Model model, HttpServletResponse response) {
        model.addAttribute("form", new AnswerForm("", "", "", ""));
        answers.person(secret).ifPresent(person -> model.addAttribute("person", person));
        return page(secret, locale, model, response);
    }

    private String answered(boolean open, String secret, Locale locale, Model model, HttpServletResponse response) {
        if (!open) {
            return page(secret, locale, model, response);
        }
        unseen(response);
        return "redirect:" + AgencyLinks.PATH + secret;
    }

    private String again(String secret, Locale locale, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        return page(secret, locale, model, response);
    }

    private String page(String secret, Locale locale, Model model, HttpServletResponse response) {
        unseen(response);
        AgencyAnswers.Opened opened = answers.open(secret).orElse(null);
        if (opened == null) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "referral/agency-gone";
        }
        Referral referral = opened.referral();
        Project project = projects.get(referral.project());
        ZoneId zone = project.calendar().zone();
        model.addAttribute("asking", Asking.of(project.settings().letterhead()));
        model.addAttribute("resource", referral.resource().title());
        model.addAttribute("need", referral.need().words());
        model.addAttribute("term", referral.need().term());
        model.addAttribute("reference", referral.reference());
        model.addAttribute(
                "until", dates.longDay(LocalDate.ofInstant(opened.link().expiresAt(), zone), locale));
        model.addAttribute("stage", stage(referral.status()));
        model.addAttribute("learnable", opened.mayLearnWhoItIs());
        model.addAttribute("path", AgencyLinks.PATH + secret);
        model.addAttribute("reports", reports(locale));
        return "referral/agency";
    }

    /** What the agency can say now: {@code asked}, {@code accepted}, {@code declined} or {@code done}. */
    private static String stage(ReferralStatus status) {
        return switch (status) {
            case DRAFT, SENT -> "asked";
            case ACCEPTED, IN_PROGRESS -> "accepted";
            case REJECTED -> "declined";
            case COMPLETED, FAILED, CANCELLED, ENTERED_IN_ERROR -> "done";
        };
    }

    private List<Option> reports(Locale locale) {
        return words.options(
                "referral.agency.report.",
                Stream.of(AgencyAnswers.Report.values()).map(AgencyAnswers.Report::code),
                locale);
    }

    private static void unseen(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
