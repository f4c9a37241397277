package org.ancora.referral;

import static org.ancora.referral.ReferralDesk.text;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Profiles;
import org.ancora.correspondence.LetterPreview;
import org.ancora.correspondence.RecipientKind;
import org.ancora.network.Projects;
import org.ancora.web.Languages;
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

/** Review and send (C104, C-R13): what client and agency would read, and who gets it by which way. */
@Controller
class SendController {

    private final ReferralDesk desk;
    private final Referrals referrals;
    private final Sendings sendings;
    private final AgencyLinks links;
    private final ReferralOptions options;
    private final OptionWords optionWords;
    private final ReferralWords referralWords;
    private final Profiles profiles;
    private final Projects projects;
    private final CaseWords words;

    SendController(
            ReferralDesk desk,
            Referrals referrals,
            Sendings sendings,
            AgencyLinks links,
            ReferralOptions options,
            OptionWords optionWords,
            ReferralWords referralWords,
            Profiles profiles,
            Projects projects,
            CaseWords words) {
        this.desk = desk;
        this.referrals = referrals;
        this.sendings = sendings;
        this.links = links;
        this.options = options;
        this.optionWords = optionWords;
        this.referralWords = referralWords;
        this.profiles = profiles;
        this.projects = projects;
        this.words = words;
    }

    /** What the page posts. */
    record SendForm(
            @Nullable Boolean clientEmail,
            @Nullable Boolean clientSms,
            @Nullable Boolean agency,
            @Nullable String agencyEmail,
            @Nullable String agencyPhone,
            @Nullable String language,
            @Nullable Boolean namesClient,
            @Nullable String version) {}

    /**
     * One way of writing to the client.
     *
     * @param field its checkbox
     * @param address where it goes; empty when nothing is on file
     * @param why why it may not be used, or null when it may
     * @param correct where the address is put right, in the client's profile; null for whoever may not
     */
    record Way(
            String field,
            String labelKey,
            String address,
            @Nullable String why,
            @Nullable InLanguage preview,
            @Nullable String correct) {}

    /** What somebody would read, and in which language. */
    record InLanguage(String code, String name, LetterPreview preview) {}

