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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.network.Accent;
import org.ancora.network.Letterhead;
import org.ancora.network.NewProject;
import org.ancora.network.Project;
import org.ancora.network.ProjectSettings;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.ancora.time.Dates;
import org.ancora.time.ExtraDay;
import org.ancora.web.Option;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The project itself: how it is called, how it writes, how it counts its days; and new ones (C143, C144). */
@Controller
class ProjectController {

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_LINE = 200;
    private static final Pattern INITIALS = Pattern.compile("\\p{L}{1,3}");
    private static final Pattern PROJECT_KEY = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    private static final Pattern PREFIX = Pattern.compile("[A-Z]{2,6}");

    private final AdminPages pages;
    private final ProjectDesk desk;
    private final Projects projects;
    private final BusinessCalendars calendars;
    private final Dates dates;
    private final MessageSource messages;
    private final Clock clock;

    ProjectController(
            AdminPages pages,
            ProjectDesk desk,
            Projects projects,
            BusinessCalendars calendars,
            Dates dates,
            MessageSource messages,
            Clock clock) {
        this.pages = pages;
        this.desk = desk;
        this.projects = projects;
        this.calendars = calendars;
        this.dates = dates;
        this.messages = messages;
        this.clock = clock;
    }

    @Bean
    static AdminSection projectSection() {
        return new AdminSection(10, "admin.project-itself", "project", "building-community", Permission.MANAGE_PROJECT);
    }

    @Bean
    static AdminSection letterheadSection() {
        return new AdminSection(20, "admin.letterhead", "letterhead", "mail", Permission.MANAGE_PROJECT);
    }

    @Bean
    static AdminSection calendarSection() {
        return new AdminSection(30, "admin.calendar", "calendar", "calendar", Permission.MANAGE_PROJECT);
    }

    /** An extra day as the page shows it; public for the template. */
    public record Day(String day, String words, boolean off, String reason) {}

