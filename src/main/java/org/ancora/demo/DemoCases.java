package org.ancora.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewers;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Caseloads;
import org.ancora.casework.Cases;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.Flag;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.NewCase;
import org.ancora.casework.NewProfile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.engagement.Episodes;
import org.ancora.engagement.Track;
import org.ancora.network.Project;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Cases in every stage of the procedure. Nothing is written behind the product's back: three weeks are lived through on the
 * demo's clock by the same services that people use, so dates, attempts and logs are those of real work.
 */
@Component
@Profile("demo")
class DemoCases {

    private final DemoClock clock;
    private final DemoPeople people;
    private final Profiles profiles;
    private final Cases cases;
    private final Caseloads caseloads;
    private final Episodes episodes;
    private final Tasks tasks;
    private final Viewers viewers;
    private final DemoRecords records;
    private final DemoReferrals referrals;

    DemoCases(
            DemoClock clock,
            DemoPeople people,
            Profiles profiles,
            Cases cases,
            Caseloads caseloads,
            Episodes episodes,
            Tasks tasks,
            Viewers viewers,
            DemoRecords records,
            DemoReferrals referrals) {
        this.clock = clock;
        this.people = people;
        this.profiles = profiles;
        this.cases = cases;
        this.caseloads = caseloads;
        this.episodes = episodes;
        this.tasks = tasks;
        this.viewers = viewers;
        this.records = records;
        this.referrals = referrals;
    }

    /** Lives through the three weeks before the demo's first day in all projects at once. */
    void live(List<Project> projects, Instant firstDay) {
        List<Move> moves = new ArrayList<>();
        for (Project project : projects) {
            moves.addAll(new Weeks(project).moves());
        }
        moves.sort(Comparator.comparing(Move::at));
        for (Move move : moves) {
            clock.moveTo(move.at());
            move.work().run();
        }
        clock.moveTo(firstDay);
    }

    /** The number of the protected client's story: a colleague's, so that not every caseworker sees the name. */
    private static final int PROTECTED = 8;

    /** Something somebody does at an hour. */
    private record Move(Instant at, Runnable work) {}

    /** The stories of one project. Days are of November 2026, hours those of the project. */
    private final class Weeks {

        private final Project project;
        private final UserId coordinator;
        private final UserId worker;
        private final UserId colleague;
        private final List<Move> moves = new ArrayList<>();
        private final Map<Integer, String> codes = new HashMap<>();

        Weeks(Project project) {
            this.project = project;
            this.coordinator = people.everywhere(Role.COORDINATOR);
            this.worker = people.everywhere(Role.CASEWORKER);
            this.colleague = people.in(project, Role.CASEWORKER);
        }

        List<Move> moves() {
            List<DemoClient> clients = DemoClients.of(project);
            at(3, "09:00", () -> caseloads.setLimit(colleague, project.id(), 1, coordinator));
            closedWithoutContact(1, clients.get(0));
            inServiceAndWrittenUp(2, clients.get(1));
            lostSight(2);
            supervisorDecides(3, clients.get(2));
            letterToReview(4, clients.get(3));
            letterToPost(5, clients.get(4));
            askingTheFamily(6, clients.get(5));
            waitingForTheSource(7, clients.get(6));
            waitingForRoom(8, clients.get(7), clients.get(8));
            firstRoundLate(10, clients.get(9));
            secondRoundToday(11, clients.get(10));
            firstRoundToday(12, clients.get(11));
            callPromised(13, clients.get(12));
            beforeTheSecondRound(14, clients.get(13));
            documentationDue(15, clients.get(14));
            declined(16, clients.get(15));
            refused(17, clients.get(16));
            toAssign(18, clients.get(17));
            toAccept(19, clients.get(18));
            writtenDown(2);
            writtenDown(15);
            referred(2);
            unusualRecords();
            return moves;
        }

        private void closedWithoutContact(int number, DemoClient client) {
            assigned(number, client, 3, worker);
            round(number, 3, "11:00");
            round(number, 6, "10:00");
            family(number, 11, "10:00");
            toldByPhone(number, 11, "11:00");
            finish(number, 16, "10:00", worker, "go-on-without-answer", Map.of());
            finish(number, 16, "10:30", worker, "review-letter", letter("email"));
        }

        private void inServiceAndWrittenUp(int number, DemoClient client) {
            assigned(number, client, 4, worker);
            reached(number, 5, "10:00");
            admitted(number, 5, "15:00");
            finish(number, 6, "11:00", worker, "complete-documentation", Map.of("complete", true));
        }

        /** Nothing is heard any more of a client in service: everybody was tried at once, and the next round waits. */
        private void lostSight(int number) {
            at(18, "09:30", () -> episodes.start(cases.byCode(code(number)), Track.EXISTING, worker));
            round(number, 18, "10:00");
            round(number, 19, "11:00");
            family(number, 20, "10:00");
        }

