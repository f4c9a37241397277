package org.ancora.casework.profile;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.casework.Profile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.network.Projects;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where an administrator makes one record of two, field by field, and two again. */
@Controller
class MergeController {

    private static final int SHOWN = 50;

    private final Merging merging;
    private final Cases cases;
    private final Profiles profiles;
    private final Projects projects;
    private final ReadLog reads;
    private final CaseWords words;

    MergeController(
            Merging merging, Cases cases, Profiles profiles, Projects projects, ReadLog reads, CaseWords words) {
        this.merging = merging;
        this.cases = cases;
        this.profiles = profiles;
        this.projects = projects;
        this.reads = reads;
        this.words = words;
    }

    /** One field of both records. */
    record Compared(String code, String label, String stays, String moves, boolean same) {}

    /** What will hold for a channel. */
    record Channels(String channel, String state, String text, boolean stricter) {}

    /** A merge in words. */
    record Line(long id, String when, String by, long survivor, boolean undone, String state) {}

    /** The two records. */
    private record Pair(CaseSummary first, CaseSummary second, Profile stays, Profile moves) {}

    @GetMapping("/clients/merge")
    String page(
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String second,
            Viewer viewer,
            Model model) {
        require(viewer);
        model.addAttribute("first", first);
        model.addAttribute("second", second);
        Locale locale = viewer.locale();
        model.addAttribute(
                "lines",
                merging.of(viewer.projects(Permission.MERGE_PROFILES), SHOWN).stream()
                        .map(each -> line(each, viewer))
                        .toList());
        if (!first.isBlank() && !second.isBlank()) {
            try {
                compare(pair(first, second, viewer), locale, model);
            } catch (Problem refused) {
                model.addAttribute("refused", words.text(refused.key(), locale));
            }
        }
        return "casework/profile/merge";
    }

    @PostMapping("/clients/merge")
    String merge(@RequestParam Map<String, String> sent, Viewer viewer, RedirectAttributes flash) {
        require(viewer);
        Pair pair = pair(sent.getOrDefault("first", ""), sent.getOrDefault("second", ""), viewer);
        Set<Merging.Field> fromMoved = EnumSet.noneOf(Merging.Field.class);
        for (Merging.Field field : Merging.Field.values()) {
            if ("moves".equals(sent.get(field.code()))) {
                fromMoved.add(field);
            }
        }
        merging.merge(
                pair.stays().id(), pair.moves().id(), fromMoved, pair.first().project(), viewer.id());
        flash.addFlashAttribute("told", "profile.merge.done");
        return "redirect:/clients/merge";
    }

