package org.ancora.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.User;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.admin.AdminPages;
import org.ancora.referral.ProjectOption.Part;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What a project may choose from about referrals in its own words, where it has any, and in Ancora's where not (C137). */
@Component
class OptionWords {

    private static final int NAMED_AT_MOST = 3;

    private final MessageSource messages;
    private final Users users;

    OptionWords(MessageSource messages, Users users) {
        this.messages = messages;
        this.users = users;
    }

    /**
     * What is not offered here, and who could change that.
     *
     * @param lines what is missing, a sentence each
     * @param who whom to ask
     * @param path where the reader can change it; null where they may not
     */
    record Missing(List<String> lines, String who, @Nullable String path) {}

    String status(ReferralStatus status, ProjectOptions options, Locale locale) {
        return word(options.find(Part.STATUS, status.code()), "referral.status." + status.code(), locale);
    }

    String outcome(ClientOutcome outcome, ProjectOptions options, Locale locale) {
        return word(options.find(Part.OUTCOME, outcome.code()), "referral.outcome." + outcome.code(), locale);
    }

    /** Ancora's own word for it; empty for a kind. */
    String usual(Part part, String code, Locale locale) {
        return part == Part.KIND ? "" : text("referral." + part.code() + "." + code, locale);
    }

    private String word(Optional<ProjectOption> option, String key, Locale locale) {
        return option.map(ProjectOption::name)
                .map(name -> name.in(locale))
                .filter(Predicate.not(String::isBlank))
                .orElseGet(() -> text(key, locale));
    }

    /** The statuses that may be recorded now: those on offer, and the present one. */
    List<Option> statuses(Referral referral, ProjectOptions options, Locale locale) {
        return Referrals.possible(referral, options).stream()
                .sorted()
                .map(status -> new Option(status.code(), status(status, options, locale)))
                .toList();
    }

    /** The outcomes on offer, and the present one. */
    List<Option> outcomes(Referral referral, ProjectOptions options, Locale locale) {
        return Stream.of(ClientOutcome.values())
                .filter(outcome -> options.offers(outcome) || outcome == referral.outcome())
                .map(outcome -> new Option(outcome.code(), outcome(outcome, options, locale)))
                .toList();
    }

    List<Option> kinds(ProjectOptions options, Locale locale) {
        return options.kinds().stream()
                .map(kind -> new Option(String.valueOf(kind.id()), kind.name().in(locale)))
                .toList();
    }

    /** The words with which notes of some kinds begin, each under the kind's name. */
    static List<Option> templates(ProjectOptions options, Locale locale) {
        return options.kinds().stream()
                .filter(kind -> !kind.template().isBlank())
                .map(kind -> new Option(kind.template(), kind.name().in(locale)))
                .toList();
    }

    /** What somebody may look for in vain on the page of a referral. */
    Missing missing(Project project, ProjectOptions options, Viewer viewer) {
        Locale locale = viewer.locale();
        List<String> lines = new ArrayList<>();
        String statuses = Stream.of(ReferralStatus.values())
                .filter(status -> !options.offers(status))
                .map(status -> status(status, options, locale))
                .collect(Collectors.joining(", "));
        String outcomes = Stream.of(ClientOutcome.values())
                .filter(outcome -> !options.offers(outcome))
                .map(outcome -> outcome(outcome, options, locale))
                .collect(Collectors.joining(", "));
        if (!statuses.isEmpty()) {
            lines.add(text("referral.missing.statuses", locale, statuses));
        }
        if (!outcomes.isEmpty()) {
            lines.add(text("referral.missing.outcomes", locale, outcomes));
        }
        if (options.kinds().isEmpty()) {
            lines.add(text("referral.missing.kinds", locale));
        }
        if (!options.byEmail()) {
            lines.add(text("referral.missing.email", locale));
        }
        if (!options.bySms()) {
            lines.add(text("referral.missing.sms", locale));
        }
        if (lines.isEmpty()) {
            lines.add(text("referral.missing.nothing", locale));
        }
        boolean may = viewer.may(Permission.MANAGE_PROJECT, project.id());
        return new Missing(lines, who(project, locale), may ? AdminPages.path(project, "referrals") : null);
    }

    /** Who may set what the project chooses from. */
    String who(Project project, Locale locale) {
        String names = users.administrators(project.id()).stream()
                .limit(NAMED_AT_MOST)
                .map(User::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? text("referral.missing.ask-any", locale) : text("referral.missing.ask", locale, names);
    }

    private String text(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
