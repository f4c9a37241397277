package org.ancora.conduct;

import static org.ancora.conduct.ConductProcess.ASK_COLLEAGUE;
import static org.ancora.conduct.ConductProcess.AUTHOR;
import static org.ancora.conduct.ConductProcess.COLLEAGUE;
import static org.ancora.conduct.ConductProcess.REQUEST;
import static org.ancora.conduct.ConductProcess.SAFETY_WORRY;
import static org.ancora.conduct.ConductProcess.UNSURE;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.record.CaseRecord;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.conduct.BoundaryRequest.Said;
import org.ancora.network.Projects;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The record of a request (B-R1): kept, put on the client's record as a note (B16), and passed on where it has to be. What made
 * the worker uncomfortable goes to {@link Incidents} and nowhere else: not into the note, the variables or any log.
 */
@Component
class BoundaryForm implements TaskHandler {

    /** Chosen instead of a colleague. */
    private static final String SUPERVISOR = "supervisor";

    private static final List<Role> COLLEAGUES = List.of(Role.CASEWORKER, Role.COORDINATOR, Role.SUPERVISOR);

    private final BoundaryRequests requests;
    private final Incidents incidents;
    private final BoundaryWords words;
    private final CaseRecord clientRecord;
    private final Projects projects;
    private final Users users;
    private final Clock clock;

    BoundaryForm(
            BoundaryRequests requests,
            Incidents incidents,
            BoundaryWords words,
            CaseRecord clientRecord,
            Projects projects,
            Users users,
            Clock clock) {
        this.requests = requests;
        this.incidents = incidents;
        this.words = words;
        this.clientRecord = clientRecord;
        this.projects = projects;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public String form() {
        return "boundary-request";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "askedOn",
                "channel",
                "asked",
                "reason",
                "policy",
                "alternatives",
                "choice",
                "consulted",
                "note",
                "safetyWorry",
                "safetyWords",
                "uncomfortable",
                "discomfort",
                "unsure",
                "question",
                "askWhom");
    }

    @Override
    public Map<String, ?> prepare(TaskContext task) {
        List<Choice> channels = new ArrayList<>();
        words.channels(task.projectId(), task.viewer().locale())
                .forEach((code, label) -> channels.add(new Choice(code, label)));
        return Map.of("askedOn", today(task).toString(), "channels", channels, "colleagues", whomToAsk(task));
    }

    @Override
    public Map<String, ?> rehearsePreparation(Rehearsed task) {
        return ConductRehearsal.shown(task);
    }

    @Override
    public Optional<Variables> rehearse(Rehearsed task, Answers answers) {
        return Optional.of(ConductRehearsal.record(task, answers));
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        long request = task.get(REQUEST);
        Said said = said(task, answers);
        UserId by = task.viewer().id();
        boolean worried = answers.flag("safetyWorry");
        boolean unsure = answers.flag("unsure");
        requests.record(request, said, by);
        writeNote(task, said, worried ? answers.text("safetyWords") : "");
        Variables follows = Variables.of(SAFETY_WORRY, worried)
                .and(UNSURE, unsure)
                .and(ASK_COLLEAGUE, false)
                .and(COLLEAGUE, null);
        if (worried) {
            requests.follow(request, Kind.SAFETY, answers.text("safetyWords"), null);
        }
        if (answers.flag("uncomfortable")) {
            incidents.report(request, task.projectId(), answers.text("discomfort"), by);
        }
        if (unsure) {
            UserId colleague = colleague(task, answers);
            requests.follow(request, Kind.QUESTION, answers.text("question"), colleague);
            follows = follows.and(ASK_COLLEAGUE, colleague != null).and(COLLEAGUE, colleague);
        }
        return follows;
    }

    private Said said(TaskContext task, Answers answers) {
        LocalDate askedOn = answers.date("askedOn");
        if (askedOn.isAfter(today(task))) {
            throw AnswersRejected.because("askedOn", "conduct.in-the-future");
        }
        return new Said(
                askedOn,
                answers.text("channel"),
                answers.text("asked"),
                answers.findText("reason").orElse(""),
                answers.findText("policy").orElse(""),
                answers.list("alternatives"),
                answers.findText("choice").orElse(""),
                answers.findText("consulted").orElse(""),
                answers.text("note"));
    }

    private void writeNote(TaskContext task, Said said, String worry) {
        var language = task.viewer().locale();
        String facts = words.facts(said, task.projectId(), language).stream()
                .map(fact -> fact(fact.label(), fact.words(), language))
                .collect(Collectors.joining("\n"));
        String text = words.text("conduct.note.title", language) + "\n" + facts;
        if (!worry.isEmpty()) {
            text += "\n" + fact(words.text("form.boundary-request.safetyWords", language), worry, language);
        }
        clientRecord.note(
                task.caseCode(),
                text,
                said.askedOn(),
                worry.isEmpty() ? "" : words.text("conduct.note.supervisor-decides", language),
                task.viewer().id());
    }

    /** A question keeps its own mark; any other label ends with a colon. */
    private String fact(String label, String said, Locale language) {
        return words.text(label.endsWith("?") ? "conduct.note.answer" : "conduct.note.fact", language, label, said);
    }

    /** The supervisors together first, then every colleague by name; never whoever asks. */
    private List<Choice> whomToAsk(TaskContext task) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(
                SUPERVISOR, words.text("conduct.ask.supervisor", task.viewer().locale())));
        colleagues(task).forEach((id, name) -> choices.add(new Choice(id.toString(), name)));
        return choices;
    }

    private Map<UserId, String> colleagues(TaskContext task) {
        Map<UserId, String> people = new LinkedHashMap<>();
        for (Role role : COLLEAGUES) {
            for (User user : users.withRole(task.projectId(), role)) {
                if (!user.id().equals(task.viewer().id()) && !user.id().equals(task.get(AUTHOR))) {
                    people.putIfAbsent(user.id(), user.name());
                }
            }
        }
        return people;
    }

    private @Nullable UserId colleague(TaskContext task, Answers answers) {
        if (answers.is("askWhom", SUPERVISOR)) {
            return null;
        }
        return colleagues(task).keySet().stream()
                .filter(each -> answers.is("askWhom", each.toString()))
                .findFirst()
                .orElseThrow(() -> AnswersRejected.because("askWhom", "conduct.not-a-colleague"));
    }

    private LocalDate today(TaskContext task) {
        return LocalDate.ofInstant(
                clock.instant(), projects.calendar(task.projectId()).zone());
    }
}
