package org.ancora.engagement;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Flag;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.SupportContact;
import org.ancora.network.Projects;
import org.ancora.process.Procedures;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Outlook;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.Tasks;
import org.ancora.time.BusinessCalendar;
import org.jspecify.annotations.Nullable;

/** "So far and next" of the search for a client, on entry or in service. */
class SearchOutlook implements Outlook {

    /** More than these are told by the list of attempts. */
    private static final int MOST_DONE = 8;

    /** The call activity of a round that a supervisor wanted, in their own procedure. */
    private static final String EXTRA_ROUND = "extra-round";

    private final Track track;
    private final Glances glances;
    private final Projects projects;
    private final AttemptWords words;
    private final EpisodeDecisions decisions;
    private final Tasks tasks;
    private final Clock clock;

    SearchOutlook(
            Track track,
            Glances glances,
            Projects projects,
            AttemptWords words,
            EpisodeDecisions decisions,
            Tasks tasks,
            Clock clock) {
        this.track = track;
        this.glances = glances;
        this.projects = projects;
        this.words = words;
        this.decisions = decisions;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public boolean concerns(String processKey) {
        return processKey.equals(track.processKey());
    }

    @Override
    public List<OutlookEntry> entries(String caseCode, @Nullable TaskContext task, Viewer viewer) {
        return glances.find(caseCode, viewer)
                .map(glance -> task == null ? ofCase(glance, viewer) : ofTask(glance, task, viewer))
                .orElse(List.of());
    }

    private List<OutlookEntry> ofTask(Glance glance, TaskContext task, Viewer viewer) {
        BusinessCalendar calendar = projects.calendar(task.projectId());
        Optional<Stage> stage = Stage.of(task.rootElement());
        if (EXTRA_ROUND.equals(task.callingElement())) {
            return inTheExtraRound(glance, task.element(), task.due(), task.rootVariables(), calendar, viewer);
        }
        return entries(glance, stage, task.opens(), task.due(), task.rootVariables(), calendar, viewer);
    }

    private List<OutlookEntry> ofCase(Glance glance, Viewer viewer) {
        return glances.progress(glance.file().code(), track)
                .map(progress ->
                        ofCase(glance, progress, projects.calendar(glance.file().project()), viewer))
                .orElse(List.of());
    }

    private List<OutlookEntry> ofCase(
            Glance glance, Procedures.Progress progress, BusinessCalendar calendar, Viewer viewer) {
        Map<String, Object> variables = progress.variables();
        Optional<Stage> stage = Stage.of(progress.present());
        if (stage.filter(Stage::isWithSupervisor).isPresent()) {
            Optional<EpisodeDecision> held = held(glance, variables);
            if (held.isPresent()) {
                List<OutlookEntry> entries = new ArrayList<>(soFar(glance, variables, calendar.zone(), viewer));
                entries.addAll(until(held.get()));
                return entries;
            }
            Optional<OpenTask> again = tasks.of(glance.file().code()).stream()
                    .filter(task -> EXTRA_ROUND.equals(task.callingElement()))
                    .findFirst();
            if (again.isPresent()) {
                return inTheExtraRound(
                        glance, again.get().element(), again.get().due(), variables, calendar, viewer);
            }
        }
        return entries(
                glance,
                stage,
                progress.find(EngagementProcess.OPENS).orElse(null),
                progress.find(EngagementProcess.DUE).orElse(null),
                variables,
                calendar,
                viewer);
    }

    /** What the supervisor decided last, while the date that they set lies ahead: until then nobody has to decide. */
    private Optional<EpisodeDecision> held(Glance glance, Map<String, Object> variables) {
        List<EpisodeDecision> bySupervisor = decided(glance, variables).stream()
                .filter(decision -> decision.kind().equals("supervisor"))
                .toList();
        return bySupervisor.isEmpty()
                ? Optional.empty()
                : Optional.of(bySupervisor.get(bySupervisor.size() - 1)).filter(decision -> {
                    Instant until = decision.until();
                    return until != null && until.isAfter(clock.instant());
                });
    }

    /** The supervisor set a date: nobody decides or calls before. */
    private List<OutlookEntry> until(EpisodeDecision decision) {
        boolean again = decision.decision().equals("try-again");
        return List.of(
                new OutlookEntry(State.PRESENT, clock.instant(), "engagement.outlook.at.held"),
                new OutlookEntry(State.CONDITION, null, "engagement.outlook.if-no-answer"),
                new OutlookEntry(
                        State.NEXT,
                        decision.until(),
                        again ? "engagement.outlook.another-try" : "engagement.outlook.decides-again"));
    }

    /** The supervisor had it tried again: until that is done the caseworker acts, and then the supervisor decides. */
    private List<OutlookEntry> inTheExtraRound(
            Glance glance,
            String element,
            @Nullable Instant due,
            Map<String, Object> variables,
            BusinessCalendar calendar,
            Viewer viewer) {
        Instant now = clock.instant();
        boolean late = due == null || due.isBefore(now);
        String worker = glance.file().assigneeName();
        List<OutlookEntry> entries = new ArrayList<>(soFar(glance, variables, calendar.zone(), viewer));
        entries.add(new OutlookEntry(
                State.PRESENT,
                now,
                late ? null : due,
                "engagement.outlook.at." + (element.equals("call-back") ? "called-back-again" : "tried-again"),
                List.of(worker == null ? 0 : 1, worker == null ? "" : worker),
                null));
        entries.add(new OutlookEntry(State.CONDITION, null, "engagement.outlook.if-no-answer"));
        entries.add(new OutlookEntry(State.NEXT, late ? now : due, "engagement.outlook.decides-again"));
        return entries;
    }

    private List<OutlookEntry> entries(
            Glance glance,
            Optional<Stage> stage,
            @Nullable Instant opens,
            @Nullable Instant due,
            Map<String, Object> variables,
            BusinessCalendar calendar,
            Viewer viewer) {
        List<OutlookEntry> entries = new ArrayList<>(soFar(glance, variables, calendar.zone(), viewer));
        stage.map(here -> start(here, glance, opens, due, variables))
                .ifPresent(start -> entries.addAll(
                        track == Track.ENTRY
                                ? EntryPath.from(start, calendar, clock.instant())
                                : ExistingPath.from(start, calendar, clock.instant())));
        return entries;
    }

    private static EntryPath.Start start(
            Stage stage, Glance glance, @Nullable Instant opens, @Nullable Instant due, Map<String, Object> variables) {
        CaseSummary file = glance.file();
        return new EntryPath.Start(
                stage,
                EngagementProcess.ROUND.find(variables).orElse(1),
                opens,
                due,
                glance.client() == null
                        ? ""
                        : glance.family().map(SupportContact::nameAndRelation).orElse(null),
                file.source().isSomebodyElse() ? file.source().name() : null,
                glance.client() == null || glance.client().lawfulWays().may(LawfulWays.Way.POST),
                file.openFlags().stream().filter(Flag.Kind::stopsClosing).toList(),
                variables);
    }

    private List<OutlookEntry> soFar(Glance glance, Map<String, Object> variables, ZoneId zone, Viewer viewer) {
        List<OutlookEntry> done = new ArrayList<>();
        CaseSummary file = glance.file();
        if (track == Track.ENTRY) {
            done.add(new OutlookEntry(State.DONE, file.openedAt(), "engagement.outlook.registered"));
        }
        Instant assigned = file.assignedAt();
        if (track == Track.ENTRY && assigned != null) {
            done.add(new OutlookEntry(State.DONE, assigned, "engagement.outlook.assigned"));
        }
        long episode = EngagementProcess.EPISODE_ID.find(variables).orElse(0L);
        boolean why = CaseDesk.mayReadRecord(Permission.READ_NOTES, file, viewer);
        // An attempt is noted to the minute: what began the search stands before one of the same minute, what came of
        // it after.
        Map<Boolean, List<OutlookEntry>> decided = decided(glance, variables).stream()
                .filter(words::tells)
                .filter(decision -> glance.client() != null || !decision.kind().equals("away"))
                .collect(Collectors.partitioningBy(
                        decision -> decision.decision().equals("begun"),
                        Collectors.mapping(
                                decision -> told(decision, why, zone, viewer.locale()), Collectors.toList())));
        done.addAll(decided.getOrDefault(true, List.of()));
        for (List<ContactAttempt> together : grouped(glance, episode, zone)) {
            done.add(told(together, viewer.locale()));
        }
        done.addAll(decided.getOrDefault(false, List.of()));
        done.sort(Comparator.comparing(
                entry -> Objects.requireNonNull(entry.from()).truncatedTo(ChronoUnit.MINUTES)));
        return done.size() <= MOST_DONE ? done : done.subList(done.size() - MOST_DONE, done.size());
    }

    private OutlookEntry told(List<ContactAttempt> together, Locale language) {
        ContactAttempt first = together.get(0);
        return new OutlookEntry(
                State.DONE,
                first.attemptedAt(),
                "engagement.outlook.attempted",
                words.place(first, language),
                words.summary(together, language));
    }

    /**
     * What was decided and why, so that whoever goes on does not have to ask. Why it was may tell of the client's life as a note
     * does: it is for those who may read notes.
     */
    private OutlookEntry told(EpisodeDecision decision, boolean why, ZoneId zone, Locale language) {
        return new OutlookEntry(
                State.DONE,
                decision.decidedAt(),
                why && !decision.reason().isEmpty()
                        ? "engagement.outlook.decided-because"
                        : "engagement.outlook.decided",
                words.decision(decision, zone, language),
                decision.reason());
    }

    /** In one statement for each page. */
    private List<EpisodeDecision> decided(Glance glance, Map<String, Object> variables) {
        String code = glance.file().code();
        long episode = EngagementProcess.EPISODE_ID.find(variables).orElse(0L);
        return OncePerPage.read("engagement.decisions " + code + "." + episode, () -> decisions.of(code, episode));
    }

    /** What was recorded in one task belongs together, else what was tried on one day for one purpose. */
    private static List<List<ContactAttempt>> grouped(Glance glance, long episode, ZoneId zone) {
        Map<String, List<ContactAttempt>> groups = new LinkedHashMap<>();
        List<Glance.Attempt> newestFirst = glance.attempts();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            Glance.Attempt told = newestFirst.get(i);
            ContactAttempt attempt = told.attempt();
            if (episode != 0 && attempt.episode() != episode) {
                continue;
            }
            String task = told.task();
            String group = task != null
                    ? task
                    : attempt.place() + LocalDate.ofInstant(attempt.attemptedAt(), zone) + attempt.party();
            groups.computeIfAbsent(group, any -> new ArrayList<>()).add(attempt);
        }
        return List.copyOf(groups.values());
    }
}
