package org.ancora.casework;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The clients: who they are, how they may be reached, and what they agreed to. */
@Service
public class Profiles {

    private final ProfileRows rows;
    private final Projects projects;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Profiles(ProfileRows rows, Projects projects, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.projects = projects;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Returns a client with contact points, consents and support contacts, in one statement.
     *
     * @throws Hidden when there is none with this id
     */
    public Profile get(ProfileId id) {
        return rows.find(id).orElseThrow(() -> new Hidden("profile", id));
    }

    /**
     * Tells what is wrong with a number or address before it is recorded.
     *
     * @throws InvalidContact when it cannot be one
     */
    public void check(Project project, NewContactPoint point) {
        CheckedContact.check(point.kind(), point.value(), project);
    }

    /**
     * Records a client.
     *
     * @param by who records them; {@link UserId#SYSTEM} for Ancora itself
     * @throws InvalidContact when a number or address cannot be one
     */
    @Transactional
    public Profile create(NewProfile profile, UserId by) {
        Project project = projects.get(profile.project());
        ProfileId id = rows.insert(project.network().id(), profile.person(), clock.instant());
        for (NewContactPoint point : profile.contactPoints()) {
            rows.insert(id, point, CheckedContact.check(point.kind(), point.value(), project));
        }
        for (NewConsent consent : profile.consents()) {
            requireWording(consent);
            rows.insert(id, consent, by, clock.instant());
        }
        profile.supportContacts().forEach(contact -> rows.insert(id, checked(contact, project)));
        events.publishEvent(new Audited("profile.created", project.id(), null, "profile", id.toString(), by, Map.of()));
        return get(id);
    }

    /**
     * Protects a client: their name and contact points are shown only to those who may see them. Protecting again changes
     * the reason.
     *
     * @param reason why; not blank
     */
    @Transactional
    public void protect(CaseSummary context, String reason, UserId by) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Nobody is protected without a reason");
        }
        rows.protect(context.profile(), reason.strip(), by, clock.instant());
        tell("profile.protected", context, by);
    }

    /** Ends a client's protection; without one nothing changes. */
    @Transactional
    public void unprotect(CaseSummary context, UserId by) {
        if (rows.unprotect(context.profile())) {
            tell("profile.unprotected", context, by);
        }
    }

    /**
     * Adds to a client on record what a new intake told of them: numbers and addresses that are not known yet, answers about
     * channels, and people close to them. Nothing that is known is overwritten.
     *
     * @throws InvalidContact when a number or address cannot be one
     */
    @Transactional
    public void complete(CaseSummary context, NewProfile told, UserId by) {
        Project project = projects.get(context.project());
        Profile known = get(context.profile());
        for (NewContactPoint point : told.contactPoints()) {
            String value =
                    CheckedContact.check(point.kind(), point.value(), project).value();
            if (known.contactPoints(point.kind()).noneMatch(each -> each.value().equalsIgnoreCase(value))) {
                addContactPoint(
                        context,
                        new NewContactPoint(point.kind(), point.value(), point.label(), false, point.safe()),
                        by);
            }
        }
        told.consents().forEach(consent -> recordConsent(context, consent, by));
        told.supportContacts().stream()
                .filter(contact -> known.supportContacts().stream()
                        .noneMatch(each -> SearchText.of(each.name()).equals(SearchText.of(contact.name()))))
                .forEach(contact -> addSupportContact(context, contact, by));
    }

    /** Returns whether a client is protected. */
    public boolean isProtected(ProfileId id) {
        return rows.isProtected(id);
    }

    /** Sets names and personal data as they were decided on when two records became one; the merge tells the log. */
    @Transactional
    public void settle(ProfileId id, Profile.Person person) {
        rows.update(id, person, get(id).version());
    }

    /** Changes names and personal data, unless somebody else did so since {@code version}. */
    @Transactional
    public void changePerson(CaseSummary context, Profile.Person person, int version, UserId by) {
        rows.update(context.profile(), person, version);
        tell("profile.changed", context, by);
    }

    /**
     * Records one more number or address.
     *
     * @param context the case from which it is recorded, for the log
     * @throws InvalidContact when it cannot be one
     */
    @Transactional
    public ContactPointId addContactPoint(CaseSummary context, NewContactPoint point, UserId by) {
        Project project = projects.get(context.project());
        rows.touch(context.profile());
        ContactPointId id =
                rows.insert(context.profile(), point, CheckedContact.check(point.kind(), point.value(), project));
        tell("profile.contact-added", context, by, "kind", point.kind().code());
        return id;
    }

    /**
     * Changes a number or address; a new value counts as not yet tried.
     *
     * @throws InvalidContact when it cannot be one
     * @throws Hidden when the client has no such contact point
     */
    @Transactional
    public void changeContactPoint(CaseSummary context, ContactPointId id, NewContactPoint point, UserId by) {
        changeContactPoint(context, id, null, point, by);
    }

    /**
     * As {@link #changeContactPoint(CaseSummary, ContactPointId, NewContactPoint, UserId)}, unless somebody else changed it
     * since {@code version}.
     *
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody did
     */
    @Transactional
    public void changeContactPoint(
            CaseSummary context, ContactPointId id, @Nullable Integer version, NewContactPoint point, UserId by) {
        Project project = projects.get(context.project());
        rows.touch(context.profile());
        rows.update(context.profile(), id, version, point, CheckedContact.check(point.kind(), point.value(), project));
        tell("profile.contact-changed", context, by, "kind", point.kind().code());
    }

    /**
     * Takes a number or address out of use; it stays in the records.
     *
     * @throws Hidden when the client has no such contact point
     */
    @Transactional
    public void removeContactPoint(CaseSummary context, ContactPointId id, UserId by) {
        rows.touch(context.profile());
        ContactKind kind = rows.remove(context.profile(), id, clock.instant());
        tell("profile.contact-removed", context, by, "kind", kind.code());
    }

    /**
     * Notes that a number or address leads nowhere, so that it is not offered again (A-R3). Saying so twice changes nothing.
     *
     * @throws Hidden when the client has no such contact point
     */
    @Transactional
    public void reportFailure(CaseSummary context, ContactPointId id, Failure failure, UserId by) {
        ContactKind kind = rows.fail(context.profile(), id, failure, clock.instant());
        events.publishEvent(audited("profile.contact-failed", context, by)
                .with("kind", kind.code())
                .with("failure", failure.code()));
    }

    /**
     * Records the client's answer about a channel; an answer that held until now ends on the same day.
     *
     * @throws IllegalArgumentException when the day of the answer lies in the future, or the wording was not in use then
     */
    @Transactional
    public void recordConsent(CaseSummary context, NewConsent consent, UserId by) {
        recordConsent(context, consent, null, by);
    }

    /**
     * As {@link #recordConsent(CaseSummary, NewConsent, UserId)}, unless somebody else recorded an answer about the same
     * channel meanwhile.
     *
     * @param seen the ids of the answers in force that the form showed; null to record it however they stand
     */
    @Transactional
    public void recordConsent(CaseSummary context, NewConsent consent, @Nullable Set<Long> seen, UserId by) {
        if (consent.givenOn().isAfter(today(context))) {
            throw new IllegalArgumentException("A consent cannot be given in the future: " + consent.givenOn());
        }
        requireWording(consent);
        rows.touch(context.profile());
        expect(context, consent.channel(), seen);
        rows.withdraw(context.profile(), consent.channel(), consent.givenOn(), "", by);
        rows.insert(context.profile(), consent, by, clock.instant());
        String action = consent.given() ? "profile.consent-given" : "profile.consent-refused";
        tell(action, context, by, "channel", consent.channel().code());
    }

    /** Records that the client takes their answer about a channel back; without one nothing changes. */
    @Transactional
    public void withdrawConsent(CaseSummary context, Channel channel, UserId by) {
        withdrawConsent(context, channel, "", by);
    }

    /** As {@link #withdrawConsent(CaseSummary, Channel, UserId)}, with how and to whom it was said; may be empty. */
    @Transactional
    public void withdrawConsent(CaseSummary context, Channel channel, String note, UserId by) {
        withdrawConsent(context, channel, note, null, by);
    }

    /** As the others, unless the answer in force is not among those {@code seen}. */
    @Transactional
    public void withdrawConsent(
            CaseSummary context, Channel channel, String note, @Nullable Set<Long> seen, UserId by) {
        rows.touch(context.profile());
        expect(context, channel, seen);
        if (rows.withdraw(context.profile(), channel, today(context), note.strip(), by)) {
            tell("profile.consent-withdrawn", context, by, "channel", channel.code());
        }
    }

    /** Whoever answered holds the client's row by now, so nobody else records an answer until this one is kept. */
    private void expect(CaseSummary context, Channel channel, @Nullable Set<Long> seen) {
        if (seen == null) {
            return;
        }
        boolean same = get(context.profile()).consents().stream()
                .filter(each -> each.channel() == channel)
                .allMatch(each -> seen.contains(each.id()) == (each.withdrawnOn() == null));
        if (!same) {
            throw new OptimisticLockingFailureException("another answer about " + channel.code() + " was recorded");
        }
    }

    /**
     * Records somebody close to the client.
     *
     * @throws InvalidContact when their number cannot be one
     */
    @Transactional
    public void addSupportContact(CaseSummary context, NewSupportContact contact, UserId by) {
        rows.touch(context.profile());
        rows.insert(context.profile(), checked(contact, projects.get(context.project())));
        tell("profile.support-added", context, by);
    }

    /**
     * Changes what is known of somebody close to the client, unless somebody else did so since {@code version}.
     *
     * @param version null to change it however it stands
     * @throws InvalidContact when their number cannot be one
     * @throws Hidden when the client has no such support contact
     * @throws org.springframework.dao.OptimisticLockingFailureException when somebody did
     */
    @Transactional
    public void changeSupportContact(
            CaseSummary context, long id, @Nullable Integer version, NewSupportContact contact, UserId by) {
        rows.touch(context.profile());
        rows.update(context.profile(), id, version, checked(contact, projects.get(context.project())));
        tell("profile.support-changed", context, by);
    }

    /** A consent that points at no words says nothing about what the client agreed to. */
    private static void requireWording(NewConsent consent) {
        if (ConsentWording.find(consent.wordingVersion())
                .filter(wording -> !consent.givenOn().isBefore(wording.since()))
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "No wording %s on %s".formatted(consent.wordingVersion(), consent.givenOn()));
        }
    }

    /** Somebody without a number may still be called on; a number that is given has to be one. */
    private static NewSupportContact checked(NewSupportContact contact, Project project) {
        return contact.phone().isBlank()
                ? contact
                : new NewSupportContact(
                        contact.name(),
                        contact.relation(),
                        CheckedContact.check(ContactKind.PHONE, contact.phone(), project)
                                .display(),
                        contact.mayBeSpokenTo());
    }

    private LocalDate today(CaseSummary context) {
        return LocalDate.ofInstant(
                clock.instant(), projects.calendar(context.project()).zone());
    }

    private void tell(String action, CaseSummary context, UserId by) {
        events.publishEvent(audited(action, context, by));
    }

    private void tell(String action, CaseSummary context, UserId by, String key, String code) {
        events.publishEvent(audited(action, context, by).with(key, code));
    }

    private static Audited audited(String action, CaseSummary context, UserId by) {
        return new Audited(
                action,
                context.project(),
                context.code(),
                "profile",
                context.profile().toString(),
                by,
                Map.of());
    }
}
