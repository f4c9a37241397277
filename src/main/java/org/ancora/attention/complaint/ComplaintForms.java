package org.ancora.attention.complaint;

import static org.ancora.attention.complaint.ComplaintProcess.APPEALED;
import static org.ancora.attention.complaint.ComplaintProcess.APPROVED;
import static org.ancora.attention.complaint.ComplaintProcess.UNIT_WORKER;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Role;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.access.Walls;
import org.ancora.attention.Petition;
import org.ancora.attention.Petitions;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the forms of complaints show and what their answers mean. */
@Configuration(proxyBeanMethods = false)
class ComplaintForms {

    /** A form with its fields, what it shows, and what its answers mean. */
    private record Form(
            String form,
            Set<String> fields,
            Function<TaskContext, Map<String, ?>> shown,
            BiFunction<TaskContext, Answers, Variables> meaning,
            BiFunction<Rehearsed, Answers, Variables> rehearsal,
            Function<Rehearsed, Map<String, ?>> shownInRehearsals)
            implements TaskHandler {

        /** One whose lists of options a rehearsal may stand in for. */
        Form(
                String form,
                Set<String> fields,
                Function<TaskContext, Map<String, ?>> shown,
                BiFunction<TaskContext, Answers, Variables> meaning,
                BiFunction<Rehearsed, Answers, Variables> rehearsal) {
            this(form, fields, shown, meaning, rehearsal, task -> Map.of());
        }

        @Override
        public Map<String, ?> prepare(TaskContext task) {
            return shown.apply(task);
        }

        @Override
        public Variables complete(TaskContext task, Answers answers) throws AnswersRejected {
            return meaning.apply(task, answers);
        }

        @Override
        public Map<String, ?> rehearsePreparation(Rehearsed task) {
            return shownInRehearsals.apply(task);
        }

        @Override
        public Optional<Variables> rehearse(Rehearsed task, Answers answers) {
            return Optional.of(rehearsal.apply(task, answers));
        }
    }

    private final ComplaintRows rows;
    private final Complaints complaints;
    private final Petitions petitions;
    private final StaffComplainedAbout about;
    private final EarlierHands earlier;
    private final Users users;
    private final Walls walls;
    private final Notices notices;
    private final Letters letters;
    private final MessageSource messages;
    private final Clock clock;

    ComplaintForms(
            ComplaintRows rows,
            Complaints complaints,
            Petitions petitions,
            StaffComplainedAbout about,
            EarlierHands earlier,
            Users users,
            Walls walls,
            Notices notices,
            Letters letters,
            MessageSource messages,
            Clock clock) {
        this.rows = rows;
        this.complaints = complaints;
        this.petitions = petitions;
        this.about = about;
        this.earlier = earlier;
        this.users = users;
        this.walls = walls;
        this.notices = notices;
        this.letters = letters;
        this.messages = messages;
        this.clock = clock;
    }

    @Bean
    TaskHandler complaintRouteForm() {
        return new Form(
                "complaint-route",
                Set.of("about", "unitWorker", "note"),
                this::showRouting,
                this::route,
                ComplaintRehearsal::route);
    }

    @Bean
    TaskHandler complaintAnswerForm() {
        return new Form(
                "complaint-answer", Set.of("answer"), this::showAnswer, this::answer, ComplaintRehearsal::answer);
    }

    @Bean
    TaskHandler complaintApproveForm() {
        return new Form(
                "complaint-approve",
                Set.of("decision", "comment"),
                task -> Map.of(
                        "answerText", plain(Objects.requireNonNullElse(get(task).answer(), ""))),
                this::approve,
                ComplaintRehearsal::approve);
    }

    @Bean
    TaskHandler complaintInformationForm() {
        return new Form(
                "complaint-information",
                Set.of("arrived", "note"),
                this::showAsked,
                this::information,
                ComplaintRehearsal::nothing);
    }

