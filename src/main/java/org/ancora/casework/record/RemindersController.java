package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Typed;
import org.ancora.network.Projects;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.EditConflict;
import org.ancora.web.Option;
import org.ancora.web.PageDrafts;
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

/** Setting, moving and finishing reminders on a case (C-R1, C129). */
@Controller
class RemindersController {

    static final int LONGEST_TEXT = 300;

    /** Pages of a case that show its reminders too, and to which a click on one leads back. */
    private static final Pattern BELOW_THE_CASE = Pattern.compile("/cases/[A-Za-z0-9-]+(/[a-z0-9-]{1,40}){1,4}");

    /** Chosen instead of one of the {@link Soon} days. */
    private static final String ON_A_DAY = "day";

    private final RecordDesk desk;
    private final Reminders reminders;
    private final Projects projects;
    private final Users users;
    private final CaseWords words;

    RemindersController(RecordDesk desk, Reminders reminders, Projects projects, Users users, CaseWords words) {
        this.desk = desk;
        this.reminders = reminders;
        this.projects = projects;
        this.users = users;
        this.words = words;
    }

    /** Days that people name without a calendar: "call again in two weeks". */
    enum Soon {
        TOMORROW("tomorrow", 1, ChronoUnit.DAYS),
        WEEK("week", 1, ChronoUnit.WEEKS),
        TWO_WEEKS("two-weeks", 2, ChronoUnit.WEEKS),
        MONTH("month", 1, ChronoUnit.MONTHS);

        private final String code;
        private final int amount;
        private final ChronoUnit unit;

        Soon(String code, int amount, ChronoUnit unit) {
            this.code = code;
            this.amount = amount;
            this.unit = unit;
        }

        String code() {
            return code;
        }

        /** That day, or the first office day after it. */
        LocalDate from(LocalDate today, BusinessCalendar calendar) {
            return Reminders.officeDay(today.plus(amount, unit), calendar);
        }

        static @Nullable Soon of(@Nullable String code) {
            return Stream.of(values())
                    .filter(soon -> soon.code.equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record ReminderForm(
            @Nullable String text,
            @Nullable String when,
            @Nullable String day,
            @Nullable String hour,
            @Nullable String person,
            @Nullable String version) {

        static ReminderForm of(Reminder.What what, int version) {
            UserId person = what.person();
            return new ReminderForm(
                    what.text(),
                    ON_A_DAY,
                    what.on().toString(),
                    RecordDesk.text(what.at()),
                    person == null ? "" : person.toString(),
                    String.valueOf(version));
        }

        static ReminderForm of(PageDrafts.Draft draft) {
            return new ReminderForm(
                    draft.field("text"),
                    draft.field("when"),
                    draft.field("day"),
                    draft.field("hour"),
                    draft.field("person"),
                    draft.field("version"));
        }
    }

    private static String newPlace(CaseSummary caseFile) {
        return caseFile.path() + "/reminders/new";
    }

    private static String place(CaseSummary caseFile, Reminder reminder) {
        return caseFile.path() + "/reminders/" + reminder.id();
    }

    @GetMapping("/cases/{code}/reminders/new")
    String set(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.SET_REMINDERS, model);
        PageDrafts.Draft draft = desk.draft(newPlace(caseFile), caseFile, viewer, model);
        model.addAttribute("form", draft == null ? new ReminderForm("", "", "", "", "", "0") : ReminderForm.of(draft));
        return page(caseFile, null, newPlace(caseFile), viewer, model);
    }

    @PostMapping("/cases/{code}/reminders/new")
    String set(
            @PathVariable String code,
            @ModelAttribute("form") ReminderForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.SET_REMINDERS, model);
        Reminder.What what = typed(form, errors, caseFile, null, viewer);
        if (what == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, null, newPlace(caseFile), viewer, model);
        }
        reminders.set(caseFile, what, viewer.id());
        desk.forget(newPlace(caseFile), viewer);
        flash.addFlashAttribute("told", "reminder.set");
        return "redirect:" + caseFile.path();
    }

