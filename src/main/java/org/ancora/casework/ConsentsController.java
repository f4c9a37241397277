package org.ancora.casework;

import static org.ancora.casework.ContactDesk.LONGEST_NAME;
import static org.ancora.casework.ContactDesk.isOneOf;
import static org.ancora.casework.ContactDesk.text;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.web.Languages;
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

/** What a client agreed to and refused, and the words in which they were asked. */
@Controller
class ConsentsController {

    /** Before this nobody answered a question of ours; a mistyped year is caught. */
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    private static final Set<String> HOW = Set.of("", "in-person", "by-phone", "in-writing", "online");

    private static final int LONGEST_NOTE = 500;

    private static final Pattern SEEN = Pattern.compile("([0-9]{1,18}(,[0-9]{1,18}){0,99})?");

    private static final Set<String> GIVERS = Set.of("client", "representative");

    private final ContactDesk desk;
    private final Profiles profiles;
    private final CaseWords words;

    ConsentsController(ContactDesk desk, Profiles profiles, CaseWords words) {
        this.desk = desk;
        this.profiles = profiles;
        this.words = words;
    }

    record ConsentForm(
            @Nullable String channel,
            @Nullable String answer,
            @Nullable String givenBy,

            @Nullable String givenOn,

            @Nullable String wording,
            @Nullable String how,
            @Nullable String note) {}

    @GetMapping("/cases/{code}/consents")
    String consents(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        model.addAttribute("form", empty(caseFile, viewer));
        return consentPage(caseFile, viewer, model);
    }

    private ConsentForm empty(CaseSummary caseFile, Viewer viewer) {
        return new ConsentForm(
                "",
                "given",
                words.client(caseFile, viewer.locale()),
                words.today(desk.zone(caseFile)).toString(),
                ConsentWording.newest().version(),
                "",
                "");
    }