    @Bean
    TaskHandler complaintPostForm() {
        return new Form(
                "complaint-post", Set.of("posted"), task -> Map.of(), this::posted, ComplaintRehearsal::nothing);
    }

    @Bean
    TaskHandler complaintConfirmForm() {
        return new Form(
                "complaint-confirm",
                Set.of("reached", "understood", "satisfied", "reason", "note"),
                this::showConfirmation,
                this::confirm,
                ComplaintRehearsal::confirm,
                ComplaintRehearsal::showConfirmation);
    }

    /** An appeal goes one level up; of an answer from the highest it is shown why there is none. */
    private Map<String, ?> showConfirmation(TaskContext task) {
        Locale locale = task.viewer().locale();
        List<Choice> choices = new ArrayList<>(Stream.of("yes", "no", "appeal")
                .map(value -> new Choice(
                        value, messages.getMessage("form.complaint-confirm.satisfied." + value, null, locale)))
                .toList());
        if (isOfTheHighestLevel(task)) {
            choices.add(choices.remove(choices.size() - 1)
                    .disabled(messages.getMessage("complaint.appeal.highest", null, locale)));
        }
        return Map.of("satisfactions", List.copyOf(choices));
    }

    private boolean isOfTheHighestLevel(TaskContext task) {
        return petitions.byNumber(task.caseCode()).level().above().isEmpty();
    }

    private Map<String, ?> showRouting(TaskContext task) {
        Petition petition = petitions.byNumber(task.caseCode());
        Map<String, Object> shown = new HashMap<>();
        shown.put("staff", about.choices(task.projectId()));
        shown.put(
                "unitWorkers",
                unit(task)
                        .map(user -> new Choice(user.id().toString(), user.name()))
                        .toList());
        UserId named = petition.about();
        if (named != null) {
            shown.put("about", named.toString());
        }
        return shown;
    }

    /** Those of the unit whom the petition is not about; to an appeal somebody else answers than before, as the letter says. */
    private Stream<User> unit(TaskContext task) {
        Set<UserId> out = new HashSet<>(walls.around(task.caseCode()));
        out.addAll(earlier.keptOut(task.caseCode(), task.projectId(), Set.of(Role.UNIT)));
        return users.withRole(task.projectId(), Role.UNIT).stream().filter(user -> !out.contains(user.id()));
    }

    /** To the unit or one person of it, never to the person complained about (J-R12). */
    private Variables route(TaskContext task, Answers answers) {
        Complaint complaint = get(task);
        UserId person = answers.findText("about").map(ComplaintForms::user).orElse(null);
        UserId worker = answers.findText("unitWorker").map(ComplaintForms::user).orElse(null);
        if (person != null && person.equals(worker)) {
            throw AnswersRejected.because("unitWorker", "complaint.route.complained-about");
        }
        if (worker != null && unit(task).noneMatch(user -> user.id().equals(worker))) {
            throw AnswersRejected.because("unitWorker", "complaint.route.not-of-the-unit");
        }
        about.name(complaint, person, task.viewer());
        rows.route(complaint.number(), worker);
        answers.findText("note").ifPresent(note -> say(complaint, "routed", note, task.viewer()));
        if (worker != null) {
            notices.tell(
                    worker,
                    NewNotice.of(
                            "complaint-for-you",
                            complaint.project(),
                            complaint.number(),
                            "for-you/" + complaint.number()));
        }
        complaints.log("complaint.routed", complaint, task.viewer().id());
        return Variables.of(UNIT_WORKER, worker);
    }

    private Map<String, ?> showAnswer(TaskContext task) {
        Complaint complaint = get(task);
        Map<String, Object> shown = new HashMap<>();
        shown.put("answer", Objects.requireNonNullElse(complaint.answer(), ""));
        List<ComplaintRows.Word> back = rows.words(complaint.number()).stream()
                .filter(word -> word.kind().equals("sent-back"))
                .toList();
        shown.put(
                "comment", back.isEmpty() ? "" : plain(back.get(back.size() - 1).text()));
        return shown;
    }

