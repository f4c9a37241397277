package org.ancora.casework.profile;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.ClientCards;
import org.ancora.casework.Consent;
import org.ancora.casework.Profile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.casework.SpokenLanguages;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.EditConflict;
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

/** A client's own page: who they are, how they may be reached, what they agreed to, and their cases over the years. */
@Controller
class ClientController {

    private static final String ID = "/clients/{id:[0-9]{1,18}}";
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
    private static final int OLDEST = 120;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_NAMES = 300;
    private static final int LONGEST_REASON = 500;
    private static final int READS = 50;

    private final Clients clients;
    private final Merging merging;
    private final Profiles profiles;
    private final ClientCards cards;
    private final Projects projects;
    private final ReadLog reads;
    private final CaseWords words;

    ClientController(
            Clients clients,
            Merging merging,
            Profiles profiles,
            ClientCards cards,
            Projects projects,
            ReadLog reads,
            CaseWords words) {
        this.clients = clients;
        this.merging = merging;
        this.profiles = profiles;
        this.cards = cards;
        this.projects = projects;
        this.reads = reads;
        this.words = words;
    }

    /** The data of the form as it was typed. */
    record PersonForm(
            @Nullable String anonymous,
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable String otherNames,
            @Nullable String pronouns,
            @Nullable String bornOn,
            @Nullable String age,
            @Nullable String language,
            @Nullable String language2,
            @Nullable String language3,
            @Nullable String interpreter,
            int version) {}

    /** A line of what is known. */
    record Fact(String label, String text) {}

    /** An answer about a channel, with what shows it. */
    record Answer(String channel, String state, String answer, String evidence) {}

    @GetMapping(ID)
    String page(@PathVariable long id, Viewer viewer, Model model) {
        ProfileId survivor = merging.survivor(new ProfileId(id));
        if (survivor.value() != id) {
            return clients.isKnown(survivor, viewer) ? "redirect:/clients/" + survivor : hidden(id);
        }
        Clients.Seen seen = open(id, viewer, model);
        Locale locale = viewer.locale();
        Project project = projects.get(seen.context().project());
        ZoneId zone = project.calendar().zone();
        model.addAttribute("facts", facts(seen.profile(), zone, locale));
        model.addAttribute("card", cards.card(seen.context(), viewer, false));
        model.addAttribute("editable", seen.may(Permission.EDIT_PROFILE, viewer));
        model.addAttribute("answers", answers(seen.profile(), zone, locale));
        model.addAttribute("rows", words.rows(seen.cases(), locale));
        model.addAttribute("more", seen.more());
        model.addAttribute("mayProtect", seen.may(Permission.PROTECT_CLIENT, viewer));
        model.addAttribute("mayReadReads", seen.may(Permission.READ_READ_LOG, viewer));
        return "casework/profile/client";
    }

    @GetMapping(ID + "/reads")
    String reads(
            @PathVariable long id, @RequestParam(required = false) @Nullable Long after, Viewer viewer, Model model) {
        Clients.Seen seen = open(id, viewer, model);
        if (!seen.may(Permission.READ_READ_LOG, viewer)) {
            throw new Forbidden(Permission.READ_READ_LOG, seen.context().project());
        }
        ZoneId zone = projects.get(seen.context().project()).calendar().zone();
        ReadLog.Page page = reads.forProfile(String.valueOf(id), viewer, after, READS);
        model.addAttribute(
                "lines",
                page.entries().stream()
                        .map(read -> new ReadLine(
                                words.moment(read.at(), zone, viewer.locale()),
                                read.byName(),
                                words.text("read.subject." + read.subject(), viewer.locale()),
                                words.text(
                                        read.emergency() ? "profile.read.emergency" : "profile.read.usual",
                                        viewer.locale(),
                                        words.text("read.how." + read.how(), viewer.locale()))))
                        .toList());
        model.addAttribute("next", page.next());
        return "casework/profile/reads";
    }