    @GetMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}/send")
    String review(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        Referral referral = unfinished(caseFile, id);
        if (!options.of(caseFile.project()).sends()) {
            return "redirect:" + referral.path();
        }
        desk.read(caseFile, viewer, referral);
        model.addAttribute(
                "form",
                new SendForm(
                        false,
                        false,
                        false,
                        referral.resource().email(),
                        referral.resource().phone(),
                        projects.get(caseFile.project()).locale().getLanguage(),
                        false,
                        String.valueOf(referral.version())));
        return page(caseFile, referral, viewer, model);
    }

    @PostMapping("/cases/{code}/referrals/{id:[0-9]{1,18}}/send")
    String send(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") SendForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, model);
        Referral referral = unfinished(caseFile, id);
        List<Sending.Asked> asked = asked(form, errors, caseFile, viewer.locale());
        Referral reached = reached(form, errors, referral, viewer.locale());
        if (errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, reached, viewer, model);
        }
        try {
            sendings.ask(id, ReferralDesk.version(form.version()), asked, reached.resource(), viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            throw new Problem(HttpStatus.CONFLICT, "referral.changed-meanwhile");
        }
        flash.addFlashAttribute("told", "referral.told.sending");
        return "redirect:" + referral.path();
    }

    private Referral unfinished(CaseSummary caseFile, long id) {
        Referral referral = referrals.get(caseFile, id);
        if (referral.isFinished()) {
            throw new Problem(HttpStatus.CONFLICT, "referral.finished-already");
        }
        return referral;
    }

    private List<Sending.Asked> asked(SendForm form, BindingResult errors, CaseSummary caseFile, Locale locale) {
        List<Sending.Asked> asked = new ArrayList<>();
        ProjectOptions of = options.of(caseFile.project());
        LawfulWays lawful = profiles.get(caseFile.profile()).lawfulWays();
        if (isTicked(form.clientEmail())) {
            asked.add(client(
                    Channel.EMAIL, of.byEmail() && lawful.may(LawfulWays.Way.EMAIL), "clientEmail", errors, locale));
        }
        if (isTicked(form.clientSms())) {
            asked.add(client(Channel.SMS, of.bySms() && lawful.may(LawfulWays.Way.SMS), "clientSms", errors, locale));
        }
        if (isTicked(form.agency())) {
            if (!of.byEmail()) {
                errors.rejectValue("agency", "referral.send.not-here", words.text("referral.missing.email", locale));
            }
            String address = text(form.agencyEmail()).strip();
            if (!EmailAddress.isOne(address)) {
                errors.rejectValue("agencyEmail", "referral.no-email", words.text("referral.no-email", locale));
            }
            Locale language = Languages.ALL.stream()
                    .filter(each -> each.getLanguage().equals(form.language()))
                    .findFirst()
                    .orElse(null);
            asked.add(new Sending.Asked(
                    RecipientKind.AGENCY,
                    Channel.EMAIL,
                    address,
                    language,
                    isTicked(form.namesClient()) && sendings.mayNameClient(caseFile)));
        }
        if (asked.isEmpty()) {
            errors.reject("referral.send.nobody", words.text("referral.send.nobody", locale));
        }
        return asked;
    }

    /**
     * The referral with the agency's address and number as they were corrected on the page (C104). An address that is taken
     * away is kept; a number may go. What stood there before is not judged, however it is written.
     */
    private Referral reached(SendForm form, BindingResult errors, Referral referral, Locale locale) {
        Resource before = referral.resource();
        String email = text(form.agencyEmail()).strip();
        boolean kept = email.isEmpty() || email.equals(before.email());
        if (!kept && !EmailAddress.isOne(email) && !errors.hasFieldErrors("agencyEmail")) {
            errors.rejectValue("agencyEmail", "referral.no-email", words.text("referral.no-email", locale));
        }
        String phone =
                form.agencyPhone() == null ? before.phone() : form.agencyPhone().strip();
        if (!phone.isEmpty() && !phone.equals(before.phone()) && !PhoneNumber.isOne(phone)) {
            errors.rejectValue("agencyPhone", "referral.no-phone", words.text("referral.no-phone", locale));
        }
        return errors.hasErrors() ? referral : referral.reachedBy(kept ? before.email() : email, phone);
    }

    private static boolean isTicked(@Nullable Boolean box) {
        return box != null && box;
    }

    private Sending.Asked client(Channel channel, boolean lawful, String field, BindingResult errors, Locale locale) {
        if (!lawful) {
            errors.rejectValue(field, "referral.send.unlawful", words.text("referral.send.unlawful", locale));
        }
        return new Sending.Asked(RecipientKind.CLIENT, channel, "", null, false);
    }

    private String page(CaseSummary caseFile, Referral referral, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        LawfulWays lawful = profiles.get(caseFile.profile()).lawfulWays();
        ProjectOptions of = options.of(caseFile.project());
        model.addAttribute("byEmail", of.byEmail());
        model.addAttribute(
                "who", of.byEmail() && of.bySms() ? "" : optionWords.who(projects.get(caseFile.project()), locale));
        model.addAttribute("referral", referralWords.brief(referral, of, desk.calendar(caseFile), locale));
        model.addAttribute(
                "ways",
                List.of(
                        way(caseFile, referral, of, lawful.verdict(LawfulWays.Way.EMAIL), Channel.EMAIL, viewer),
                        way(caseFile, referral, of, lawful.verdict(LawfulWays.Way.SMS), Channel.SMS, viewer)));
        model.addAttribute(
                "languages",
                Languages.ALL.stream()
                        .map(language -> inLanguage(
                                sendings.preview(
                                        referral,
                                        new Sending.Asked(RecipientKind.AGENCY, Channel.EMAIL, "", language, false),
                                        links.shown()),
                                locale))
                        .toList());
        model.addAttribute("mayNameClient", sendings.mayNameClient(caseFile));
        return "referral/send";
    }

    private Way way(
            CaseSummary caseFile,
            Referral referral,
            ProjectOptions of,
            LawfulWays.Verdict verdict,
            Channel channel,
            Viewer viewer) {
        Locale locale = viewer.locale();
        String field = channel == Channel.SMS ? "clientSms" : "clientEmail";
        ContactPoint point = verdict.point();
        String label = "referral.send.client." + channel.code();
        String address = point == null ? "" : point.value();
        if (!of.sends(channel)) {
            return new Way(
                    field, label, address, words.text("why." + Sendings.NOT_IN_THIS_PROJECT, locale), null, null);
        }
        if (!verdict.isLawful()) {
            LocalDate since = verdict.since();
            String day = since == null ? "" : words.dayAndYear(since, locale);
            return new Way(
                    field,
                    label,
                    address,
                    words.text("why." + verdict.why().code(), locale, day).strip(),
                    null,
                    null);
        }
        Sending.Asked asked = new Sending.Asked(RecipientKind.CLIENT, channel, "", null, false);
        return new Way(
                field,
                label,
                address,
                null,
                inLanguage(sendings.preview(referral, asked, ""), locale),
                point == null ? null : correcting(caseFile, point, viewer));
    }

    /** The client's address is the profile's, for every message and not for this one alone. */
    private static @Nullable String correcting(CaseSummary caseFile, ContactPoint point, Viewer viewer) {
        return viewer.may(Permission.EDIT_PROFILE, caseFile.project(), caseFile.isOwnOf(viewer.id()))
                ? caseFile.path() + "/contact-points/" + point.id()
                : null;
    }

    private static InLanguage inLanguage(LetterPreview preview, Locale locale) {
        Locale language = preview.language();
        return new InLanguage(language.getLanguage(), language.getDisplayLanguage(locale), preview);
    }
}
