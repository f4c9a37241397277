package org.ancora.attention.desk;

import static org.ancora.attention.desk.AttentionProcess.CALL_BACK_AT;
import static org.ancora.attention.desk.AttentionProcess.OUTCOME;
import static org.ancora.attention.desk.AttentionProcess.WORKER;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Walls;
import org.ancora.attention.Beneficiary;
import org.ancora.attention.Destination;
import org.ancora.attention.NewPetition;
import org.ancora.attention.NewPetitioner;
import org.ancora.attention.Office;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionChannel;
import org.ancora.attention.PetitionKind;
import org.ancora.attention.PetitionLevel;
import org.ancora.attention.Petitions;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The form that is filled in with somebody at the desk or on the phone: the FUA in its four parts (J27, J81). */
final class FuaForm implements TaskHandler {

    static final String IN_PERSON = "fua-in-person";
    static final String BY_PHONE = "fua-by-phone";

    private static final Set<String> FIELDS = Set.of(
            "document",
            "givenName",
            "familyName",
            "beneficiary",
            "householdCode",
            "representative",
            "district",
            "province",
            "region",
            "email",
            "address",
            "safeTimes",
            "kind",
            "level",
            "motive",
            "about",
            "snapshot",
            "orientation",
            "outcome",
            "destination",
            "office");

    private static final int HALF_HOUR = 30;

    private static final String SOLVED = "solved";
    private static final String ESCALATE = "escalate";
    private static final String CALL_BACK = "call-back";

    private final String form;
    private final Parts parts;

    FuaForm(String form, Parts parts) {
        this.form = form;
        this.parts = parts;
    }

    /** What both forms need of the product. */
    record Parts(
            Attendances attendances,
            Petitions petitions,
            Offices offices,
            Projects projects,
            Walls walls,
            MessageSource messages,
            JdbcClient jdbc,
            Clock clock) {}