    /** A read in words. */
    record ReadLine(String when, String who, String what, String how) {}

    @GetMapping(ID + "/edit")
    String edit(@PathVariable long id, Viewer viewer, Model model) {
        Clients.Seen seen = editable(id, viewer, model);
        PersonForm form = form(seen.profile());
        model.addAttribute("form", form);
        return editPage(was(form), viewer, model);
    }

    @PostMapping(ID + "/edit")
    String edit(
            @PathVariable long id,
            @ModelAttribute("form") PersonForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Clients.Seen seen = editable(id, viewer, model);
        ZoneId zone = projects.get(seen.context().project()).calendar().zone();
        Profile.Person person = read(form, seen.profile(), words.today(zone), errors);
        if (person == null || errors.hasErrors()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return editPage(EditConflict.was(request, was(form(seen.profile()))), viewer, model);
        }
        try {
            profiles.changePerson(seen.context(), person, form.version(), viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return conflict(profiles.get(seen.profile().id()), viewer.locale(), request)
                    .answer(model, response);
        }
        flash.addFlashAttribute("told", "profile.changed");
        return "redirect:/clients/" + id;
    }

    @PostMapping(ID + "/protect")
    String protect(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        Clients.Seen seen = protectable(id, viewer, model);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Problem(HttpStatus.BAD_REQUEST, "profile.protect.say-why");
        }
        profiles.protect(seen.context(), reason, viewer.id());
        flash.addFlashAttribute("told", "profile.protect.done");
        return "redirect:/clients/" + id;
    }

    @PostMapping(ID + "/unprotect")
    String unprotect(@PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        Clients.Seen seen = protectable(id, viewer, model);
        profiles.unprotect(seen.context(), viewer.id());
        flash.addFlashAttribute("told", "profile.protect.ended");
        return "redirect:/clients/" + id;
    }

    private static String hidden(long id) {
        throw new org.ancora.access.Hidden("profile", id);
    }

    private Clients.Seen open(long id, Viewer viewer, Model model) {
        Clients.Seen seen = clients.open(new ProfileId(id), viewer);
        CaseSummary context = seen.context();
        CurrentProject.is(projects.get(context.project()));
        reads.record(viewer, context.project(), context.code(), "profile", String.valueOf(id), "page");
        model.addAttribute("id", id);
        model.addAttribute("name", words.client(context, viewer.locale()));
        model.addAttribute("context", context);
        model.addAttribute("protection", seen.protection());
        return seen;
    }

    private Clients.Seen editable(long id, Viewer viewer, Model model) {
        return requiring(Permission.EDIT_PROFILE, id, viewer, model);
    }

    private Clients.Seen protectable(long id, Viewer viewer, Model model) {
        return requiring(Permission.PROTECT_CLIENT, id, viewer, model);
    }

    private Clients.Seen requiring(Permission permission, long id, Viewer viewer, Model model) {
        Clients.Seen seen = open(id, viewer, model);
        if (!seen.may(permission, viewer)) {
            throw new Forbidden(permission, seen.context().project());
        }
        return seen;
    }

    private List<Fact> facts(Profile profile, ZoneId zone, Locale locale) {
        Profile.Person person = profile.person();
        List<Fact> facts = new ArrayList<>();
        add(facts, "profile.other-names", person.otherNames(), locale);
        add(facts, "profile.pronouns", person.pronouns(), locale);
        LocalDate bornOn = person.bornOn();
        LocalDate asOf = person.ageAsOf();
        OptionalInt age = person.ageOn(words.today(zone));
        if (bornOn != null) {
            add(
                    facts,
                    "profile.birth",
                    words.text("profile.birth.day", locale, words.dayAndYear(bornOn, locale), age.orElse(0)),
                    locale);
        } else if (asOf != null && person.age() != null) {
            add(
                    facts,
                    "profile.age",
                    words.text("profile.age.as-of", locale, person.age(), words.dayAndYear(asOf, locale)),
                    locale);
        }
        add(facts, "profile.languages", words.languages(person.languages(), locale), locale);
        add(
                facts,
                "profile.interpreter",
                words.text(person.interpreter() ? "profile.yes" : "profile.no", locale),
                locale);
        return facts;
    }

