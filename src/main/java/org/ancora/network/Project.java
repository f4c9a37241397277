package org.ancora.network;

import java.util.Locale;
import org.ancora.access.ProjectId;
import org.ancora.time.CalendarSpec;

/**
 * A programme to which cases belong (C9).
 *
 * @param id identity
 * @param key short name in addresses, {@code /p/york}
 * @param network the network it is part of
 * @param organisationId the organisation that runs it
 * @param organisation its name
 * @param name as people know it
 * @param codePrefix begins the code of each of its cases, {@code YRK} in {@code YRK-2026-0388}
 * @param locale language of its letters where the client has none that we speak
 * @param accent colour of its bubble
 * @param initials one to three letters in its bubble
 * @param calendar jurisdiction, zone, office hours and extra days; {@link Projects#calendar} counts with it
 * @param settings what it decides for itself
 */
public record Project(
        ProjectId id,
        String key,
        Network network,
        long organisationId,
        String organisation,
        String name,
        String codePrefix,
        Locale locale,
        Accent accent,
        String initials,
        CalendarSpec calendar,
        ProjectSettings settings) {

    /** Returns where its pages begin, {@code /p/york}. */
    public String path() {
        return "/p/" + key;
    }

    /** Returns the ISO 3166 code of the country whose calendar and telephone numbers it uses. */
    public String country() {
        return calendar.jurisdiction().substring(0, 2);
    }
}
