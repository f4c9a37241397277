package org.ancora.referral;

import static org.ancora.referral.ReferralProcess.ANSWER_DAYS;
import static org.ancora.referral.ReferralProcess.DUE;
import static org.ancora.referral.ReferralProcess.FINISHED;
import static org.ancora.referral.ReferralProcess.OPENS;
import static org.ancora.referral.ReferralProcess.OVERDUE_AT;
import static org.ancora.referral.ReferralProcess.OVERDUE_DAYS;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ancora.process.Rehearsable;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.Deadline;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The procedure of referrals without a referral: what its steps and its form leave behind in a rehearsal. */
@Configuration(proxyBeanMethods = false)
class ReferralRehearsal {

    private static final String NEXT = "referral.next";

    @Bean
    static Rehearsable referralRehearsable() {
        return Rehearsable.folder(ReferralProcess.FOLDER)
                .counting("followUpDays", 14, 366)
                .seldom("referralToAgency")
                .hears(ReferralProcess.SEND_ASKED)
                .hears(ReferralProcess.AGENCY_ANSWERED)
                .hears(ReferralProcess.RECORDED, FINISHED, "yes", "no")
                .hears(ReferralProcess.CASE_CLOSED)
                .startsWith(ReferralProcess.REFERRAL, 1L);
    }

    static void applyPolicy(Rehearsed here) {
        here.set(ReferralProcess.limits(here.decide(here.input("decision"), Map.of("project", here.project()))));
    }

    static void planFollowUp(Rehearsed here) {
        Deadline day = onDay(here);
        set(here, day, day.opens());
    }

    static void planAnswer(Rehearsed here) {
        Deadline soon = here.calendar().within(here.now(), here.get(ANSWER_DAYS));
        Deadline day = onDay(here);
        set(here, day.due().isBefore(soon.due()) ? day : soon, here.now());
    }

    static void send(Rehearsed here) {
        here.sends("referral-to-client", "email", "client", Map.of());
        if (here.is("referralToAgency")) {
            here.sends("referral-to-agency", "email", "agency", Map.of());
        }
    }

    private static Deadline onDay(Rehearsed here) {
        BusinessCalendar calendar = here.calendar();
        Instant next = here.remembered(NEXT).orElseGet(() -> {
            LocalDate first = LocalDate.ofInstant(here.now(), calendar.zone())
                    .plusDays(Integer.parseInt(here.fact("followUpDays")));
            here.remember(NEXT, calendar.startOf(first));
            return calendar.startOf(first);
        });
        return calendar.window(next, 0, 0);
    }

    private static void set(Rehearsed here, Deadline deadline, Instant opens) {
        here.set(OPENS, opens);
        here.set(DUE, deadline.due());
        here.set(
                OVERDUE_AT,
                here.calendar().within(deadline.due(), here.get(OVERDUE_DAYS)).due());
    }

    static Map<String, ?> shown(Rehearsed task) {
        return Map.of(
                "statuses",
                Arrays.stream(ReferralStatus.values())
                        .filter(status -> status != ReferralStatus.DRAFT)
                        .map(status -> task.choice(status.code(), "referral.status." + status.code()))
                        .toList(),
                "outcomes",
                Arrays.stream(ClientOutcome.values())
                        .map(outcome -> task.choice(outcome.code(), "referral.outcome." + outcome.code()))
                        .toList(),
                "kinds",
                List.of(),
                "kindsOffered",
                false,
                "status",
                ReferralStatus.SENT.code(),
                "outcome",
                ClientOutcome.UNKNOWN.code(),
                "nextOn",
                Soon.TWO_WEEKS
                        .from(LocalDate.ofInstant(task.now(), task.zone()), task.calendar())
                        .toString());
    }

    static Variables followUp(Rehearsed task, Answers answers) {
        ReferralStatus status = ReferralStatus.of(answers.text("status")).orElseThrow();
        LocalDate next = answers.findDate("nextOn").orElse(null);
        if (!status.isFinal() && (next == null || next.isBefore(LocalDate.ofInstant(task.now(), task.zone())))) {
            throw AnswersRejected.because("nextOn", next == null ? "referral.next.missing" : "referral.next.past");
        }
        if (next != null) {
            task.remember(NEXT, task.calendar().startOf(next));
        }
        return Variables.of(FINISHED, next == null);
    }
}