        private void supervisorDecides(int number, DemoClient client) {
            assigned(number, client, 4, worker);
            at(4, "12:00", () -> cases.raiseFlag(code(number), Flag.Kind.SAFEGUARDING, "", worker));
            round(number, 5, "10:00");
            round(number, 10, "11:00");
            family(number, 13, "10:00");
            toldByPhone(number, 13, "11:00");
            finish(number, 19, "10:00", worker, "go-on-without-answer", Map.of());
        }

        private void letterToReview(int number, DemoClient client) {
            assigned(number, client, 4, worker);
            round(number, 6, "11:00");
            round(number, 11, "11:00");
            family(number, 16, "11:00");
            toldByPhone(number, 16, "11:30");
            finish(number, 20, "14:00", worker, "go-on-without-answer", Map.of());
        }

        private void letterToPost(int number, DemoClient client) {
            assigned(number, client, 4, worker);
            round(number, 5, "12:00");
            round(number, 10, "12:00");
            family(number, 13, "12:00");
            toldByPhone(number, 13, "12:30");
            finish(number, 18, "12:00", worker, "go-on-without-answer", Map.of());
            finish(number, 20, "15:00", worker, "review-letter", letter("post"));
        }

        private void askingTheFamily(int number, DemoClient client) {
            assigned(number, client, 9, worker);
            round(number, 11, "10:00");
            round(number, 17, "10:00");
        }

        private void waitingForTheSource(int number, DemoClient client) {
            assigned(number, client, 5, worker);
            round(number, 6, "12:00");
            round(number, 11, "12:00");
            family(number, 17, "12:00");
            toldByPhone(number, 18, "10:00");
        }

        /** Two for the colleague who has room for one: the second waits. */
        private void waitingForRoom(int number, DemoClient first, DemoClient second) {
            assigned(number, first, 10, colleague);
            assigned(number + 1, second, 11, colleague);
        }

        private void firstRoundLate(int number, DemoClient client) {
            assigned(number, client, 12, worker);
        }

        private void secondRoundToday(int number, DemoClient client) {
            assigned(number, client, 13, worker);
            round(number, 16, "10:00");
        }

        private void firstRoundToday(int number, DemoClient client) {
            assigned(number, client, 16, worker);
        }

        private void callPromised(int number, DemoClient client) {
            assigned(number, client, 18, worker);
            finish(
                    number,
                    20,
                    "11:00",
                    worker,
                    "record-round",
                    answers(
                            "mainOutcome", "spoke",
                            "spokeOutcome", "call-back",
                            "callBackAt", "2026-11-23T16:30",
                            "when", hour(20, "10:55")));
        }

        private void beforeTheSecondRound(int number, DemoClient client) {
            assigned(number, client, 17, worker);
            round(number, 20, "10:00");
        }

        private void documentationDue(int number, DemoClient client) {
            assigned(number, client, 17, worker);
            reached(number, 19, "10:00");
            admitted(number, 19, "16:00");
        }

        private void declined(int number, DemoClient client) {
            assigned(number, client, 12, worker);
            finish(
                    number,
                    13,
                    "10:00",
                    worker,
                    "record-round",
                    answers("mainOutcome", "spoke", "spokeOutcome", "declines", "when", hour(13, "09:50")));
            finish(
                    number,
                    13,
                    "10:30",
                    worker,
                    "confirm-refusal",
                    answers("refusal", "confirm", "refusalReason", "help-elsewhere", "doorOpenTold", true));
        }

        private void refused(int number, DemoClient client) {
            intake(number, client, 17);
            finish(
                    number,
                    18,
                    "09:30",
                    coordinator,
                    "accept-intake",
                    answers(
                            "decision",
                            "refuse",
                            "refusalReason",
                            "outside-area",
                            "refusalText",
                            DemoClients.outsideArea(project)));
        }

        private void toAssign(int number, DemoClient client) {
            intake(number, client, 20);
            finish(number, 20, "11:30", coordinator, "accept-intake", Map.of("decision", "accept"));
        }

        private void toAccept(int number, DemoClient client) {
            intake(number, client, 20);
        }

        /** A client who has to be protected, somebody recorded twice, and somebody who gave no name. */
        private void unusualRecords() {
            UserId supervisor = people.everywhere(Role.SUPERVISOR);
            UserId reception = people.everywhere(Role.RECEPTION);
            at(
                    13,
                    "08:30",
                    () -> profiles.protect(
                            cases.byCode(code(PROTECTED)), DemoClients.whyProtected(project), supervisor));
            at(20, "16:00", () -> DemoClients.twin(project)
                    .open(
                            project,
                            DemoClients.TWIN_OF,
                            profiles,
                            cases,
                            clock.today(project.calendar().zone()),
                            reception));
            at(20, "16:20", () -> {
                ProfileId nameless = profiles.create(
                                new NewProfile(
                                        project.id(),
                                        org.ancora.casework.Profile.Person.anonymous(project.locale()),
                                        List.of(),
                                        List.of(),
                                        List.of()),
                                reception)
                        .id();
                cases.open(new NewCase(project.id(), nameless, ReferralSource.SELF, ServiceMode.INDIVIDUAL, reception));
            });
        }