    @PostMapping("/clients/merges/{id:[0-9]{1,18}}/undo")
    String undo(@PathVariable long id, Viewer viewer, RedirectAttributes flash) {
        require(viewer);
        Merging.Merge merge = merging.of(viewer.projects(Permission.MERGE_PROFILES), Integer.MAX_VALUE).stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Hidden("merge", id));
        CaseSummary context = context(merge.survivor(), viewer);
        requireNames(merge.survivor(), viewer);
        merging.undo(id, context.project(), viewer.id());
        flash.addFlashAttribute("told", "profile.merge.undone");
        return "redirect:/clients/merge";
    }

    private static void require(Viewer viewer) {
        if (viewer.projects(Permission.MERGE_PROFILES).isEmpty()) {
            throw new Forbidden(Permission.MERGE_PROFILES, null);
        }
    }

    /** Two codes of cases name two clients; a code elsewhere is as good as none. */
    private Pair pair(String first, String second, Viewer viewer) {
        CaseSummary one = caseOf(first, viewer);
        CaseSummary other = caseOf(second, viewer);
        if (one.profile().equals(other.profile())) {
            throw new Problem(HttpStatus.BAD_REQUEST, "profile.merge.same");
        }
        requireNames(one.profile(), viewer);
        requireNames(other.profile(), viewer);
        for (CaseSummary each : List.of(one, other)) {
            reads.record(
                    viewer,
                    each.project(),
                    each.code(),
                    "profile",
                    each.profile().toString(),
                    "page");
        }
        return new Pair(one, other, profiles.get(one.profile()), profiles.get(other.profile()));
    }

    private CaseSummary caseOf(String code, Viewer viewer) {
        return cases.find(code.strip().toUpperCase(Locale.ROOT))
                .filter(each -> viewer.may(Permission.MERGE_PROFILES, each.project()))
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "profile.merge.no-such-case"));
    }

    /** Whoever may not see a protected name may not decide about it either. */
    private void requireNames(ProfileId profile, Viewer viewer) {
        CaseSummary context = context(profile, viewer);
        if (profiles.isProtected(profile) && !viewer.may(Permission.SEE_PROTECTED, context.project())) {
            throw new Forbidden(Permission.SEE_PROTECTED, context.project());
        }
    }

    private CaseSummary context(ProfileId profile, Viewer viewer) {
        return cases.ofProfile(profile, Viewer.system()).stream()
                .filter(each -> viewer.may(Permission.MERGE_PROFILES, each.project()))
                .findFirst()
                .orElseThrow(() -> new Hidden("profile", profile));
    }

    private void compare(Pair pair, Locale locale, Model model) {
        Profile.Person stays = pair.stays().person();
        Profile.Person moves = pair.moves().person();
        List<Compared> fields = new ArrayList<>();
        fields.add(compared(Merging.Field.NAME, name(stays, locale), name(moves, locale), locale));
        fields.add(compared(Merging.Field.PRONOUNS, stays.pronouns(), moves.pronouns(), locale));
        fields.add(compared(Merging.Field.BIRTH, birth(stays, locale), birth(moves, locale), locale));
        fields.add(compared(
                Merging.Field.LANGUAGES,
                words.languages(stays.languages(), locale),
                words.languages(moves.languages(), locale),
                locale));
        fields.add(compared(
                Merging.Field.INTERPRETER,
                yesNo(stays.interpreter(), locale),
                yesNo(moves.interpreter(), locale),
                locale));
        model.addAttribute("fields", fields);
        model.addAttribute(
                "channels",
                Merging.answers(pair.stays(), pair.moves()).stream()
                        .map(each -> new Channels(
                                words.text("channel." + each.channel().code(), locale),
                                each.state().equals("agreed") ? "agreed" : "refused",
                                words.text("profile.merge.answer." + each.state(), locale),
                                each.stricter()))
                        .toList());
        model.addAttribute(
                "contacts",
                pair.moves().contactPoints().stream()
                        .map(org.ancora.casework.ContactPoint::display)
                        .toList());
        model.addAttribute(
                "protects",
                profiles.isProtected(pair.stays().id())
                        || profiles.isProtected(pair.moves().id()));
        model.addAttribute(
                "moving",
                cases.ofProfile(pair.moves().id(), Viewer.system()).stream()
                        .map(CaseSummary::code)
                        .toList());
    }

    private Compared compared(Merging.Field field, String stays, String moves, Locale locale) {
        return new Compared(
                field.code(),
                words.text("profile.merge.field." + field.code(), locale),
                stays,
                moves,
                stays.equals(moves));
    }

    private String name(Profile.Person person, Locale locale) {
        return person.name().isEmpty() ? words.text("case.anonymous", locale) : person.name();
    }

    private String birth(Profile.Person person, Locale locale) {
        if (person.bornOn() != null) {
            return words.dayAndYear(person.bornOn(), locale);
        }
        Integer age = person.age();
        return age == null || person.ageAsOf() == null
                ? ""
                : words.text("profile.age.as-of", locale, age, words.dayAndYear(person.ageAsOf(), locale));
    }

    private String yesNo(boolean yes, Locale locale) {
        return words.text(yes ? "profile.yes" : "profile.no", locale);
    }

    private Line line(Merging.Merge merge, Viewer viewer) {
        @Nullable
        CaseSummary context = cases.ofProfile(merge.survivor(), Viewer.system()).stream()
                .findFirst()
                .orElse(null);
        ZoneId zone = context == null
                ? ZoneId.of("UTC")
                : projects.get(context.project()).calendar().zone();
        return new Line(
                merge.id(),
                words.moment(merge.at(), zone, viewer.locale()),
                merge.by(),
                merge.survivor().value(),
                merge.undone() != null,
                context == null ? "" : context.code());
    }
}
