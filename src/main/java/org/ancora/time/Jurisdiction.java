package org.ancora.time;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.Year;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ancora.time.CalendarFile.Once;
import org.ancora.time.CalendarFile.Region;
import org.ancora.time.CalendarFile.Yearly;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The holidays of one jurisdiction or region: the holiday library's public holidays, completed and named by a shipped file
 * that was checked by hand. Bank holidays and observances do not count: Ontario's offices work on them.
 */
final class Jurisdiction {

    /** Strict, so that a misspelt or missing field in a shipped file stops the start. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final CalendarFile file;
    private final Map<String, String> name;
    private final List<Yearly> yearly;
    private final List<Once> once;
    private final HolidayManager library;

    private Jurisdiction(CalendarFile file, Map<String, String> name, List<Yearly> yearly, List<Once> once) {
        this.file = file;
        this.name = name;
        this.yearly = yearly;
        this.once = once;
        this.library = HolidayManager.getInstance(ManagerParameters.create(file.country()));
    }

    /** Every shipped jurisdiction and region, by code. */
    static Map<String, Jurisdiction> shipped() {
        var found = new HashMap<String, Jurisdiction>();
        for (var file : files()) {
            found.put(file.code(), new Jurisdiction(file, file.name(), List.of(), List.of()));
            for (Region region : file.regions()) {
                found.put(region.code(), new Jurisdiction(file, region.name(), region.yearly(), region.once()));
            }
        }
        return Map.copyOf(found);
    }

    /** The shipped files as they are. */
    static List<CalendarFile> files() {
        try {
            var files = new PathMatchingResourcePatternResolver().getResources("classpath:calendars/*.json");
            return List.of(files).stream().map(Jurisdiction::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped calendars cannot be read", e);
        }
    }

    private static CalendarFile read(Resource resource) {
        try (var stream = resource.getInputStream()) {
            return MAPPER.readValue(stream, CalendarFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped calendar " + resource + " cannot be read", e);
        }
    }

    String name(Locale locale) {
        return Names.in(name, locale);
    }

    int revision() {
        return file.revision();
    }

    /** Holidays of a year, on weekends or not, and the days on which those of a weekend are observed. */
    SortedMap<LocalDate, SkippedDay> daysOff(int year, Predicate<LocalDate> weekend) {
        var days = holidays(year);
        if (file.observed()) {
            for (var holiday : List.copyOf(days.values())) {
                if (weekend.test(holiday.day())) {
                    var day = holiday.day();
                    while (weekend.test(day) || days.containsKey(day)) {
                        day = day.plusDays(1);
                    }
                    days.put(day, new SkippedDay(day, SkippedDay.OBSERVED, holiday.reason()));
                }
            }
        }
        return days;
    }

    private SortedMap<LocalDate, SkippedDay> holidays(int year) {
        var days = new TreeMap<LocalDate, SkippedDay>();
        library
                .getHolidays(
                        Year.of(year),
                        HolidayType.PUBLIC_HOLIDAY,
                        file.subdivisions().toArray(String[]::new))
                .stream()
                .sorted(Comparator.comparing(Holiday::getPropertiesKey))
                .forEach(holiday -> add(days, day(holiday), names(holiday)));
        file.yearly().forEach(each -> add(days, each, year));
        yearly.forEach(each -> add(days, each, year));
        once.stream().filter(each -> each.day().getYear() == year).forEach(each -> add(days, each.day(), each.name()));
        return days;
    }

    /** Where the file decides when a holiday is observed, the library's own moving of it is left out. */
    private LocalDate day(Holiday holiday) {
        return file.observed() ? holiday.getActualDate() : holiday.getDate();
    }

    private Map<String, String> names(Holiday holiday) {
        var names = file.names().get(holiday.getPropertiesKey());
        return names != null ? names : Map.of("en", holiday.getDescription(Locale.ENGLISH));
    }

    private static void add(Map<LocalDate, SkippedDay> days, Yearly yearly, int year) {
        if (year >= yearly.since()) {
            add(days, yearly.day().atYear(year), yearly.name());
        }
    }

    private static void add(Map<LocalDate, SkippedDay> days, LocalDate day, Map<String, String> name) {
        days.putIfAbsent(day, new SkippedDay(day, SkippedDay.HOLIDAY, name));
    }
}
