package org.ancora.attention.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.Viewer;
import org.ancora.attention.Office;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitions;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Puts the desk's lists into words. */
@Component
class DeskPages {

    private static final int NEWEST = 10;

    private final DeskLists lists;
    private final Petitions petitions;
    private final Offices offices;
    private final Projects projects;
    private final OfficeHours hours;
    private final Dates dates;
    private final MessageSource messages;
    private final Clock clock;

    DeskPages(
            DeskLists lists,
            Petitions petitions,
            Offices offices,
            Projects projects,
            OfficeHours hours,
            Dates dates,
            MessageSource messages,
            Clock clock) {
        this.lists = lists;
        this.petitions = petitions;
        this.offices = offices;
        this.projects = projects;
        this.hours = hours;
        this.dates = dates;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * Somebody in the room, on the list of calls, or attended today.
     *
     * @param when the minute of arrival, or that of the promised call
     * @param act what the viewer can do: {@code take} the task, {@code go} on with it, or nothing
     * @param why why the viewer can do nothing now, or null
     */
    public record Line(
            String path,
            String name,
            String when,
            String home,
            String reason,
            String number,
            List<Chip> chips,
            @Nullable String task,
            String act,
            @Nullable String why,
            @Nullable String petition) {}

    /** A registered petition. */
    public record PetitionLine(
            String path,
            String number,
            String kind,
            String when,
            String motive,
            @Nullable Chip chip) {}

    void desk(Project project, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        ZoneId zone = project.calendar().zone();
        List<DeskLists.Row> rows = lists.today(project, viewer);
        model.addAttribute("project", project);
        model.addAttribute("open", hours.isOpen(project.id()));
        model.addAttribute("closing", dates.hour(hours.closing(project.id()), zone, locale));
        model.addAttribute("nextOpening", dates.moment(hours.nextOpening(project.id()), zone, locale));
        model.addAttribute("mayAttend", viewer.may(Permission.ATTEND_USERS, project.id()));
        model.addAttribute("room", lines(rows, project, viewer, Attendance.Kind.VISIT, true));
        model.addAttribute("calls", lines(rows, project, viewer, Attendance.Kind.CALL, true));
        model.addAttribute("done", done(rows, project, viewer));
        model.addAttribute("petitions", lines(petitions.newest(project, viewer, NEWEST), zone, locale));
        model.addAttribute("freeLine", offices.directory(project).freeLine());
        Office home = offices.home(project);
        model.addAttribute("office", home);
    }

    private List<Line> lines(
            List<DeskLists.Row> rows, Project project, Viewer viewer, Attendance.Kind kind, boolean open) {
        return rows.stream()
                .filter(row ->
                        row.attendance().kind() == kind && row.attendance().isOpen() == open)
                .map(row -> line(row, project, viewer))
                .toList();
    }

    private List<Line> done(List<DeskLists.Row> rows, Project project, Viewer viewer) {
        List<Line> done = new ArrayList<>();
        done.addAll(lines(rows, project, viewer, Attendance.Kind.VISIT, false));
        done.addAll(lines(rows, project, viewer, Attendance.Kind.CALL, false));
        return done;
    }

    private Line line(DeskLists.Row row, Project project, Viewer viewer) {
        Locale locale = viewer.locale();
        ZoneId zone = project.calendar().zone();
        Attendance attendance = row.attendance();
        Instant promised = attendance.callBackAt();
        Instant moment =
                attendance.state() == Attendance.State.CALL_BACK && promised != null ? promised : attendance.beganAt();
        String why = why(row, viewer, locale);
        return new Line(
                attendance.path(),
                attendance.who().name(),
                shortMoment(moment, zone, locale),
                attendance.who().home(),
                attendance.agreed().isBlank() ? attendance.reason() : attendance.agreed(),
                attendance.who().callBackNumber(),
                chips(attendance, locale),
                row.task(),
                act(row, project, viewer),
                why,
                row.petition());
    }

    /** The hour alone where it is today's. */
    private String shortMoment(Instant moment, ZoneId zone, Locale locale) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return LocalDate.ofInstant(moment, zone).equals(today)
                ? dates.hour(moment, zone, locale)
                : dates.moment(moment, zone, locale);
    }

    private static String act(DeskLists.Row row, Project project, Viewer viewer) {
        if (row.task() == null) {
            return "";
        }
        if (row.assignee() != null) {
            return row.assignee().equals(viewer.id()) ? "go" : "";
        }
        return mayTake(row, project, viewer) ? "take" : "";
    }

    /** As the task itself decides it: the team's people, and whoever may take any task but those of the ones who lead. */
    private static boolean mayTake(DeskLists.Row row, Project project, Viewer viewer) {
        boolean ofTeam = viewer.roles(project.id()).stream().map(Role::code).anyMatch(row.teams()::contains);
        return ofTeam
                ? viewer.may(Permission.WORK_TASK, project.id(), true)
                : viewer.may(Permission.WORK_TASK, project.id())
                        && !row.attendance().authority();
    }