    @GetMapping("/admin/projects/{key}/project")
    String project(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "project", viewer, model);
        return edit(project, looks(project, viewer), "project", model);
    }

    @PostMapping("/admin/projects/{key}/project")
    String project(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "project", viewer, model);
        Sheet sheet = looks(project, viewer);
        boolean saved = sheet.save(
                posted,
                response,
                version -> desk.change(
                        project.id(),
                        new ProjectDesk.Looks(
                                sheet.get("name"),
                                Long.parseLong(sheet.get("organisation")),
                                Locale.forLanguageTag(sheet.get("locale")),
                                accent(sheet),
                                sheet.get("initials")),
                        version,
                        viewer.id()));
        return saved ? done(project, "project", flash) : edit(project, sheet, "project", model);
    }

    @GetMapping("/admin/projects/{key}/letterhead")
    String letterhead(@PathVariable String key, Viewer viewer, Model model) {
        Project project = pages.open(key, "letterhead", viewer, model);
        return edit(project, letterhead(project), "letterhead", model);
    }

    @PostMapping("/admin/projects/{key}/letterhead")
    String letterhead(
            @PathVariable String key,
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Project project = pages.open(key, "letterhead", viewer, model);
        Sheet sheet = letterhead(project);
        boolean saved = sheet.save(
                posted,
                response,
                version -> desk.change(
                        project,
                        new Letterhead(
                                sheet.get("name"),
                                sheet.get("phone"),
                                sheet.get("email"),
                                sheet.get("address"),
                                sheet.get("hours")),
                        version,
                        viewer.id()));
        return saved ? done(project, "letterhead", flash) : edit(project, sheet, "letterhead", model);
    }

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
        return saved ? done(project, "calendar", flash) : calendarPage(project, sheet, day(), viewer, model);
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
            return done(project, "calendar", flash);
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
        return done(project, "calendar", flash);
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

    @GetMapping("/admin/new-project")
    String add(Viewer viewer, Model model) {
        requireAny(viewer);
        return fresh(newProject(viewer), model);
    }

    @PostMapping("/admin/new-project")
    String add(
            @RequestParam MultiValueMap<String, String> posted,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        requireAny(viewer);
        Sheet sheet = newProject(viewer);
        if (sheet.read(posted)) {
            ProjectDesk.Organisation organisation = organisations(viewer).stream()
                    .filter(each -> String.valueOf(each.id()).equals(sheet.get("organisation")))
                    .findFirst()
                    .orElseThrow();
            try {
                Project created = desk.create(
                        new NewProject(
                                organisation.networkName(),
                                organisation.name(),
                                sheet.get("key"),
                                sheet.get("name"),
                                sheet.get("prefix"),
                                Locale.forLanguageTag(sheet.get("locale")),
                                accent(sheet),
                                sheet.get("initials"),
                                CalendarSpec.mondayToFriday(
                                        sheet.get("jurisdiction"),
                                        ZoneId.of(sheet.get("zone")),
                                        LocalTime.of(9, 0),
                                        LocalTime.of(17, 0)),
                                new ProjectSettings(20, Set.of(), new Letterhead(organisation.name(), "", "", "", ""))),
                        viewer.id());
                flash.addFlashAttribute("told", "admin.new-project.done");
                return "redirect:/admin/projects/" + created.key();
            } catch (DuplicateKeyException taken) {
                boolean prefix = String.valueOf(taken.getMessage()).contains("code_prefix");
                sheet.refuse(prefix ? "prefix" : "key", "admin.new-project.taken");
            }
        }
        response.setStatus(sheet.status());
        return fresh(sheet, model);
    }

    private static CalendarSpec with(List<ExtraDay> days, Project project) {
        CalendarSpec now = project.calendar();
        return new CalendarSpec(
                now.jurisdiction(), now.zone(), now.opens(), now.closes(), now.weekend(), days, now.version());
    }

    private Sheet looks(Project project, Viewer viewer) {
        return new Sheet("admin.looks", projects.version(project.id()))
                .text("name", project.name(), LONGEST_NAME, true)
                .choice("organisation", String.valueOf(project.organisationId()), choices(viewer))
                .hint()
                .choice("locale", project.locale().toLanguageTag(), locales(project.locale(), viewer.locale()))
                .choice("accent", project.accent().code(), accents(viewer.locale()))
                .text("initials", project.initials(), INITIALS);
    }

    private static Sheet letterhead(Letterhead now, int version) {
        return new Sheet("admin.head", version)
                .text("name", now.name(), LONGEST_LINE, true)
                .text("phone", now.phone(), LONGEST_LINE, false)
                .hint()
                .text("email", now.email(), LONGEST_LINE, false)
                .text("address", now.address(), LONGEST_LINE, false)
                .text("hours", now.hours(), LONGEST_LINE, false)
                .hint();
    }

    private Sheet letterhead(Project project) {
        return letterhead(project.settings().letterhead(), projects.version(project.id()));
    }

    private Sheet calendar(Project project, Locale locale) {
        CalendarSpec now = project.calendar();
        List<Option> week = Arrays.stream(DayOfWeek.values())
                .map(day -> new Option(day.name(), day.getDisplayName(TextStyle.FULL_STANDALONE, locale)))
                .toList();
        return new Sheet("admin.calendar", projects.version(project.id()))
                .choice("jurisdiction", now.jurisdiction(), jurisdictions(locale))
                .choice("zone", now.zone().getId(), zones(now.zone()))
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

    private Sheet newProject(Viewer viewer) {
        Locale locale = viewer.locale();
        return new Sheet("admin.new-project", null)
                .text("name", "", LONGEST_NAME, true)
                .choice("organisation", "", choices(viewer))
                .hint()
                .text("key", "", PROJECT_KEY)
                .hint()
                .text("prefix", "", PREFIX)
                .hint()
                .choice("locale", "", locales(Locale.ENGLISH, locale))
                .choice("accent", Accent.TEAL.code(), accents(locale))
                .text("initials", "", INITIALS)
                .choice("jurisdiction", "", jurisdictions(locale))
                .choice("zone", "", zones(ZoneId.of("UTC")));
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
        return edit(project, hours, "calendar", model);
    }

    private static String edit(Project project, Sheet sheet, String section, Model model) {
        model.addAttribute("sheet", sheet);
        model.addAttribute("action", AdminPages.path(project, section));
        return "admin/edit";
    }

    private static String fresh(Sheet sheet, Model model) {
        model.addAttribute("sheet", sheet);
        return "admin/new-project";
    }

    private static void requireAny(Viewer viewer) {
        if (viewer.projects(Permission.MANAGE_PROJECT).isEmpty()) {
            throw new Forbidden(Permission.MANAGE_PROJECT, null);
        }
    }

    /** The organisations of the networks that this person administers. */
    private List<ProjectDesk.Organisation> organisations(Viewer viewer) {
        Set<Long> networks = new LinkedHashSet<>();
        projects.withIds(viewer.projects(Permission.MANAGE_PROJECT))
                .values()
                .forEach(project -> networks.add(project.network().id()));
        return desk.organisations(List.copyOf(networks));
    }

    private List<Option> choices(Viewer viewer) {
        return organisations(viewer).stream()
                .map(each -> new Option(String.valueOf(each.id()), each.name() + " · " + each.networkName()))
                .toList();
    }

    private List<Option> jurisdictions(Locale locale) {
        return calendars.jurisdictions().stream()
                .map(code -> new Option(code, calendars.name(code, locale)))
                .toList();
    }

    /** The places of the countries whose calendars are shipped, and wherever the project is now. */
    private static List<Option> zones(ZoneId now) {
        Set<String> zones = ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.matches("(America|Europe)/[A-Z][A-Za-z_/]+"))
                .collect(Collectors.toCollection(TreeSet::new));
        zones.add(now.getId());
        return zones.stream()
                .map(zone -> new Option(zone, zone.replace('_', ' ')))
                .toList();
    }

    private static List<Option> locales(Locale now, Locale reader) {
        return Stream.of("en-CA", "en", "es-PE", "es", "it-IT", now.toLanguageTag())
                .distinct()
                .map(tag -> new Option(tag, Locale.forLanguageTag(tag).getDisplayName(reader)))
                .toList();
    }

    private List<Option> accents(Locale locale) {
        return Arrays.stream(Accent.values())
                .map(accent ->
                        new Option(accent.code(), messages.getMessage("admin.accent." + accent.code(), null, locale)))
                .toList();
    }

    private static Accent accent(Sheet sheet) {
        return Accent.valueOf(sheet.get("accent").toUpperCase(Locale.ROOT));
    }

    private static String done(Project project, String section, RedirectAttributes flash) {
        flash.addFlashAttribute("told", "admin.saved");
        return "redirect:" + AdminPages.path(project, section);
    }
}
