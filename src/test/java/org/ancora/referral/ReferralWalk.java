package org.ancora.referral;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Channel;
import org.ancora.correspondence.RecipientKind;
import org.ancora.correspondence.TestInbox;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.process.RunningProcess;
import org.ancora.process.task.OpenTask;
import org.ancora.process.task.Tasks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refers clients and follows them up on the virtual clock, through the same services and forms as the pages. */
@Component
class ReferralWalk {

    static final Resource LEGAL_AID = new Resource(
            null,
            "Legal Aid York",
            "Tenants’ advice",
            "Newmarket office",
            "5 Court Street, Newmarket",
            "905 555 0160",
            "intake@legal-aid.example",
            "legal-aid.example",
            "Mon–Fri 9–12",
            List.of("Tenant rights"),
            LocalDate.parse("2026-10-01"),
            false);

    static final Sending.Asked BY_EMAIL = new Sending.Asked(RecipientKind.CLIENT, Channel.EMAIL, "", null, false);
    static final Sending.Asked BY_SMS = new Sending.Asked(RecipientKind.CLIENT, Channel.SMS, "", null, false);

    final CaseworkFixtures fixtures;
    final Cases cases;
    final Referrals referrals;
    final Sendings sendings;
    final AgencyLinks links;
    final AgencyAnswers answers;
    final Revoking revoking;
    final Tasks tasks;
    final Processes processes;
    final Clockwork clockwork;
    final Clock clock;
    final JdbcClient jdbc;
    private final TestInbox inbox;

    ReferralWalk(
            CaseworkFixtures fixtures,
            Cases cases,
            Referrals referrals,
            Sendings sendings,
            AgencyLinks links,
            AgencyAnswers answers,
            Revoking revoking,
            Tasks tasks,
            Processes processes,
            Clockwork clockwork,
            Clock clock,
            JdbcClient jdbc,
            TestInbox inbox) {
        this.fixtures = fixtures;
        this.cases = cases;
        this.referrals = referrals;
        this.sendings = sendings;
        this.links = links;
        this.answers = answers;
        this.revoking = revoking;
        this.tasks = tasks;
        this.processes = processes;
        this.clockwork = clockwork;
        this.clock = clock;
        this.jdbc = jdbc;
        this.inbox = inbox;
    }