    private @Nullable String why(DeskLists.Row row, Viewer viewer, Locale locale) {
        if (row.attendance().state() == Attendance.State.AWAITING_AUTHORISATION) {
            return word("desk.awaits-authorisation", locale);
        }
        if (row.assignee() != null && !row.assignee().equals(viewer.id())) {
            return word("desk.with", locale, String.valueOf(row.assigneeName()));
        }
        return row.attendance().authority() ? word("desk.authority.only", locale) : null;
    }

    List<Chip> chips(Attendance attendance, Locale locale) {
        List<Chip> chips = new ArrayList<>();
        Instant promised = attendance.callBackAt();
        if (attendance.state() == Attendance.State.CALL_BACK
                && promised != null
                && clock.instant().isAfter(promised)) {
            chips.add(Chip.of(Tone.LATE, "phone-off", word("desk.call.late", locale)));
        }
        attendance
                .priorityGroups()
                .forEach(group -> chips.add(Chip.of(Tone.SOON, "star", word("desk.priority." + group, locale))));
        if (attendance.authority()) {
            chips.add(Chip.of(Tone.CALM, "building", word("desk.authority", locale)));
        }
        if (attendance.emergency() && !attendance.withinHours()) {
            chips.add(Chip.of(Tone.LATE, "alert-triangle", word("desk.emergency", locale)));
        }
        if (!attendance.isOpen() || attendance.state() == Attendance.State.TALKING) {
            chips.add(Chip.of(
                    tone(attendance.state()),
                    null,
                    word("desk.state." + attendance.state().code(), locale)));
        }
        return chips;
    }

    private static Tone tone(Attendance.State state) {
        return switch (state) {
            case ATTENDED -> Tone.DONE;
            case REFUSED, UNREACHABLE -> Tone.LATE;
            case LEFT, COME_BACK -> Tone.SOON;
            default -> Tone.CALM;
        };
    }

    private List<PetitionLine> lines(List<Petition> registered, ZoneId zone, Locale locale) {
        Map<String, String> ended = petitions.ended(registered);
        return registered.stream()
                .map(petition -> line(petition, ended.get(petition.number()), zone, locale))
                .toList();
    }

    /** @param ended the stage's code where it was answered or ended otherwise */
    private PetitionLine line(Petition petition, @Nullable String ended, ZoneId zone, Locale locale) {
        Chip chip = petition.solvedAtOnce()
                ? Chip.of(Tone.DONE, "check", word("desk.petition.solved", locale))
                : ended != null
                        ? Chip.of(Tone.DONE, "check", word("complaint.stage." + ended, locale))
                        : promise(petition.promised(), zone, locale);
        return new PetitionLine(
                petition.path(),
                petition.number(),
                word("petition.kind." + petition.kind().code(), locale),
                shortMoment(petition.registeredAt(), zone, locale),
                petition.motive(),
                chip);
    }

    private @Nullable Chip promise(@Nullable LocalDate promised, ZoneId zone, Locale locale) {
        if (promised == null) {
            return null;
        }
        boolean over = promised.isBefore(LocalDate.ofInstant(clock.instant(), zone));
        return Chip.of(
                over ? Tone.LATE : Tone.CALM,
                over ? "alarm" : "calendar",
                word("desk.petition.until", locale, dates.dayAndYear(promised, locale)));
    }

    /** What the page of one visit or call says. */
    void attendance(Attendance attendance, Viewer viewer, Model model) {
        Locale locale = viewer.locale();
        Project project = projects.get(attendance.project());
        ZoneId zone = project.calendar().zone();
        model.addAttribute("project", project);
        model.addAttribute("attendance", attendance);
        model.addAttribute("chips", chips(attendance, locale));
        model.addAttribute("state", word("desk.state." + attendance.state().code(), locale));
        model.addAttribute("began", dates.moment(attendance.beganAt(), zone, locale));
        model.addAttribute(
                "comeBack",
                Optional.ofNullable(attendance.comeBackAt())
                        .map(back -> dates.moment(back, zone, locale))
                        .orElse(null));
        model.addAttribute(
                "promised",
                Optional.ofNullable(attendance.callBackAt())
                        .map(hour -> dates.moment(hour, zone, locale))
                        .orElse(null));
        model.addAttribute("petitions", lines(petitions.ofAttendance(attendance.code(), viewer), zone, locale));
        model.addAttribute(
                "mayLeave",
                attendance.isOpen()
                        && attendance.kind() == Attendance.Kind.VISIT
                        && viewer.may(Permission.ATTEND_USERS, attendance.project()));
    }

    String word(String key, Locale locale, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }
}