    /** The answers in force that the page showed. */
    private static @Nullable Set<Long> read(@Nullable String seen) {
        if (seen == null) {
            return null;
        }
        if (!SEEN.matcher(seen).matches()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        return Arrays.stream(seen.split(",", -1))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
    }

    /** Both versions stand on the page: the other answer among those so far, one's own in the form. */
    private static String overtaken(HttpServletResponse response, String page, Model model) {
        response.setStatus(HttpStatus.CONFLICT.value());
        model.addAttribute("overtaken", true);
        return page;
    }

    @PostMapping("/cases/{code}/consents")
    String consents(
            @PathVariable String code,
            @ModelAttribute("form") ConsentForm form,
            BindingResult errors,
            @RequestParam(required = false) @Nullable String seen,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        if (!Set.of("given", "refused").contains(text(form.answer()))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        LocalDate on = day(form.givenOn());
        if (!isOneOf(form.channel(), Channel.values())) {
            errors.rejectValue(
                    "channel", "consent.choose-channel", words.text("consent.choose-channel", viewer.locale()));
        }
        if (text(form.givenBy()).isBlank()) {
            errors.rejectValue("givenBy", "consent.who", words.text("consent.who", viewer.locale()));
        }
        words.limit(errors, "givenBy", form.givenBy(), LONGEST_NAME);
        if (on == null || on.isBefore(EARLIEST) || on.isAfter(words.today(desk.zone(caseFile)))) {
            errors.rejectValue("givenOn", "consent.when", words.text("consent.when", viewer.locale()));
        }
        if (!HOW.contains(text(form.how()))) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        words.limit(errors, "note", form.note(), LONGEST_NOTE);
        checkWording(form, on, errors, viewer);
        if (on == null || errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return consentPage(caseFile, viewer, model);
        }
        NewConsent consent = new NewConsent(
                Channel.of(text(form.channel())),
                "given".equals(form.answer()),
                text(form.givenBy()).strip(),
                on,
                text(form.wording()).strip(),
                text(form.how()),
                text(form.note()).strip());
        try {
            profiles.recordConsent(caseFile, consent, read(seen), viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return overtaken(response, consentPage(caseFile, viewer, model), model);
        }
        flash.addFlashAttribute("told", "consent.recorded");
        return "redirect:" + caseFile.path() + "/consents";
    }

    @PostMapping("/cases/{code}/consents/{channel}/withdraw")
    String withdraw(
            @PathVariable String code,
            @PathVariable String channel,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(required = false) @Nullable String seen,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.open(code, viewer, model);
        if (!isOneOf(channel, Channel.values())) {
            throw new Hidden("channel", channel);
        }
        if (note.length() > LONGEST_NOTE) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        try {
            profiles.withdrawConsent(caseFile, Channel.of(channel), note, read(seen), viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            model.addAttribute("withdrawing", channel);
            model.addAttribute("withdrawNote", note);
            model.addAttribute("form", empty(caseFile, viewer));
            return overtaken(response, consentPage(caseFile, viewer, model), model);
        }
        flash.addFlashAttribute("told", "consent.withdrawn");
        return "redirect:" + caseFile.path() + "/consents";
    }

    /** What was read out has to be known, and to have been in use on that day. */
    private void checkWording(ConsentForm form, @Nullable LocalDate on, BindingResult errors, Viewer viewer) {
        Optional<ConsentWording> wording = ConsentWording.find(text(form.wording()));
        if (wording.isEmpty()) {
            errors.rejectValue(
                    "wording", "consent.wording.unknown", words.text("consent.wording.unknown", viewer.locale()));
        } else if (on != null && on.isBefore(wording.get().since())) {
            String since = words.dayAndYear(wording.get().since(), viewer.locale());
            errors.rejectValue("wording", "consent.wording.not-yet", new Object[] {since}, null);
        }
    }

    /** One wording as the page shows it: its version and since when, then its questions in each language. */
    record WordingCard(String title, boolean newest, List<Spoken> languages) {}

    /** The questions as they are read out in one language. */
    record Spoken(String language, List<String> questions) {}

    /** An answer about a channel, in words. */
    record ConsentLine(
            String channel, String code, String answer, String state, String given, String evidence, boolean inForce) {}

    private String consentPage(CaseSummary caseFile, Viewer viewer, Model model) {
        model.addAttribute(
                "channels",
                words.options("channel.", Arrays.stream(Channel.values()).map(Channel::code), viewer.locale()));
        model.addAttribute(
                "hows",
                words.options(
                        "consent.how.",
                        HOW.stream().filter(each -> !each.isEmpty()).sorted(),
                        viewer.locale()));
        model.addAttribute(
                "answers", words.options("consent.answer.", List.of("given", "refused").stream(), viewer.locale()));
        Locale locale = viewer.locale();
        List<Option> wordings = ConsentWording.ALL.stream()
                .map(each -> new Option(each.version(), inUse("consent.wording.choice", each, locale)))
                .toList();
        model.addAttribute("wordings", wordings);
        model.addAttribute(
                "wordingCards",
                ConsentWording.ALL.stream().map(each -> card(each, locale)).toList());
        List<Consent> consents = profiles.get(caseFile.profile()).consents();
        model.addAttribute(
                "seen",
                consents.stream()
                        .filter(consent -> consent.withdrawnOn() == null)
                        .map(consent -> String.valueOf(consent.id()))
                        .collect(Collectors.joining(",")));
        model.addAttribute(
                "consents",
                consents.stream()
                        .map(consent -> line(consent, desk.zone(caseFile), viewer))
                        .toList());
        return "casework/consents";
    }

    private WordingCard card(ConsentWording wording, Locale locale) {
        return new WordingCard(
                inUse("consent.wordings.version", wording, locale),
                wording.equals(ConsentWording.newest()),
                Languages.ALL.stream()
                        .map(language -> new Spoken(
                                language.getLanguage(),
                                Arrays.stream(Channel.values())
                                        .map(channel -> words.text(wording.key(channel), language))
                                        .toList()))
                        .toList());
    }

    private String inUse(String key, ConsentWording wording, Locale locale) {
        return words.text(key, locale, wording.version(), words.dayAndYear(wording.since(), locale));
    }

    private ConsentLine line(Consent consent, ZoneId zone, Viewer viewer) {
        LocalDate withdrawn = consent.withdrawnOn();
        String answer = withdrawn != null
                ? words.text("consent.ended", viewer.locale(), words.day(withdrawn, zone, viewer.locale()))
                : words.text("consent.answer." + (consent.given() ? "given" : "refused"), viewer.locale());
        String evidence = Stream.of(
                        consent.how().isEmpty() ? "" : words.text("consent.how." + consent.how(), viewer.locale()),
                        consent.note(),
                        consent.withdrawnNote())
                .filter(each -> !each.isBlank())
                .collect(Collectors.joining(" · "));
        return new ConsentLine(
                words.text("channel." + consent.channel().code(), viewer.locale()),
                consent.channel().code(),
                answer,
                withdrawn != null ? "unasked" : consent.given() ? "agreed" : "refused",
                words.text(
                        "consent.given",
                        viewer.locale(),
                        giver(consent.givenBy(), viewer.locale()),
                        words.day(consent.givenOn(), zone, viewer.locale()),
                        consent.wordingVersion()),
                evidence,
                consent.isInForce());
    }

    /** An intake keeps who answered as a code; everywhere else it was typed. */
    private String giver(String by, Locale locale) {
        return GIVERS.contains(by) ? words.text("consent.by." + by, locale) : by;
    }

    private static @Nullable LocalDate day(@Nullable String typed) {
        try {
            return LocalDate.parse(text(typed));
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
