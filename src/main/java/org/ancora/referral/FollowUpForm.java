package org.ancora.referral;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.network.Projects;
import org.ancora.process.Rehearsed;
import org.ancora.process.Variables;
import org.ancora.process.task.Answers;
import org.ancora.process.task.AnswersRejected;
import org.ancora.process.task.Choice;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.Option;
import org.springframework.stereotype.Component;

/**
 * Following a referral up: what the agency does, what the client did, in which of the project's ways that was found out, and when
 * to ask again (C112–C114, C137).
 */
@Component
class FollowUpForm implements TaskHandler {

    private final Referrals referrals;
    private final Projects projects;
    private final ReferralOptions options;
    private final OptionWords words;
    private final Clock clock;

    FollowUpForm(Referrals referrals, Projects projects, ReferralOptions options, OptionWords words, Clock clock) {
        this.referrals = referrals;
        this.projects = projects;
        this.options = options;
        this.words = words;
        this.clock = clock;
    }

    @Override
    public String form() {
        return "follow-up";
    }

    @Override
    public Set<String> fields() {
        return Set.of("status", "outcome", "kind", "nextOn", "note");
    }

    @Override
    public Map<String, ?> prepare(TaskContext task) {
        Referral referral = referral(task);
        ProjectOptions of = options.of(referral.project());
        Locale locale = task.viewer().locale();
        Map<String, Object> shown = new HashMap<>();
        shown.put("statuses", choices(words.statuses(referral, of, locale)));
        shown.put("outcomes", choices(words.outcomes(referral, of, locale)));
        List<Option> kinds = words.kinds(of, locale);
        shown.put("kinds", choices(kinds));
        shown.put("kindsOffered", !kinds.isEmpty());
        shown.put("status", referral.status().code());
        shown.put("outcome", referral.outcome().code());
        shown.put("nextOn", Soon.TWO_WEEKS.from(today(task), calendar(task)).toString());
        return shown;
    }

    /** The options of the referral's page as choices of a form. */
    private static List<Choice> choices(List<Option> offered) {
        return offered.stream()
                .map(each -> new Choice(each.value(), each.label()))
                .toList();
    }

    @Override
    public Variables complete(TaskContext task, Answers answers) {
        ReferralStatus status = ReferralStatus.of(answers.text("status")).orElseThrow();
        ClientOutcome outcome = ClientOutcome.of(answers.text("outcome")).orElseThrow();
        LocalDate next = answers.findDate("nextOn").orElse(null);
        if (!status.isFinal() && (next == null || next.isBefore(today(task)))) {
            throw AnswersRejected.because("nextOn", next == null ? "referral.next.missing" : "referral.next.past");
        }
        return referrals.followUp(
                task.get(ReferralProcess.REFERRAL),
                new Referral.Result(
                        status,
                        outcome,
                        answers.findText("kind").map(Long::valueOf).orElse(null),
                        answers.findText("note").orElse(""),
                        next),
                task.viewer().id());
    }

    @Override
    public Map<String, ?> rehearsePreparation(Rehearsed task) {
        return ReferralRehearsal.shown(task);
    }

    @Override
    public Optional<Variables> rehearse(Rehearsed task, Answers answers) {
        return Optional.of(ReferralRehearsal.followUp(task, answers));
    }

    private Referral referral(TaskContext task) {
        return referrals.get(task.get(ReferralProcess.REFERRAL));
    }

    private BusinessCalendar calendar(TaskContext task) {
        return projects.calendar(task.projectId());
    }

    private LocalDate today(TaskContext task) {
        return LocalDate.ofInstant(clock.instant(), calendar(task).zone());
    }
}
