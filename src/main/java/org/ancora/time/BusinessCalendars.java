package org.ancora.time;

import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** Gives each project its business calendar (X1). Equal specs share one calendar and its computed holidays. */
@Service
public class BusinessCalendars {

    private final Map<String, Jurisdiction> jurisdictions = Jurisdiction.shipped();
    private final Map<CalendarSpec, BusinessCalendar> calendars = new ConcurrentHashMap<>();

    /**
     * The calendar that a spec describes.
     *
     * @throws IllegalArgumentException when no calendar is shipped for its jurisdiction
     */
    public BusinessCalendar of(CalendarSpec spec) {
        return calendars.computeIfAbsent(spec, each -> new BusinessCalendar(each, jurisdiction(each.jurisdiction())));
    }

    /**
     * Name of a jurisdiction's calendar for people, for example "Ontario calendar".
     *
     * @throws IllegalArgumentException when none is shipped for it
     */
    public String name(String jurisdiction, Locale locale) {
        return jurisdiction(jurisdiction).name(locale);
    }

    /** Codes of all jurisdictions and regions with a shipped calendar, in order. */
    public SortedSet<String> jurisdictions() {
        return new TreeSet<>(jurisdictions.keySet());
    }

    private Jurisdiction jurisdiction(String code) {
        var found = jurisdictions.get(code);
        if (found == null) {
            throw new IllegalArgumentException("No calendar for " + code + "; there are " + jurisdictions());
        }
        return found;
    }
}
