package org.ancora.network.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.time.CalendarSpec;
import org.ancora.time.Dates;
import org.ancora.time.ExtraDay;
import org.ancora.web.Option;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How a project counts its days: its office hours and extra days, and which open dates a change moves (C143). */
@Controller
class ProjectCalendarController {

    private static final int LONGEST_NAME = 80;

    private final AdminPages pages;
    private final ProjectDesk desk;
    private final ProjectChoices choices;
    private final Projects projects;
    private final Dates dates;
    private final Clock clock;

    ProjectCalendarController(
            AdminPages pages, ProjectDesk desk, ProjectChoices choices, Projects projects, Dates dates, Clock clock) {
        this.pages = pages;
        this.desk = desk;
        this.choices = choices;
        this.projects = projects;
        this.dates = dates;
        this.clock = clock;
    }

    @Bean
    static AdminSection calendarSection() {
        return new AdminSection(30, "admin.calendar", "calendar", "calendar", Permission.MANAGE_PROJECT);
    }

    /** An extra day as the page shows it; public for the template. */
    public record Day(String day, String words, boolean off, String reason) {}

    @GetMapping("/admin/projects/{key}/calendar")
    String calendar(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "calendar", viewer, model);
        return calendarPage(project, calendar(project, viewer.locale()), day(), viewer, model);
    }

    @PostMapping("/admin/projects/{key}/calendar")
    String calendar(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "calendar", viewer, model);
        Sheet sheet = calendar(project, viewer.locale());
        boolean saved = sheet.save(posted, response, version -> {
            try {
                CalendarSpec changed = spec(
                        sheet,
                        project.calendar().extraDays(),
                        project.calendar().version());
                if (moveAsTold(project, changed, sheet)) {
                    desk.change(project.id(), changed, version, viewer.id());
                }
            } catch (DateTimeParseException unreadable) {
                sheet.refuse("opens", "admin.calendar.opens.shape");
            } catch (IllegalArgumentException impossible) {
                sheet.refuse("closes", "admin.calendar.impossible");
            }
        });
        return saved
                ? AdminPages.saved(project, "calendar", flash)
                : calendarPage(project, sheet, day(), viewer, model);
    }

    @PostMapping("/admin/projects/{key}/calendar/days")
    String addDay(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "calendar", viewer, model);
        Sheet sheet = day();
        boolean saved = sheet.save(posted, response, version -> {
            try {
                LocalDate day = LocalDate.parse(sheet.get("day"));
                List<ExtraDay> days = new ArrayList<>(project.calendar().extraDays());
                days.removeIf(each -> each.day().equals(day));
                days.add(new ExtraDay(
                        day,
                        !sheet.is("works"),
                        Map.of(
                                "en", sheet.get("reasonEn"),
                                "es", sheet.get("reasonEs"),
                                "it", sheet.get("reasonIt"))));
                CalendarSpec changed = with(days, project);
                if (moveAsTold(project, changed, sheet)) {
                    desk.change(project.id(), changed, projects.version(project.id()), viewer.id());
                }
            } catch (DateTimeParseException unreadable) {
                sheet.refuse("day", "admin.day.day.shape");
            }
        });
        if (saved) {
            return AdminPages.saved(project, "calendar", flash);
        }
        Sheet hours = calendar(project, viewer.locale());
        return calendarPage(project, hours, sheet, viewer, model);
    }

    @PostMapping("/admin/projects/{key}/calendar/days/remove")
    String removeDay(
            @PathVariable String key,
            @RequestParam String day,
            @RequestParam(defaultValue = "") String confirmed,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        Project project = pages.open(key, "calendar", viewer, model);
        List<ExtraDay> days = new ArrayList<>(project.calendar().extraDays());
        if (days.removeIf(each -> each.day().toString().equals(day))) {
            CalendarSpec changed = with(days, project);
            CalendarMoves.Forecast forecast = desk.forecast(project.id(), changed);
            if (forecast.dates() > 0 && !confirmed.equals(told(forecast))) {
                model.addAttribute("removing", day);
                model.addAttribute("confirmed", told(forecast));
                model.addAttribute("forecast", forecast);
                return calendarPage(project, calendar(project, viewer.locale()), day(), viewer, model);
            }
            desk.change(project.id(), changed, projects.version(project.id()), viewer.id());
        }
        return AdminPages.saved(project, "calendar", flash);
    }

    /** Whether no open date would move, or the administrator has read how many would and saves all the same. */
    private boolean moveAsTold(Project project, CalendarSpec changed, Sheet sheet) {
        CalendarMoves.Forecast forecast = desk.forecast(project.id(), changed);
        return forecast.dates() == 0
                || sheet.confirms(
                        told(forecast),
                        forecast.more() ? "admin.calendar.moves-at-least" : "admin.calendar.moves",
                        forecast.dates(),
                        forecast.cases());
    }

    private static String told(CalendarMoves.Forecast forecast) {
        return forecast.dates() + "/" + forecast.cases();
    }

    private static CalendarSpec with(List<ExtraDay> days, Project project) {
        CalendarSpec now = project.calendar();
        return new CalendarSpec(
                now.jurisdiction(), now.zone(), now.opens(), now.closes(), now.weekend(), days, now.version());
    }

    private Sheet calendar(Project project, Locale locale) {
        CalendarSpec now = project.calendar();
        List<Option> week = Arrays.stream(DayOfWeek.values())
                .map(day -> new Option(day.name(), day.getDisplayName(TextStyle.FULL_STANDALONE, locale)))
                .toList();
        return new Sheet("admin.calendar", projects.version(project.id()))
                .choice("jurisdiction", now.jurisdiction(), choices.jurisdictions(locale))
                .choice("zone", now.zone().getId(), ProjectChoices.zones(now.zone()))
                .time("opens", "time", now.opens().toString(), true)
                .time("closes", "time", now.closes().toString(), true)
                .checks("weekend", now.weekend().stream().map(DayOfWeek::name).toList(), week);
    }

    private static CalendarSpec spec(Sheet sheet, List<ExtraDay> days, int version) {
        Set<DayOfWeek> weekend = EnumSet.noneOf(DayOfWeek.class);
        sheet.all("weekend").forEach(day -> weekend.add(DayOfWeek.valueOf(day)));
        return new CalendarSpec(
                sheet.get("jurisdiction"),
                ZoneId.of(sheet.get("zone")),
                LocalTime.parse(sheet.get("opens")),
                LocalTime.parse(sheet.get("closes")),
                weekend,
                days,
                version);
    }

    private static Sheet day() {
        return new Sheet("admin.day", null)
                .time("day", "date", "", true)
                .text("reasonEn", "", LONGEST_NAME, true)
                .text("reasonEs", "", LONGEST_NAME, true)
                .text("reasonIt", "", LONGEST_NAME, true)
                .check("works", false)
                .hint();
    }

    private String calendarPage(Project project, Sheet hours, Sheet extra, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), project.calendar().zone());
        model.addAttribute(
                "days",
                project.calendar().extraDays().stream()
                        .map(each -> new Day(
                                each.day().toString(),
                                dates.day(each.day(), today, locale),
                                each.off(),
                                each.reason(locale)))
                        .toList());
        model.addAttribute("daySheet", extra);
        model.addAttribute("calendarVersion", project.calendar().version());
        model.addAttribute("openDates", desk.openDates(project.id(), clock.instant()));
        desk.moved(project.id()).ifPresent(moved -> {
            model.addAttribute("moved", moved);
            model.addAttribute(
                    "movedOn", dates.moment(moved.begunAt(), project.calendar().zone(), locale));
        });
        model.addAttribute("above", "calendar");
        model.addAttribute("below", "days");
        return AdminPages.edit(project, "calendar", hours, model);
    }
}