    private void add(List<Fact> facts, String key, String text, Locale locale) {
        if (!text.isEmpty()) {
            facts.add(new Fact(words.text(key, locale), text));
        }
    }

    private List<Answer> answers(Profile profile, ZoneId zone, Locale locale) {
        return profile.consents().stream()
                .map(consent -> answer(consent, zone, locale))
                .toList();
    }

    private Answer answer(Consent consent, ZoneId zone, Locale locale) {
        LocalDate withdrawn = consent.withdrawnOn();
        String answer = withdrawn == null
                ? words.text("consent.answer." + (consent.given() ? "given" : "refused"), locale)
                : words.text("consent.ended", locale, words.day(withdrawn, zone, locale));
        List<String> evidence = new ArrayList<>();
        String by = Set.of("client", "representative").contains(consent.givenBy())
                ? words.text("consent.by." + consent.givenBy(), locale)
                : consent.givenBy();
        evidence.add(words.text(
                "consent.given", locale, by, words.day(consent.givenOn(), zone, locale), consent.wordingVersion()));
        if (!consent.how().isEmpty()) {
            evidence.add(words.text("consent.how." + consent.how(), locale));
        }
        evidence.add(consent.note());
        evidence.add(consent.withdrawnNote());
        return new Answer(
                words.text("channel." + consent.channel().code(), locale),
                withdrawn != null ? "unasked" : consent.given() ? "agreed" : "refused",
                answer,
                evidence.stream().filter(each -> !each.isBlank()).collect(Collectors.joining(" · ")));
    }

    private String editPage(Map<String, String> was, Viewer viewer, Model model) {
        model.addAttribute("was", was);
        model.addAttribute("languages", SpokenLanguages.options(viewer.locale()));
        return "casework/profile/edit";
    }

    private static PersonForm form(Profile profile) {
        Profile.Person person = profile.person();
        List<Locale> spoken = person.languages();
        return new PersonForm(
                person.anonymous() ? "true" : null,
                person.givenName(),
                person.familyName(),
                person.otherNames(),
                person.pronouns(),
                person.bornOn() == null ? "" : person.bornOn().toString(),
                person.age() == null ? "" : person.age().toString(),
                spoken.get(0).toLanguageTag(),
                spoken.size() > 1 ? spoken.get(1).toLanguageTag() : "",
                spoken.size() > 2 ? spoken.get(2).toLanguageTag() : "",
                person.interpreter() ? "true" : null,
                profile.version());
    }

    private static Map<String, String> was(PersonForm form) {
        Map<String, String> was = new LinkedHashMap<>();
        was.put("anonymous", String.valueOf(ticked(form.anonymous())));
        was.put("givenName", text(form.givenName()));
        was.put("familyName", text(form.familyName()));
        was.put("otherNames", text(form.otherNames()));
        was.put("pronouns", text(form.pronouns()));
        was.put("bornOn", text(form.bornOn()));
        was.put("age", text(form.age()));
        was.put("language", text(form.language()));
        was.put("language2", text(form.language2()));
        was.put("language3", text(form.language3()));
        was.put("interpreter", String.valueOf(ticked(form.interpreter())));
        return was;
    }

