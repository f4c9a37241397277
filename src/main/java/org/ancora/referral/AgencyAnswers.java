package org.ancora.referral;

import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an agency says by its link. Saying the same again changes nothing, and what was settled is not unsettled by it: a
 * caseworker looks at every answer.
 */
@Service
class AgencyAnswers {

    private final AgencyLinks links;
    private final ReferralRows rows;
    private final Cases cases;
    private final Profiles profiles;
    private final Notices notices;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AgencyAnswers(
            AgencyLinks links,
            ReferralRows rows,
            Cases cases,
            Profiles profiles,
            Notices notices,
            Processes processes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.links = links;
        this.rows = rows;
        this.cases = cases;
        this.profiles = profiles;
        this.notices = notices;
        this.processes = processes;
        this.events = events;
        this.clock = clock;
    }

    /** What came of a referral, as an agency tells it. */
    enum Report {
        CAME(ReferralStatus.COMPLETED, ClientOutcome.ATTENDED),
        BEGUN(ReferralStatus.IN_PROGRESS, ClientOutcome.ATTENDED),
        NO_SHOW(ReferralStatus.FAILED, ClientOutcome.NO_SHOW),
        DECLINED(ReferralStatus.FAILED, ClientOutcome.DECLINED);

        private final ReferralStatus status;
        private final ClientOutcome outcome;

        Report(ReferralStatus status, ClientOutcome outcome) {
            this.status = status;
            this.outcome = outcome;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Report> of(String code) {
            return Stream.of(values())
                    .filter(report -> report.code().equals(code))
                    .findFirst();
        }
    }

    /** A link with the referral that it is about. */
    record Opened(AgencyLinks.Link link, Referral referral) {

        /** Whether the agency may be told who the client is, for the asking. */
        boolean mayLearnWhoItIs() {
            return link.namesClient()
                    && (referral.status() == ReferralStatus.ACCEPTED
                            || referral.status() == ReferralStatus.IN_PROGRESS);
        }
    }

    /** The client, as an agency that accepted learns them. */
    record Person(String name, String phone, String number) {}

    /** Looks through a link; nothing is changed by it. */
    @Transactional(readOnly = true)
    public Optional<Opened> open(String secret) {
        return links.find(secret).map(link -> new Opened(link, rows.get(link.referral())));
    }

    /** The agency takes the client; returns false when the link opens nothing. */
    @Transactional
    public boolean accept(String secret, String who) {
        return settle(secret, "referral.agency-accepted", who, "", ReferralStatus.ACCEPTED, null);
    }

    /** The agency cannot take the client. */
    @Transactional
    public boolean decline(String secret, String who, String reason) {
        return settle(secret, "referral.agency-declined", who, reason, ReferralStatus.REJECTED, null);
    }

    /** The agency tells what came of it. */
    @Transactional
    public boolean report(String secret, String who, Report report, String note) {
        return settle(secret, "referral.agency-reported", who, note, report.status, report.outcome);
    }

    private boolean settle(
            String secret,
            String action,
            String who,
            String words,
            ReferralStatus status,
            @Nullable ClientOutcome outcome) {
        Optional<AgencyLinks.Link> link = links.find(secret);
        if (link.isEmpty()) {
            return false;
        }
        Referral before = rows.lock(link.get().referral());
        // Asked again: while this one waited for the row somebody else may have ended it.
        if (before.isFinished()) {
            return false;
        }
        boolean yesOrNo = outcome == null;
        if (before.status().isFinal() || (yesOrNo && !before.status().awaitsAnswer())) {
            return true;
        }
        ClientOutcome told = Objects.requireNonNullElse(outcome, before.outcome());
        if (before.status() == status && before.outcome() == told) {
            return true;
        }
        rows.change(before.id(), status, told);
        rows.note(
                before.id(),
                clock.instant(),
                action.substring("referral.".length()),
                null,
                who,
                status,
                outcome,
                words);
        events.publishEvent(Referrals.audited(action, before, null).with("status", status.code()));
        tell(before, status);
        processes.tell(Objects.requireNonNull(before.process()), ReferralProcess.AGENCY_ANSWERED, Variables.none());
        return true;
    }

    private void tell(Referral referral, ReferralStatus status) {
        NewNotice notice = NewNotice.of(
                "referral-answered",
                referral.project(),
                referral.caseCode(),
                "referral-answered/" + referral.id() + "/" + (referral.version() + 1),
                "key:referral.status." + status.code());
        UserId worker = referral.worker();
        if (worker == null) {
            notices.tell(Role.COORDINATOR, notice);
        } else {
            notices.tell(worker, notice);
        }
    }

    /** Who the client is, for an agency that accepted and may know; each time is written down. */
    @Transactional
    public Optional<Person> person(String secret) {
        return open(secret).filter(Opened::mayLearnWhoItIs).flatMap(this::person);
    }

    private Optional<Person> person(Opened opened) {
        CaseSummary caseFile = cases.byCode(opened.referral().caseCode());
        if (profiles.isProtected(caseFile.profile())) {
            return Optional.empty();
        }
        Profile client = profiles.get(caseFile.profile());
        LawfulWays.Verdict call = client.lawfulWays().verdict(LawfulWays.Way.CALL_MAIN);
        ContactPoint phone = call.isLawful() ? call.point() : null;
        rows.note(opened.referral().id(), clock.instant(), "client-shown", null, "", null, null, "");
        events.publishEvent(Referrals.audited("referral.client-shown", opened.referral(), null));
        return Optional.of(
                phone == null
                        ? new Person(client.name(), "", "")
                        : new Person(client.name(), phone.value(), phone.display()));
    }
}
