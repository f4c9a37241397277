package org.ancora.casework.record;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.audit.Activity;
import org.ancora.audit.ActivityLog;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.LogDetails;
import org.ancora.casework.UntoldTasks;
import org.ancora.network.Projects;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.NoSuchMessageException;
import org.springframework.stereotype.Component;

/** Who changed what on a case and when (C123), by person, matter and period. */
@Component
class ActivityPanel implements CasePanel {

    private static final int ON_A_PAGE = 100;

    private final ActivityLog log;
    private final CaseWords words;
    private final Users users;
    private final Projects projects;
    private final Set<String> untold;

    ActivityPanel(
            ActivityLog log, CaseWords words, Users users, Projects projects, ObjectProvider<UntoldTasks> untold) {
        this.log = log;
        this.words = words;
        this.users = users;
        this.projects = projects;
        this.untold = untold.stream().map(UntoldTasks::process).collect(Collectors.toUnmodifiableSet());
    }

    /** One entry of the log in words. */
    record Line(String when, String who, String what, String detail) {}

    /** What was asked for, as it stands in the address; whatever is unreadable there is left out. */
    record Asked(String who, String what, String from, String until) {

        static Asked of(Map<String, String> filters) {
            return new Asked(
                    filters.getOrDefault("who", ""),
                    filters.getOrDefault("what", ""),
                    filters.getOrDefault("from", ""),
                    filters.getOrDefault("until", ""));
        }

        ActivityLog.Filter filter(ZoneId zone) {
            LocalDate from = day(this.from);
            LocalDate until = day(this.until);
            return new ActivityLog.Filter(
                    what.matches("[a-z-]{1,40}") ? what : null,
                    who.matches("[0-9]{1,18}") ? UserId.of(who) : null,
                    from == null ? null : from.atStartOfDay(zone).toInstant(),
                    until == null ? null : until.plusDays(1).atStartOfDay(zone).toInstant());
        }

        private static @Nullable LocalDate day(String typed) {
            try {
                LocalDate day = LocalDate.parse(typed);
                return day.getYear() < 1900 || day.getYear() > 2199 ? null : day;
            } catch (DateTimeException unreadable) {
                return null;
            }
        }

        /** For the links to the next page and to the file. */
        Map<String, String> address() {
            Map<String, String> address = new LinkedHashMap<>();
            put(address, "who", who);
            put(address, "what", what);
            put(address, "from", from);
            put(address, "until", until);
            return address;
        }

        private static void put(Map<String, String> address, String name, String value) {
            if (!value.isBlank() && value.length() <= 40) {
                address.put(name, value);
            }
        }
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String titleKey() {
        return "case.panel.activity";
    }

    @Override
    public String path() {
        return "activity";
    }

    @Override
    public Place place() {
        return Place.TAB;
    }

    @Override
    public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
        return viewer.may(Permission.READ_ACTIVITY_LOG, caseFile.project(), caseFile.isOwnOf(viewer.id()));
    }

    @Override
    public String fragment() {
        return "casework/record/activity :: activity";
    }

    @Override
    public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
        return model(viewer, caseFile, null, Map.of());
    }

    @Override
    public Map<String, Object> model(
            Viewer viewer, CaseSummary caseFile, @Nullable Long after, Map<String, String> filters) {
        Locale locale = viewer.locale();
        ZoneId zone = projects.get(caseFile.project()).calendar().zone();
        Asked asked = Asked.of(filters);
        ActivityLog.Page page = log.forCase(caseFile.code(), viewer, asked.filter(zone), after, ON_A_PAGE);
        ActivityLog.Facets facets = log.facetsOfCase(caseFile.code(), viewer);
        Map<String, Object> model = new HashMap<>();
        model.put("lines", lines(page.entries(), zone, locale));
        model.put("next", Objects.requireNonNullElse(page.next(), 0L));
        model.put("asked", asked);
        model.put("address", query(asked));
        List<Option> people = new ArrayList<>();
        facets.people().forEach((id, name) -> people.add(new Option(id.toString(), name)));
        model.put("people", people);
        model.put(
                "matters",
                facets.matters().stream()
                        .map(matter -> new Option(matter, matter(matter, locale)))
                        .sorted((one, other) -> one.label().compareToIgnoreCase(other.label()))
                        .toList());
        model.put("exportable", viewer.may(Permission.EXPORT_ACTIVITY_LOG, caseFile.project()));
        return model;
    }

    private static String query(Asked asked) {
        return asked.address().entrySet().stream()
                .map(each -> each.getKey() + "="
                        + java.net.URLEncoder.encode(each.getValue(), java.nio.charset.StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    List<Line> lines(List<Activity> entries, ZoneId zone, Locale locale) {
        Map<UserId, String> names = users.names(LogDetails.people(entries));
        return entries.stream()
                .map(entry -> new Line(
                        words.moment(entry.at(), zone, locale),
                        Objects.requireNonNullElse(entry.byName(), "Ancora"),
                        words.text(entry.key(), locale),
                        LogDetails.of(entry, names, untold, words, locale)))
                .toList();
    }

    /** Modules name what they log; one without a word for its matter is called as it calls itself. */
    private String matter(String matter, Locale locale) {
        try {
            return words.text("activity.matter." + matter, locale);
        } catch (NoSuchMessageException another) {
            return matter;
        }
    }
}