    @GetMapping("/cases/{code}/reminders/{id:[0-9]{1,18}}")
    String change(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.SET_REMINDERS, model);
        Reminder reminder = reminders.get(caseFile, id);
        desk.read(caseFile, viewer, "reminder", id, "page");
        PageDrafts.Draft draft = desk.draft(place(caseFile, reminder), caseFile, viewer, model);
        model.addAttribute(
                "form", draft == null ? ReminderForm.of(reminder.what(), reminder.version()) : ReminderForm.of(draft));
        Map<String, String> was = was(reminder.what());
        if (draft != null) {
            Map<String, String> kept = draft.fields();
            was.replaceAll((name, now) -> kept.getOrDefault("was." + name, now));
        }
        model.addAttribute("was", was);
        return page(caseFile, reminder, place(caseFile, reminder), viewer, model);
    }

    @PostMapping("/cases/{code}/reminders/{id:[0-9]{1,18}}")
    String change(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") ReminderForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.SET_REMINDERS, model);
        Reminder reminder = reminders.get(caseFile, id);
        Reminder.What what = typed(form, errors, caseFile, reminder, viewer);
        if (what == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("was", EditConflict.was(request, was(reminder.what())));
            return page(caseFile, reminder, place(caseFile, reminder), viewer, model);
        }
        try {
            reminders.change(caseFile, reminder, Typed.version(form.version()), what, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return overtaken(caseFile, reminders.get(caseFile, id), viewer, request, model, response);
        }
        desk.forget(place(caseFile, reminder), viewer);
        flash.addFlashAttribute("told", "reminder.changed");
        return "redirect:" + caseFile.path();
    }

    @PostMapping("/cases/{code}/reminders/{id:[0-9]{1,18}}/move")
    String move(
            @PathVariable String code,
            @PathVariable long id,
            @RequestParam String when,
            @RequestParam(defaultValue = "") String from,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.SET_REMINDERS, model);
        Reminder reminder = reminders.get(caseFile, id);
        Soon soon = Soon.of(when);
        if (soon == null) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
        if (reminder.isDone()) {
            throw new Problem(HttpStatus.CONFLICT, "reminder.done-already");
        }
        Reminder.What what = reminder.what();
        LocalDate day = soon.from(today(caseFile), calendar(caseFile));
        reminders.change(
                caseFile,
                reminder,
                reminder.version(),
                new Reminder.What(what.text(), day, what.at(), what.person()),
                viewer.id());
        return back(caseFile, from, "reminder.moved", flash);
    }

    @PostMapping("/cases/{code}/reminders/{id:[0-9]{1,18}}/done")
    String done(
            @PathVariable String code,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String from,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.SET_REMINDERS, model);
        Reminder reminder = reminders.get(caseFile, id);
        reminders.done(caseFile, reminder, viewer.id());
        flash.addFlashAttribute("undo", place(caseFile, reminder) + "/undo");
        return back(caseFile, from, "reminder.finished", flash);
    }

    @PostMapping("/cases/{code}/reminders/{id:[0-9]{1,18}}/undo")
    String undo(
            @PathVariable String code,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String from,
            Viewer viewer,
            Model model,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.SET_REMINDERS, model);
        reminders.open(caseFile, reminders.get(caseFile, id), viewer.id());
        return back(caseFile, from, "reminder.opened", flash);
    }

    private static String back(CaseSummary caseFile, String from, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        if (from.equals("today")) {
            return "redirect:/";
        }
        boolean below = from.startsWith(caseFile.path() + "/")
                && BELOW_THE_CASE.matcher(from).matches();
        return "redirect:" + (below ? from : caseFile.path());
    }

    private Reminder.@Nullable What typed(
            ReminderForm form, BindingResult errors, CaseSummary caseFile, @Nullable Reminder before, Viewer viewer) {
        Locale locale = viewer.locale();
        words.limit(errors, "text", form.text(), LONGEST_TEXT);
        if (text(form.text()).isBlank()) {
            errors.rejectValue("text", "reminder.empty", words.text("reminder.empty", locale));
        }
        LocalDate day = day(form, errors, caseFile, locale);
        String hour = hour(form, errors, locale);
        UserId person = person(form, errors, caseFile, before, viewer);
        return errors.hasErrors() || day == null ? null : new Reminder.What(text(form.text()), day, hour, person);
    }

    private @Nullable LocalDate day(ReminderForm form, BindingResult errors, CaseSummary caseFile, Locale locale) {
        Soon soon = Soon.of(form.when());
        if (soon != null) {
            return soon.from(today(caseFile), calendar(caseFile));
        }
        LocalDate day = desk.day(errors, "day", form.day(), locale);
        if (day == null && !errors.hasFieldErrors("day")) {
            errors.rejectValue("day", "reminder.no-day", words.text("reminder.no-day", locale));
        }
        if (day != null && day.isBefore(today(caseFile))) {
            errors.rejectValue("day", "reminder.past", words.text("reminder.past", locale));
        }
        return day;
    }

    private @Nullable String hour(ReminderForm form, BindingResult errors, Locale locale) {
        if (text(form.hour()).isBlank()) {
            return null;
        }
        try {
            return LocalTime.parse(text(form.hour()).strip())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
        } catch (DateTimeException unreadable) {
            errors.rejectValue("hour", "reminder.no-hour", words.text("reminder.no-hour", locale));
            return null;
        }
    }

    /** Somebody who may open the case's project; whoever was chosen before may stay. */
    private @Nullable UserId person(
            ReminderForm form, BindingResult errors, CaseSummary caseFile, @Nullable Reminder before, Viewer viewer) {
        String chosen = text(form.person());
        if (chosen.isEmpty()) {
            return null;
        }
        UserId kept = before == null ? null : before.what().person();
        if (kept != null && kept.toString().equals(chosen)) {
            return kept;
        }
        UserId found = people(caseFile, viewer).keySet().stream()
                .filter(user -> user.toString().equals(chosen))
                .findFirst()
                .orElse(null);
        if (found == null) {
            errors.rejectValue("person", "reminder.no-person", words.text("reminder.no-person", viewer.locale()));
        }
        return found;
    }

    private Map<UserId, String> people(CaseSummary caseFile, Viewer viewer) {
        Map<UserId, String> people = new LinkedHashMap<>();
        people.put(viewer.id(), viewer.name());
        for (Role role : List.of(Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR, Role.RECEPTION)) {
            users.withRole(caseFile.project(), role).forEach(user -> people.putIfAbsent(user.id(), user.name()));
        }
        return people;
    }

    private String page(CaseSummary caseFile, @Nullable Reminder reminder, String place, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        List<Option> persons = new ArrayList<>();
        String worker = caseFile.assigneeName();
        persons.add(new Option(
                "",
                worker == null
                        ? words.text("reminder.for.worker", locale)
                        : words.text("reminder.for.worker-now", locale, worker)));
        people(caseFile, viewer).forEach((id, name) -> persons.add(new Option(id.toString(), name)));
        UserId kept = reminder == null ? null : reminder.what().person();
        if (kept != null && persons.stream().noneMatch(each -> each.value().equals(kept.toString()))) {
            persons.add(new Option(kept.toString(), text(reminder == null ? "" : reminder.forName())));
        }
        model.addAttribute("persons", persons);
        model.addAttribute("days", reminder == null ? days(caseFile, locale) : List.of());
        model.addAttribute("reminder", reminder);
        model.addAttribute("place", place);
        return "casework/record/reminder";
    }

    /** "In two weeks, Mon 7 Dec": what the quick choices come to, days off considered. */
    private List<Option> days(CaseSummary caseFile, Locale locale) {
        BusinessCalendar calendar = calendar(caseFile);
        LocalDate today = today(caseFile);
        List<Option> days = new ArrayList<>();
        for (Soon soon : Soon.values()) {
            String day = words.day(soon.from(today, calendar), calendar.zone(), locale);
            days.add(new Option(soon.code(), words.text("reminder.when." + soon.code(), locale, day)));
        }
        days.add(new Option(ON_A_DAY, words.text("reminder.when.day", locale)));
        return days;
    }

    private String overtaken(
            CaseSummary caseFile,
            Reminder now,
            Viewer viewer,
            HttpServletRequest request,
            Model model,
            HttpServletResponse response) {
        if (now.isDone()) {
            throw new Problem(HttpStatus.CONFLICT, "reminder.done-already");
        }
        Locale locale = viewer.locale();
        Map<String, String> names = new LinkedHashMap<>();
        people(caseFile, viewer).forEach((id, name) -> names.put(id.toString(), name));
        UserId person = now.what().person();
        if (person != null) {
            names.putIfAbsent(person.toString(), text(now.forName()));
        }
        return EditConflict.of(request, now.version(), caseFile.path())
                .line("text", words.text("reminder.text", locale), now.what().text())
                .line("day", words.text("reminder.day", locale), now.what().on().toString())
                .line(
                        "hour",
                        words.text("reminder.hour", locale),
                        text(now.what().at()))
                .choice(
                        "person",
                        words.text("reminder.for", locale),
                        person == null ? "" : person.toString(),
                        id -> id.isEmpty() ? words.text("reminder.for.worker", locale) : names.getOrDefault(id, "?"))
                .answer(model, response);
    }

    private static Map<String, String> was(Reminder.What what) {
        UserId person = what.person();
        return new LinkedHashMap<>(Map.of(
                "text", what.text(),
                "day", what.on().toString(),
                "hour", text(what.at()),
                "person", person == null ? "" : person.toString()));
    }

    private BusinessCalendar calendar(CaseSummary caseFile) {
        return projects.calendar(caseFile.project());
    }

    private LocalDate today(CaseSummary caseFile) {
        return words.today(desk.zone(caseFile));
    }
}