        private void intake(int number, DemoClient client, int day) {
            at(day, "09:05", () -> {
                LocalDate today = clock.today(project.calendar().zone());
                CaseSummary file =
                        client.open(project, number, profiles, cases, today, people.everywhere(Role.RECEPTION));
                episodes.start(file, Track.ENTRY, people.everywhere(Role.RECEPTION));
                codes.put(number, file.code());
            });
        }

        private void assigned(int number, DemoClient client, int day, UserId to) {
            intake(number, client, day);
            finish(number, day, "09:30", coordinator, "accept-intake", Map.of("decision", "accept"));
            finish(number, day, "09:40", coordinator, "assign-caseworker", Map.of("worker", to.toString()));
        }

        /** Nobody answers; a text message goes out where the client agreed to one. */
        private void round(int number, int day, String hour) {
            finish(number, day, hour, worker, "record-round", null);
        }

        private void family(int number, int day, String hour) {
            finish(number, day, hour, worker, "record-family-contact", null);
        }

        private void reached(int number, int day, String hour) {
            finish(
                    number,
                    day,
                    hour,
                    worker,
                    "record-round",
                    answers("mainOutcome", "spoke", "spokeOutcome", "wants-service", "when", hour(day, "09:30")));
        }

        private void writtenDown(int number) {
            at(
                    20,
                    "15:00",
                    () -> records.of(
                            Objects.requireNonNull(codes.get(number)),
                            project.locale(),
                            LocalDate.of(2026, 11, 20),
                            LocalDate.of(2026, 11, number == 2 ? 23 : 27),
                            worker));
        }

        private void referred(int number) {
            at(9, "10:00", () -> referrals.begin(code(number), project.locale(), LocalDate.of(2026, 11, 23), worker));
            at(18, "10:00", () -> referrals.goOn(code(number), project.locale(), LocalDate.of(2026, 12, 4), worker));
        }

        private void admitted(int number, int day, String hour) {
            finish(
                    number,
                    day,
                    hour,
                    worker,
                    "admit",
                    answers(
                            "admission",
                            "admitted",
                            "serviceFrom",
                            LocalDate.of(2026, 11, day).plusDays(1).toString()));
        }

        private void toldByPhone(int number, int day, String hour) {
            finish(
                    number,
                    day,
                    hour,
                    worker,
                    "tell-source",
                    answers("sourceChannel", "phone", "when", hour(day, "09:15")));
        }

        private Map<String, Object> letter(String channel) {
            return answers("letterLanguage", project.locale().getLanguage(), "letterChannel", channel);
        }

        /** Finishes a task of the case if it is open; a client without a family contact has none to speak to. */
        private void finish(
                int number, int day, String hour, UserId who, String element, @Nullable Map<String, ?> given) {
            at(day, hour, () -> tasks.of(code(number)).stream()
                    .filter(task -> task.element().equals(element))
                    .findFirst()
                    .ifPresent(task -> finish(task, who, given != null ? given : unanswered(task, number, day, hour))));
        }

        private void finish(OpenTask task, UserId who, Map<String, ?> answers) {
            tasks.complete(task.id(), viewers.of(who).orElseThrow(), answers);
        }

        private Map<String, Object> unanswered(OpenTask task, int number, int day, String hour) {
            if (task.element().equals("record-family-contact")) {
                long contact = profiles.get(cases.byCode(code(number)).profile())
                        .supportContacts()
                        .get(0)
                        .id();
                return answers(
                        "supportContact",
                        Long.toString(contact),
                        "familyOutcome",
                        "passed-on",
                        "when",
                        hour(day, hour));
            }
            LawfulWays ways = profiles.get(cases.byCode(code(number)).profile()).lawfulWays();
            boolean text = ways.may(LawfulWays.Way.SMS);
            boolean email = ways.may(LawfulWays.Way.EMAIL);
            Map<String, Object> answers = answers("mainOutcome", "no-answer", "when", hour(day, hour));
            if (text || email) {
                answers.put("furtherChannel", text ? "sms" : "email");
                answers.put("furtherSending", "send");
            } else if (ways.may(LawfulWays.Way.CALL_ALTERNATE)) {
                ContactPoint alternate = Objects.requireNonNull(
                        ways.verdict(LawfulWays.Way.CALL_ALTERNATE).point());
                answers.put("furtherChannel", "alternate-number");
                answers.put("alternateNumber", alternate.id().toString());
                answers.put("furtherOutcome", "no-answer");
            } else {
                answers.put("furtherChannel", "none-on-file");
            }
            return answers;
        }

        private String code(int number) {
            return Objects.requireNonNull(codes.get(number));
        }

        private void at(int day, String hour, Runnable work) {
            Instant at = LocalDateTime.parse(hour(day, hour))
                    .atZone(project.calendar().zone())
                    .toInstant();
            // One story after the other where they share an hour, in the order in which they are told.
            moves.add(new Move(at.plus(moves.size(), ChronoUnit.MILLIS), work));
        }

        private String hour(int day, String hour) {
            return MonthDay.of(11, day).atYear(2026) + "T" + hour;
        }
    }

    private static Map<String, Object> answers(Object... keysAndValues) {
        Map<String, Object> answers = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            answers.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
        }
        return answers;
    }
}