    /** York's team: Sam the caseworker, Cora the coordinator, Susan the supervisor. */
    Team inOntario() {
        Project york = fixtures.aProjectInOntario();
        return new Team(
                this,
                york,
                fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER),
                fixtures.aPerson("Cora Lindqvist", york, Role.COORDINATOR),
                fixtures.aPerson("Susan Okafor", york, Role.SUPERVISOR));
    }

    /** People who work on a project's cases. */
    record Team(ReferralWalk walks, Project project, UserId worker, UserId coordinator, UserId supervisor) {

        CaseSummary dana() {
            return walks.fixtures
                    .aClient(project)
                    .consentingTo(Channel.EMAIL, Channel.SMS)
                    .openCaseFor(worker);
        }

        /** Dana, referred to Legal Aid and to be asked about it on Monday 7 December. */
        Walk refer() {
            return refer(dana(), "2026-12-07");
        }

        Walk refer(CaseSummary file, String followUpOn) {
            long id = walks.referrals.make(
                    file,
                    LEGAL_AID,
                    new Referral.Need("Help against an eviction", "Tenant rights", "She is ashamed of it"),
                    LocalDate.parse(followUpOn),
                    worker);
            return new Walk(this, file.code(), id);
        }
    }

    /** One referral on its way. Hours are the project's: {@code 2026-12-07T09:00}. */
    record Walk(Team team, String code, long id) {

        private ReferralWalk walks() {
            return team.walks();
        }

        Referral referral() {
            return walks().referrals.get(id);
        }

        CaseSummary file() {
            return walks().cases.byCode(code);
        }

        Walk moveTo(String hour) {
            walks().clockwork.moveTo(instant(hour));
            return this;
        }

        Walk secondBefore(String hour) {
            walks().clockwork.moveTo(instant(hour).minusSeconds(1));
            return this;
        }

        Instant instant(String hour) {
            return LocalDateTime.parse(hour)
                    .atZone(team.project().calendar().zone())
                    .toInstant();
        }

        /** Asks for messages and lets the procedure write them. */
        Walk send(Sending.Asked... asked) {
            ask(asked);
            walks().clockwork.runDueJobs();
            return this;
        }

        Walk ask(Sending.Asked... asked) {
            walks().sendings.ask(id, referral().version(), List.of(asked), team.worker());
            return this;
        }

        /** Sends the agency its e-mail, and returns what opens its page. */
        String linkOf(boolean namesClient) {
            send(toAgency(namesClient));
            return walks().lastLink();
        }

        Walk record(String status, String outcome, String nextOn) {
            walks().referrals.record(file(), id, referral().version(), result(status, outcome, nextOn), team.worker());
            walks().clockwork.runDueJobs();
            return this;
        }

        Walk followUp(String status, String outcome, String nextOn) {
            return complete(task(), team.worker(), status, outcome, nextOn);
        }

        /** Found completed, in one of the project's ways. */
        Walk followUpBy(String kind) {
            Map<String, Object> answers = Map.of("status", "completed", "outcome", "attended", "kind", kind);
            walks().tasks.complete(task().id(), walks().fixtures.viewer(team.worker()), answers);
            walks().clockwork.runDueJobs();
            return this;
        }

        Walk complete(OpenTask task, UserId who, String status, String outcome, String nextOn) {
            Map<String, Object> answers = new HashMap<>(Map.of("status", status, "outcome", outcome));
            if (!nextOn.isEmpty()) {
                answers.put("nextOn", nextOn);
            }
            walks().tasks.complete(task.id(), walks().fixtures.viewer(who), answers);
            walks().clockwork.runDueJobs();
            return this;
        }

        OpenTask task() {
            List<OpenTask> open = open();
            assertThat(open).hasSize(1);
            return open.get(0);
        }

        List<OpenTask> open() {
            return walks().tasks.of(code).stream()
                    .filter(task -> task.element().equals("follow-up"))
                    .toList();
        }

        /** When the open task opens and is due: {@code 2026-12-07T09:00/2026-12-07T17:00}. */
        String window() {
            OpenTask task = task();
            return hour(Objects.requireNonNull(task.opens())) + "/" + hour(Objects.requireNonNull(task.due()));
        }

        /** Where its procedure waits, or by which end event it ended. */
        List<String> at() {
            String process = Objects.requireNonNull(referral().process());
            return walks().processes.all(code).stream()
                    .filter(each -> each.id().equals(process))
                    .map(RunningProcess::at)
                    .findFirst()
                    .orElseThrow();
        }

        boolean runs() {
            String process = Objects.requireNonNull(referral().process());
            return walks().processes.running(code).stream()
                    .anyMatch(each -> each.id().equals(process));
        }

        /** "referral-to-client email client sent", in the order in which they were queued. */
        List<String> messages() {
            return walks().jdbc
                    .sql("select concat_ws(' ', kind, channel, recipient, state) from message"
                            + " where case_code = :case and recipient <> 'staff' order by id")
                    .param("case", code)
                    .query(String.class)
                    .list();
        }

        /** Codes of what happened to it, oldest first. */
        List<String> history() {
            List<String> newestFirst = walks().referrals.history(List.of(id)).stream()
                    .map(HistoryLine::what)
                    .toList();
            List<String> oldestFirst = new ArrayList<>(newestFirst);
            Collections.reverse(oldestFirst);
            return oldestFirst;
        }

        List<String> noticesOf(UserId person) {
            return walks().jdbc
                    .sql("select kind from notice where user_id = :person and case_code = :case order by id")
                    .param("person", person.value())
                    .param("case", code)
                    .query(String.class)
                    .list();
        }

        private String hour(Instant instant) {
            return LocalDateTime.ofInstant(instant, team.project().calendar().zone())
                    .truncatedTo(ChronoUnit.MINUTES)
                    .toString();
        }
    }

    static Sending.Asked toAgency(boolean namesClient) {
        return new Sending.Asked(
                RecipientKind.AGENCY, Channel.EMAIL, "intake@legal-aid.example", Locale.ENGLISH, namesClient);
    }

    static Referral.Result result(String status, String outcome, String nextOn) {
        return new Referral.Result(
                ReferralStatus.of(status).orElseThrow(),
                ClientOutcome.of(outcome).orElseThrow(),
                "",
                nextOn.isEmpty() ? null : LocalDate.parse(nextOn));
    }

    /** The secret in the newest e-mail that bears one. */
    String lastLink() {
        List<String> mails = inbox.sources();
        for (int at = mails.size() - 1; at >= 0; at--) {
            Matcher link = Pattern.compile("http://localhost:8080/referral-link/([A-Za-z0-9_-]{43})")
                    .matcher(text(mails.get(at)));
            if (link.find()) {
                return link.group(1);
            }
        }
        throw new AssertionError("no e-mail bears a link");
    }

    /** The words of an e-mail as its reader sees them. */
    static String text(String source) {
        try {
            return text(new MimeMessage(null, new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8))));
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String text(Part part) throws Exception {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            StringBuilder all = new StringBuilder();
            for (int at = 0; at < parts.getCount(); at++) {
                BodyPart each = parts.getBodyPart(at);
                if (!each.isMimeType("application/*")) {
                    all.append(text(each)).append('\n');
                }
            }
            return all.toString();
        }
        return String.valueOf(content);
    }
}
