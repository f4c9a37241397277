package org.ancora.engagement.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ancora.casework.ClientSearch;
import org.ancora.casework.ProfileId;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Clients on record who may be the one of an intake.
 *
 * @param elsewhere whether there may be one in another project
 */
record Lookalikes(List<ClientSearch.Hit> hits, boolean elsewhere) {

    /** More choices than this are no help. */
    private static final int SHOWN = 5;

    /** One of them, in words. */
    record Line(String path, String name, String about, String why) {}

    static Lookalikes among(ClientSearch.Found found) {
        List<ClientSearch.Hit> likely = found.likely();
        return new Lookalikes(likely.subList(0, Math.min(SHOWN, likely.size())), found.elsewhere());
    }

    boolean isEmpty() {
        return hits.isEmpty() && !elsewhere;
    }

    List<ProfileId> profiles() {
        return hits.stream().map(ClientSearch.Hit::profile).toList();
    }

    /** The one whose number was chosen, or null: nobody gets at a client who was not shown. */
    @Nullable
    ProfileId profile(String chosen) {
        return profiles().stream()
                .filter(each -> each.toString().equals(chosen))
                .findFirst()
                .orElse(null);
    }

    List<Line> lines(MessageSource messages, Dates dates, Locale locale) {
        return hits.stream()
                .map(hit -> new Line(
                        "/clients/" + hit.profile(),
                        name(hit, messages, locale),
                        about(hit, messages, dates, locale),
                        hit.why().stream()
                                .map(why -> messages.getMessage("client-search.why." + why.code(), null, locale))
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    List<Option> options(MessageSource messages, Locale locale) {
        List<Option> options = new ArrayList<>();
        hits.forEach(hit -> options.add(new Option(
                hit.profile().toString(),
                messages.getMessage(
                        "engagement.intake.match.same",
                        new Object[] {name(hit, messages, locale), hit.cases().get(0)},
                        locale))));
        options.add(new Option(IntakeForm.NEW, messages.getMessage("engagement.intake.match.new", null, locale)));
        return options;
    }

    private static String name(ClientSearch.Hit hit, MessageSource messages, Locale locale) {
        return hit.name().isEmpty() ? messages.getMessage("case.anonymous", null, locale) : hit.name();
    }

    private static String about(ClientSearch.Hit hit, MessageSource messages, Dates dates, Locale locale) {
        List<String> about = new ArrayList<>();
        if (hit.bornOn() != null) {
            about.add(
                    messages.getMessage("profile.born", new Object[] {dates.dayAndYear(hit.bornOn(), locale)}, locale));
        }
        if (hit.age() != null) {
            about.add(messages.getMessage("profile.years", new Object[] {hit.age()}, locale));
        }
        about.addAll(hit.cases());
        return String.join(" · ", about);
    }
}