    private Variables answer(TaskContext task, Answers answers) {
        Complaint complaint = get(task);
        rows.answer(complaint.number(), answers.text("answer"));
        complaints.log("complaint.answer-written", complaint, task.viewer().id());
        return Variables.of(APPROVED, false);
    }

    private Variables approve(TaskContext task, Answers answers) {
        Complaint complaint = get(task);
        boolean approved = answers.is("decision", "approve");
        rows.stage(complaint.number(), approved ? ComplaintStage.SENDING : ComplaintStage.PREPARING);
        if (!approved) {
            say(complaint, "sent-back", answers.text("comment"), task.viewer());
            if (complaint.unitWorker() == null) {
                notices.tell(
                        Role.UNIT,
                        NewNotice.of(
                                "complaint-sent-back",
                                complaint.project(),
                                complaint.number(),
                                "sent-back/" + task.id()));
            }
        }
        complaints.log(
                approved ? "complaint.approved" : "complaint.sent-back",
                complaint,
                task.viewer().id());
        return Variables.of(APPROVED, approved);
    }

    private Map<String, ?> showAsked(TaskContext task) {
        List<ComplaintRows.Pause> pauses = rows.pauses(task.caseCode());
        return Map.of(
                "askedFor",
                pauses.isEmpty() ? "" : plain(pauses.get(pauses.size() - 1).askedFor()));
    }

    private Variables information(TaskContext task, Answers answers) {
        Complaint complaint = get(task);
        rows.resume(complaint.number(), clock.instant());
        complaints.log("complaint.clock-resumed", complaint, task.viewer().id(), "arrived", answers.text("arrived"));
        return Variables.none();
    }

    /**
     * Posted, or told by telephone where there is no address: the promise is kept now. An older letter that still lies on the
     * print queue is not said to be in the post by that.
     */
    private Variables posted(TaskContext task, Answers answers) {
        Complaint complaint = get(task);
        letters.unposted(complaint.number(), ComplaintLetters.ANSWER)
                .forEach(letter -> letters.posted(letter, task.viewer().id()));
        rows.answered(complaint.number(), ComplaintStage.CONFIRMING, clock.instant());
        complaints.log("complaint.answer-posted", complaint, task.viewer().id());
        return Variables.none();
    }

    private Variables confirm(TaskContext task, Answers answers) {
        Complaint complaint = get(task);
        boolean appeals = answers.is("satisfied", "appeal");
        if (appeals && isOfTheHighestLevel(task)) {
            throw AnswersRejected.because("satisfied", "complaint.appeal.highest");
        }
        if (appeals) {
            task.viewer().require(Permission.READ_PETITIONS, task.projectId());
            say(complaint, "appealed", answers.text("reason"), task.viewer());
        }
        answers.findText("note").ifPresent(note -> say(complaint, "confirmed", note, task.viewer()));
        rows.confirmed(
                complaint.number(),
                appeals ? ComplaintStage.APPEALED : ComplaintStage.ANSWERED,
                yes(answers, "understood"),
                yes(answers, "satisfied"),
                clock.instant());
        complaints.log("complaint.confirmed", complaint, task.viewer().id(), "reached", answers.text("reached"));
        return Variables.of(APPEALED, appeals);
    }

    private static @Nullable Boolean yes(Answers answers, String field) {
        return answers.findText(field).map("yes"::equals).orElse(null);
    }

    private void say(Complaint complaint, String kind, String text, Viewer by) {
        rows.say(complaint.number(), kind, text, by.id(), clock.instant());
    }

    private Complaint get(TaskContext task) {
        return rows.find(task.caseCode()).orElseThrow();
    }

    private static UserId user(String id) {
        return new UserId(Long.parseLong(id));
    }

    /** Text for a form's markdown, so that nothing typed turns into formatting or a link. */
    private static String plain(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]()#+!|<>~-])", "\\\\$1").replace("\n", "  \n");
    }
}