    private EditConflict conflict(Profile now, Locale locale, HttpServletRequest request) {
        PersonForm theirs = form(now);
        EditConflict conflict = EditConflict.of(request, now.version(), "/clients/" + now.id());
        conflict.check("anonymous", label("anonymous", locale), ticked(theirs.anonymous()), yes -> yesNo(yes, locale));
        for (String field : List.of("givenName", "familyName", "otherNames", "pronouns", "bornOn", "age")) {
            conflict.line(
                    field,
                    label(field, locale),
                    java.util.Objects.requireNonNull(was(theirs).get(field)));
        }
        for (String field : List.of("language", "language2", "language3")) {
            conflict.choice(
                    field,
                    label(field, locale),
                    java.util.Objects.requireNonNull(was(theirs).get(field)),
                    tag -> tag.isEmpty() ? "" : Locale.forLanguageTag(tag).getDisplayLanguage(locale));
        }
        conflict.check(
                "interpreter", label("interpreter", locale), ticked(theirs.interpreter()), yes -> yesNo(yes, locale));
        return conflict;
    }

    private String label(String field, Locale locale) {
        return words.text("profile.field." + field, locale);
    }

    private String yesNo(String yes, Locale locale) {
        return words.text(Boolean.parseBoolean(yes) ? "profile.yes" : "profile.no", locale);
    }

    private Profile.@Nullable Person read(PersonForm form, Profile known, LocalDate today, BindingResult errors) {
        boolean anonymous = ticked(form.anonymous());
        String given = text(form.givenName());
        String family = text(form.familyName());
        if (anonymous && !(given + family).isEmpty()) {
            errors.rejectValue("givenName", "profile.edit.anonymous-with-name");
        } else if (!anonymous && (given + family).isEmpty()) {
            errors.rejectValue("givenName", "profile.edit.name-missing");
        }
        words.limit(errors, "givenName", given, LONGEST_NAME);
        words.limit(errors, "familyName", family, LONGEST_NAME);
        words.limit(errors, "otherNames", form.otherNames(), LONGEST_NAMES);
        words.limit(errors, "pronouns", form.pronouns(), LONGEST_NAME);
        LocalDate bornOn = bornOn(text(form.bornOn()), today, errors);
        Integer age = age(text(form.age()), errors);
        Set<Locale> spoken = new LinkedHashSet<>();
        for (String tag : List.of(text(form.language()), text(form.language2()), text(form.language3()))) {
            if (!tag.isEmpty() && !SpokenLanguages.knows(tag) && !isSpoken(tag, known)) {
                errors.rejectValue("language", "profile.edit.language");
            } else if (!tag.isEmpty()) {
                spoken.add(Locale.forLanguageTag(tag));
            }
        }
        if (text(form.language()).isEmpty()) {
            errors.rejectValue("language", "profile.edit.language");
        }
        if (errors.hasErrors()) {
            return null;
        }
        boolean sameAge = age != null && age.equals(known.person().age());
        return new Profile.Person(
                anonymous,
                given,
                family,
                text(form.pronouns()),
                bornOn,
                bornOn == null ? age : null,
                bornOn != null || age == null ? null : sameAge ? known.person().ageAsOf() : today,
                List.copyOf(spoken),
                text(form.otherNames()),
                ticked(form.interpreter()));
    }

    private static boolean isSpoken(String tag, Profile known) {
        return known.person().languages().stream()
                .anyMatch(each -> each.toLanguageTag().equals(tag));
    }

    private static @Nullable LocalDate bornOn(String typed, LocalDate today, BindingResult errors) {
        if (typed.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(typed);
            if (!day.isAfter(today) && !day.isBefore(EARLIEST_BIRTH)) {
                return day;
            }
        } catch (DateTimeException notADay) {
            // said below, as for a day that cannot be
        }
        errors.rejectValue("bornOn", "profile.edit.born-when");
        return null;
    }

    private static @Nullable Integer age(String typed, BindingResult errors) {
        if (typed.isEmpty()) {
            return null;
        }
        if (!typed.matches("\\d{1,3}") || Integer.parseInt(typed) > OLDEST) {
            errors.rejectValue("age", "profile.edit.age", new Object[] {OLDEST}, null);
            return null;
        }
        return Integer.valueOf(typed);
    }

    private static boolean ticked(@Nullable String box) {
        return box != null && Set.of("true", "on").contains(box);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
