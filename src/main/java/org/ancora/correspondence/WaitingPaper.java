package org.ancora.correspondence;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.network.Project;
import org.ancora.network.ProjectChanged;
import org.ancora.network.Projects;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Dates;
import org.ancora.web.Chip;
import org.ancora.web.Tone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Paper that lies in the print queue: since when, and telling those who may post it. On the business morning after a letter
 * was written, each of them reads once how many letters lie there from before that morning, since when (A18, J37). Whoever has
 * been told of all of them is not told again.
 */
@Component
class WaitingPaper implements NoticePlaces {

    /** Leads to the print queue. */
    static final String KIND = "paper-waiting";

    /** Days for which an office may be shut at a stretch; after more, a morning that comes sooner is not noticed. */
    private static final int SHUT_DAYS = 60;

    private final Outbox outbox;
    private final Notices notices;
    private final NoticeBoard board;
    private final Users users;
    private final Projects projects;
    private final Processes processes;
    private final MessageSource messages;
    private final Dates dates;
    private final Clock clock;

    WaitingPaper(
            Outbox outbox,
            Notices notices,
            NoticeBoard board,
            Users users,
            Projects projects,
            Processes processes,
            MessageSource messages,
            Dates dates,
            Clock clock) {
        this.outbox = outbox;
        this.notices = notices;
        this.board = board;
        this.users = users;
        this.projects = projects;
        this.processes = processes;
        this.messages = messages;
        this.dates = dates;
        this.clock = clock;
    }

    /**
     * What still lies in the queue.
     *
     * @param letters how many, without those about which the reader must learn nothing
     * @param oldest when the first of them was written; null without any
     * @param newest when the last of them was written; null without any
     */
    record Lying(
            int letters, @Nullable Instant oldest, @Nullable Instant newest) {}

    /**
     * Sees to it that somebody looks at the queue on the next business morning, in the transaction that writes a letter. Two that
     * are written at the same moment may both begin it; nobody is told twice for that. Where the owner's folder of procedures is
     * older than this reminder, letters are written all the same.
     */
    void await(Project project) {
        awaitAfter(clock.instant(), project);
    }

    private void awaitAfter(Instant instant, Project project) {
        BusinessCalendar calendar = projects.calendar(project);
        Instant morning = calendar.nextBusinessDay(instant);
        String key = key(project, LocalDate.ofInstant(morning, calendar.zone()));
        if (processes.underWay(List.of(key)).isEmpty() && processes.isDeployed(CorrespondenceProcess.PAPER)) {
            processes.start(
                    CorrespondenceProcess.PAPER,
                    key,
                    project.id(),
                    Variables.of(CorrespondenceProcess.PAPER_AT, morning));
        }
    }

    private static String key(Project project, LocalDate morning) {
        return "paper-" + project.id() + "-" + morning;
    }

    /**
     * A day that is worked after all may bring the next business morning before the one on which somebody was going to look: then
     * somebody looks on that one too (X1). Any other change of the calendar brings nothing forward.
     */
    @EventListener
    void on(ProjectChanged change) {
        if (change.calendarChanged() && outbox.hasPaper(change.project())) {
            Project project = projects.get(change.project());
            if (isAwaitedLater(project)) {
                await(project);
            }
        }
    }

    /** Whether somebody was going to look on a morning after the next one. */
    private boolean isAwaitedLater(Project project) {
        BusinessCalendar calendar = projects.calendar(project);
        LocalDate next = LocalDate.ofInstant(calendar.nextBusinessDay(clock.instant()), calendar.zone());
        List<String> later = next.plusDays(1)
                .datesUntil(next.plusDays(SHUT_DAYS))
                .map(morning -> key(project, morning))
                .toList();
        return !processes.underWay(later).isEmpty();
    }

    /**
     * Tells everybody who may post in a project how many letters from before a morning still lie there, since whichever day: one
     * notice each, whatever their number, unless they have been told of every one of them. Which days were worked between does not
     * matter, so that no change of the calendar can hide one. Nobody is told where nothing lies, nor on a morning that was taken
     * out of the calendar meanwhile: then the next business morning does it (X1).
     *
     * @param at the morning for which {@link #await} was called
     */
    @Transactional
    void remind(ProjectId id, Instant at) {
        Project project = projects.get(id);
        BusinessCalendar calendar = projects.calendar(project);
        LocalDate morning = LocalDate.ofInstant(at, calendar.zone());
        if (!calendar.isBusinessDay(morning)) {
            awaitAfter(at, project);
            return;
        }
        Instant until = morning.atStartOfDay(calendar.zone()).toInstant();
        for (UserId person : whoPosts(id)) {
            Lying lying = outbox.lying(id, until, person);
            Instant oldest = lying.oldest();
            if (oldest != null && !hasBeenToldOf(lying, person, project)) {
                String since = LocalDate.ofInstant(oldest, calendar.zone()).toString();
                List<String> told = List.of(String.valueOf(lying.letters()), since, project.name());
                notices.tell(person, new NewNotice(KIND, id, null, told, false, told(project) + morning));
            }
        }
    }

    /** By the last morning for which they were told: by that one, whenever it was, they have read of all from before it. */
    private boolean hasBeenToldOf(Lying lying, UserId person, Project project) {
        ZoneId zone = projects.calendar(project).zone();
        Instant newest = lying.newest();
        return board.lastKey(person, told(project))
                .map(key -> LocalDate.parse(key.substring(told(project).length())))
                .filter(last -> newest != null
                        && newest.isBefore(last.atStartOfDay(zone).toInstant()))
                .isPresent();
    }

    private static String told(Project project) {
        return KIND + "/" + project.id() + "/";
    }

    @Override
    public Optional<String> of(String kind, @Nullable String about) {
        return kind.equals(KIND) ? Optional.of("/print") : Optional.empty();
    }

    private Set<UserId> whoPosts(ProjectId project) {
        Set<UserId> people = new LinkedHashSet<>();
        Permission.PRINT_LETTERS.roles().forEach(role -> users.withRole(project, role).stream()
                .map(User::id)
                .forEach(people::add));
        return people;
    }

    /** Since when each letter waits, in words; whoever reads sees at once which have outlasted a business day. */
    Map<MessageId, Chip> since(Collection<MessageSummary> waiting, Locale locale) {
        Map<MessageId, Chip> since = new HashMap<>();
        for (MessageSummary message : waiting) {
            BusinessCalendar calendar = projects.calendar(message.projectId());
            LocalDate written = LocalDate.ofInstant(message.createdAt(), calendar.zone());
            LocalDate today = LocalDate.ofInstant(clock.instant(), calendar.zone());
            int days = calendar.between(written, today);
            String words = messages.getMessage(
                    "correspondence.print.since", new Object[] {days, dates.relative(written, today, locale)}, locale);
            since.put(message.id(), Chip.of(days > 0 ? Tone.SOON : Tone.CALM, "clock", words));
        }
        return since;
    }
}