    private boolean byPhone() {
        return form.equals(BY_PHONE);
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public Set<String> fields() {
        return Stream.concat(
                        FIELDS.stream(),
                        byPhone() ? Stream.of("callBackNumber", "callBackAt", "agreed") : Stream.of("phone"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the entry list or an earlier call knows already, and what can be chosen. */
    @Override
    public Map<String, ?> prepare(TaskContext task) {
        Attendance attendance = parts.attendances().byCode(task.caseCode());
        Project project = parts.projects().get(task.projectId());
        Locale locale = task.viewer().locale();
        Attendance.Who who = attendance.who();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("level", PetitionLevel.LOCAL.code());
        shown.put("document", who.document());
        shown.put("givenName", who.givenName());
        shown.put("familyName", who.familyName());
        shown.put("district", who.district());
        shown.put("province", who.province());
        shown.put("region", who.region());
        shown.put("motive", attendance.reason());
        if (byPhone()) {
            shown.put("callBackNumber", who.callBackNumber());
            shown.put("outcomes", outcomes(attendance, locale));
        }
        shown.putAll(parts.attendances().answers(attendance));
        shown.remove("outcome");
        if (byPhone()) {
            shown.put("callBackAt", inAnHour(project));
        }
        shown.values().removeIf(value -> value.equals(""));
        List<Office> offices = parts.offices().of(project);
        shown.put(
                "offices",
                offices.stream()
                        .map(office -> new Choice(office.id().value(), office.id() + " · " + office.name()))
                        .toList());
        shown.putIfAbsent("office", parts.offices().home(project).id().value());
        shown.put("staff", staff(task.projectId()));
        return shown;
    }

    /** Offered as the hour to call back: about an hour from now, on the half hour. */
    private String inAnHour(Project project) {
        LocalDateTime soon = LocalDateTime.ofInstant(
                        parts.clock().instant(), project.calendar().zone())
                .plusMinutes(HALF_HOUR + HALF_HOUR + HALF_HOUR - 1)
                .truncatedTo(ChronoUnit.MINUTES);
        return soon.minusMinutes(soon.getMinute() % HALF_HOUR).toString();
    }

    private List<Choice> outcomes(Attendance call, Locale locale) {
        boolean again = call.state() == Attendance.State.CALL_BACK;
        return Stream.of(SOLVED, ESCALATE, CALL_BACK, again ? "unreachable" : "nothing")
                .map(outcome -> new Choice(
                        outcome, parts.messages().getMessage("form.fua-by-phone.outcome." + outcome, null, locale)))
                .toList();
    }

    /** Everybody who works in the project, by name. */
    private List<Choice> staff(ProjectId project) {
        return parts.jdbc()
                .sql("""
                        select distinct a.id, a.name from account a join membership m on m.account_id = a.id
                         where m.project_id = :project and a.active
                         order by a.name, a.id
                        """)
                .param("project", project.value())
                .query((row, number) -> new Choice(row.getString("id"), row.getString("name")))
                .list();
    }

    @Override
    public Map<String, ?> rehearsePreparation(Rehearsed task) {
        return AttentionRehearsal.shown(task);
    }

    @Override
    public Optional<Variables> rehearse(Rehearsed task, Answers answers) {
        return Optional.of(AttentionRehearsal.attended(task, answers));
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        String code = task.caseCode();
        UserId by = task.viewer().id();
        String outcome = answers.text("outcome");
        Variables told = Variables.of(OUTCOME, outcome);
        switch (outcome) {
            case SOLVED, ESCALATE -> {
                register(task, answers, outcome.equals(SOLVED));
                parts.attendances().attended(code, answers.asMap(), by);
            }
            case CALL_BACK -> {
                Instant hour = ahead(task, answers);
                parts.attendances()
                        .promiseCall(
                                code,
                                who(answers),
                                hour,
                                answers.findText("agreed").orElse(""),
                                answers.asMap(),
                                by);
                return told.and(CALL_BACK_AT, hour).and(hidden(task, answers));
            }
            default ->
                parts.attendances()
                        .given(
                                code,
                                outcome.equals("unreachable") ? Attendance.State.UNREACHABLE : Attendance.State.NOTHING,
                                answers.asMap(),
                                by);
        }
        return told;
    }

    /** Whoever is complained about is not who calls back, and learns nothing of the call (J-R12). */
    private Variables hidden(TaskContext task, Answers answers) {
        Optional<UserId> about = about(answers);
        about.ifPresent(person -> parts.walls().raise(person, task.caseCode()));
        return about.isPresent() && about.equals(task.find(WORKER)) ? Variables.of(WORKER, null) : Variables.none();
    }

    private static Optional<UserId> about(Answers answers) {
        return answers.findText("about")
                .filter(id -> !id.isBlank())
                .map(Long::parseLong)
                .map(UserId::new);
    }

    /** To the petition that has just been registered, with its number; else back to the desk. */
    @Override
    public Optional<String> then(TaskContext task) {
        List<Petition> registered = parts.petitions().ofAttendance(task.caseCode(), task.viewer());
        return Optional.of(
                registered.isEmpty()
                        ? parts.projects().get(task.projectId()).path() + "/desk"
                        : registered.get(registered.size() - 1).path());
    }

    private void register(TaskContext task, Answers answers, boolean solved) {
        requireAnswers(answers);
        Project project = parts.projects().get(task.projectId());
        Office office = parts.offices()
                .find(answers.text("office"), project)
                .orElseThrow(() -> AnswersRejected.because("office", "form.error.invalid"));
        parts.petitions()
                .register(
                        new NewPetition(
                                project.id(),
                                office.id(),
                                PetitionKind.of(answers.text("kind")),
                                byPhone() ? PetitionChannel.PHONE : PetitionChannel.IN_PERSON,
                                PetitionLevel.of(answers.text("level")),
                                petitioner(answers, project),
                                answers.text("motive").strip(),
                                answers.findText("orientation").orElse("").strip(),
                                about(answers).orElse(null),
                                solved,
                                solved ? null : Destination.of(answers.text("destination")),
                                task.caseCode()),
                        task.viewer().id());
    }

    /** What a call that goes on later may leave open, a registration may not. */
    private static void requireAnswers(Answers answers) {
        List<String> missing = Stream.of("beneficiary", "kind", "level", "motive")
                .filter(field ->
                        answers.findText(field).filter(text -> !text.isBlank()).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        AnswersRejected rejected = AnswersRejected.because(missing.get(0), "form.error.required");
        for (String field : missing.subList(1, missing.size())) {
            rejected = rejected.and(field, "form.error.required");
        }
        throw rejected;
    }

    private NewPetitioner petitioner(Answers answers, Project project) {
        Function<String, String> text =
                field -> answers.findText(field).orElse("").strip();
        return new NewPetitioner(
                text.apply("document"),
                text.apply("givenName"),
                text.apply("familyName"),
                Beneficiary.of(answers.text("beneficiary")),
                text.apply("householdCode"),
                text.apply("representative"),
                text.apply("district"),
                text.apply("province"),
                text.apply("region"),
                text.apply(byPhone() ? "callBackNumber" : "phone"),
                text.apply("callBackNumber"),
                text.apply("email"),
                text.apply("address"),
                text.apply("safeTimes"),
                project.locale());
    }

    private static Attendance.Who who(Answers answers) {
        Function<String, String> text =
                field -> answers.findText(field).orElse("").strip();
        return new Attendance.Who(
                text.apply("document"),
                text.apply("givenName"),
                text.apply("familyName"),
                text.apply("district"),
                text.apply("province"),
                text.apply("region"),
                text.apply("callBackNumber"));
    }

    private Instant ahead(TaskContext task, Answers answers) {
        Instant hour = answers.instant(
                "callBackAt", parts.projects().calendar(task.projectId()).zone());
        if (!hour.isAfter(parts.clock().instant())) {
            throw AnswersRejected.because("callBackAt", "desk.in-the-past");
        }
        return hour;
    }
}
