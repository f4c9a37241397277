package org.ancora.referral;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Channel;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.Profiles;
import org.ancora.correspondence.LetterKind;
import org.ancora.correspondence.LetterPreview;
import org.ancora.correspondence.Letters;
import org.ancora.correspondence.LinkMaker;
import org.ancora.correspondence.MessageId;
import org.ancora.correspondence.NewLetter;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.ancora.correspondence.RecipientKind;
import org.ancora.network.Projects;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.referral.directory.Directory;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writing to client and agency about a referral (C104, C-R13). What somebody asked for is kept; a step of the procedure
 * writes it, once, in the words that they saw; it travels through the outbox like every message.
 */
@Service
class Sendings {

    private static final LetterKind TO_CLIENT = new LetterKind(ReferralProcess.FOLDER, "referral-to-client");
    private static final LetterKind TO_CLIENT_SMS = new LetterKind(ReferralProcess.FOLDER, "referral-to-client-sms");
    private static final LetterKind TO_AGENCY = new LetterKind(ReferralProcess.FOLDER, "referral-to-agency");

    /** Why something is not sent: the project does not write about referrals in this way; words are {@code why.*}. */
    static final String NOT_IN_THIS_PROJECT = "referral-not-in-project";

    private final JdbcClient jdbc;
    private final ReferralRows rows;
    private final ReferralOptions options;
    private final AgencyLinks links;
    private final Letters letters;
    private final Directory directory;
    private final Notices notices;
    private final Cases cases;
    private final Profiles profiles;
    private final Projects projects;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Dates dates;
    private final Clock clock;
    private final Clock wallClock;

    Sendings(
            JdbcClient jdbc,
            ReferralRows rows,
            ReferralOptions options,
            AgencyLinks links,
            Letters letters,
            Directory directory,
            Notices notices,
            Cases cases,
            Profiles profiles,
            Projects projects,
            Processes processes,
            ApplicationEventPublisher events,
            Dates dates,
            Clock clock,
            @Qualifier("wallClock") Clock wallClock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.options = options;
        this.links = links;
        this.letters = letters;
        this.directory = directory;
        this.notices = notices;
        this.cases = cases;
        this.profiles = profiles;
        this.projects = projects;
        this.processes = processes;
        this.events = events;
        this.dates = dates;
        this.clock = clock;
        this.wallClock = wallClock;
    }

    /** The message as its receiver would get it now; where the agency's link will stand, {@code link} does. */
    @Transactional(readOnly = true)
    public LetterPreview preview(Referral referral, Sending.Asked asked, String link) {
        return letters.preview(
                kind(asked.recipient(), asked.channel()),
                referral.caseCode(),
                asked.recipient(),
                asked.language(),
                asked.recipient() == RecipientKind.AGENCY
                        ? toAgency(referral, link, shownUntil(referral, language(referral, asked.language())))
                        : values(referral, false));
    }

    /** Until when a link that leaves now would work; as the link itself, it is not known before its procedure knows it. */
    private String shownUntil(Referral referral, Locale language) {
        String process = referral.process();
        return process == null
                ? "…"
                : processes
                        .find(process, ReferralProcess.LINK_DAYS)
                        .map(days -> until(referral, expiry(referral, days), language))
                        .orElse("…");
    }

    /** The end of its last day: the letter names the day, and whoever opens it in the evening is not turned away. */
    private Instant expiry(Referral referral, int linkDays) {
        ZoneId zone = projects.calendar(referral.project()).zone();
        return LocalDate.ofInstant(wallClock.instant(), zone)
                .plusDays(linkDays + 1L)
                .atStartOfDay(zone)
                .toInstant()
                .minusSeconds(1);
    }

    private String until(Referral referral, Instant expires, Locale language) {
        return dates.longDay(
                LocalDate.ofInstant(
                        expires, projects.calendar(referral.project()).zone()),
                language);
    }

    private Locale language(Referral referral, @Nullable Locale wanted) {
        return wanted == null ? projects.get(referral.project()).locale() : wanted;
    }

    /**
     * Asks for messages to be written; the procedure does it at its next step.
     *
     * @param version of the referral that the person saw, so that a second press sends nothing
     * @throws OptimisticLockingFailureException when it was changed since, or nothing is left to do about it
     */
    @Transactional
    public void ask(long id, int version, Collection<Sending.Asked> asked, UserId by) {
        ask(id, version, asked, null, by);
    }

    /**
     * As above, with what was put right about the agency before it goes out (C104).
     *
     * @param reached the agency with the e-mail address and number that stand on this referral from now on; the
     *     directory keeps its own. Null when they stay as they are.
     */
    @Transactional
    public void ask(long id, int version, Collection<Sending.Asked> asked, @Nullable Resource reached, UserId by) {
        Referral now = rows.lock(id);
        if (now.version() != version || now.isFinished()) {
            throw new OptimisticLockingFailureException(
                    "referral %d is no longer at version %d".formatted(id, version));
        }
        rows.change(id, now.status(), now.outcome());
        if (reached != null) {
            correct(now, reached, by);
        }
        for (Sending.Asked each : asked) {
            insert(now.id(), each, by);
            rows.note(
                    now.id(),
                    clock.instant(),
                    "asked-" + each.recipient().code() + "-" + each.channel().code(),
                    by,
                    "",
                    null,
                    null,
                    "");
            events.publishEvent(Referrals.audited("referral.send-asked", now, by)
                    .with("channel", each.channel().code())
                    .with("recipient", each.recipient().code())
                    .with("namesClient", each.namesClient()));
        }
        if (!processes.tell(Objects.requireNonNull(now.process()), ReferralProcess.SEND_ASKED, Variables.none())) {
            throw new OptimisticLockingFailureException("referral %d goes on at this moment".formatted(now.id()));
        }
    }

    private void correct(Referral before, Resource reached, UserId by) {
        String words = Stream.of(
                        moved(before.resource().email(), reached.email()),
                        moved(before.resource().phone(), reached.phone()))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        if (words.isEmpty()) {
            return;
        }
        rows.correct(before.id(), reached);
        rows.note(before.id(), clock.instant(), "agency-corrected", by, "", null, null, words);
        events.publishEvent(Referrals.audited("referral.agency-corrected", before, by));
    }

    private static String moved(String from, String to) {
        return from.equals(to) ? "" : (from.isEmpty() ? "–" : from) + " → " + (to.isEmpty() ? "–" : to);
    }

    /** What was asked to be sent about these referrals, the oldest first. */
    @Transactional(readOnly = true)
    public List<Sending> of(Collection<Long> referrals) {
        return jdbc.sql("select * from referral_sending where referral_id = any(:referrals) order by id")
                .param("referrals", referrals.toArray(Long[]::new))
                .query(Sendings::read)
                .list();
    }

    /** Writes what was asked for and is not yet written. What is written stays so, however often the step is tried. */
    @Transactional
    public void send(long id, int linkDays) {
        Referral referral = rows.lock(id);
        List<Sending> waiting =
                of(List.of(id)).stream().filter(Sending::isWaiting).toList();
        boolean sent = false;
        for (Sending each : waiting) {
            sent |= send(referral, each, linkDays);
        }
        if (sent && referral.status() == ReferralStatus.DRAFT) {
            rows.change(id, ReferralStatus.SENT, referral.outcome());
            rows.note(id, clock.instant(), "sent", null, "", ReferralStatus.SENT, null, "");
            events.publishEvent(Referrals.audited("referral.sent", referral, null));
        }
    }

    private boolean send(Referral referral, Sending sending, int linkDays) {
        boolean toAgency = sending.recipient() == RecipientKind.AGENCY;
        if (!options.of(referral.project()).sends(sending.channel())) {
            refuse(referral, sending, NOT_IN_THIS_PROJECT);
            return false;
        }
        if (!toAgency) {
            LawfulWays.Verdict verdict = verdict(referral, sending.channel());
            if (!verdict.isLawful()) {
                refuse(referral, sending, verdict.why().code());
                return false;
            }
        }
        MessageId message = toAgency ? toAgency(referral, sending, linkDays) : toClient(referral, sending);
        jdbc.sql("update referral_sending set message_id = :message where id = :id")
                .param("message", message.value())
                .param("id", sending.id())
                .update();
        return true;
    }

    /** Asked again at the moment of writing: consent may have been withdrawn since the page was open. */
    private LawfulWays.Verdict verdict(Referral referral, Channel channel) {
        CaseSummary caseFile = cases.byCode(referral.caseCode());
        return profiles.get(caseFile.profile())
                .lawfulWays()
                .verdict(channel == Channel.SMS ? LawfulWays.Way.SMS : LawfulWays.Way.EMAIL);
    }

    private MessageId toClient(Referral referral, Sending sending) {
        return letters.send(new NewLetter(
                        kind(sending.recipient(), sending.channel()),
                        referral.caseCode(),
                        RecipientKind.CLIENT,
                        sending.channel(),
                        sending.language(),
                        values(referral, false),
                        onceKey(sending),
                        sending.askedBy()))
                .message();
    }

    private MessageId toAgency(Referral referral, Sending sending, int linkDays) {
        Instant expires = expiry(referral, linkDays);
        long link = links.issue(referral.id(), sending.id(), expires);
        Locale language = language(referral, sending.language());
        Map<String, Object> values =
                toAgency(referral, LinkMaker.place(AgencyLinks.PURPOSE, link), until(referral, expires, language));
        return letters.sendToAgency(
                TO_AGENCY,
                referral.caseCode(),
                new Letters.Agency(referral.resource().organization(), sending.address(), language),
                values,
                onceKey(sending),
                sending.askedBy());
    }

    /** Between the page and the step somebody withdrew their consent, or the referral ended: nothing is written. */
    private void refuse(Referral referral, Sending sending, String why) {
        jdbc.sql("update referral_sending set refused = :why where id = :id")
                .param("why", why)
                .param("id", sending.id())
                .update();
        rows.note(referral.id(), clock.instant(), "not-sent", null, "", null, null, "");
        events.publishEvent(Referrals.audited("referral.not-sent", referral, null));
        notices.tell(
                sending.askedBy(),
                NewNotice.of(
                        "referral-not-sent",
                        referral.project(),
                        referral.caseCode(),
                        "referral-not-sent/" + sending.id()));
    }

    /** Whether the agency may be told who the client is: never, while the client is protected. */
    boolean mayNameClient(CaseSummary caseFile) {
        return !profiles.isProtected(caseFile.profile());
    }

    /**
     * @param link where the agency answers
     * @param until the last day on which it does, in words
     */
    private Map<String, Object> toAgency(Referral referral, String link, String until) {
        Map<String, Object> values = values(referral, true);
        values.put("answerLink", link);
        values.put("answerUntil", until);
        return values;
    }

    private Map<String, Object> values(Referral referral, boolean toAgency) {
        Resource resource = referral.resource();
        Map<String, Object> values = new HashMap<>();
        values.put("reference", referral.reference());
        values.put("resource", resource.title());
        values.put("resourcePhone", resource.phone());
        values.put("resourceAddress", resource.where());
        values.put("resourceWebsite", resource.website());
        values.put("resourceHours", toAgency ? "" : hours(referral));
        // Stands within a sentence of ours.
        values.put("need", referral.need().words().replaceFirst("[.\\s]+$", ""));
        values.put("kindOfHelp", referral.need().term());
        return values;
    }

    /** When it is open, for the client: whoever chose it may have read that in another language. */
    private String hours(Referral referral) {
        Resource resource = referral.resource();
        Long inDirectory = resource.id();
        return inDirectory == null || resource.schedule().isBlank()
                ? resource.schedule()
                : directory.hoursIn(inDirectory, resource.schedule(), letters.language(referral.caseCode()));
    }

    private static LetterKind kind(RecipientKind recipient, Channel channel) {
        return recipient == RecipientKind.AGENCY ? TO_AGENCY : channel == Channel.SMS ? TO_CLIENT_SMS : TO_CLIENT;
    }

    private static String onceKey(Sending sending) {
        return "referral-sending/" + sending.id();
    }

    private void insert(long referral, Sending.Asked asked, UserId by) {
        Locale language = asked.language();
        jdbc.sql("""
                        insert into referral_sending (referral_id, recipient, channel, address, language, names_client,
                                                      asked_at, asked_by)
                        values (:referral, :recipient, :channel, :address, :language, :names, :now, :by)
                        """)
                .param("referral", referral)
                .param("recipient", asked.recipient().code())
                .param("channel", asked.channel().code())
                .param("address", asked.address())
                .param("language", language == null ? null : language.getLanguage())
                .param("names", asked.namesClient())
                .param("now", ReferralRows.at(clock.instant()))
                .param("by", by.value())
                .update();
    }

    private static Sending read(ResultSet row, int number) throws SQLException {
        @Nullable Long message = row.getObject("message_id", Long.class);
        String language = row.getString("language");
        return new Sending(
                row.getLong("id"),
                row.getLong("referral_id"),
                row.getString("recipient").equals("agency") ? RecipientKind.AGENCY : RecipientKind.CLIENT,
                Channel.of(row.getString("channel")),
                row.getString("address"),
                language == null ? null : Locale.forLanguageTag(language),
                row.getBoolean("names_client"),
                ReferralRows.required(row, "asked_at"),
                new UserId(row.getLong("asked_by")),
                message == null ? null : new MessageId(message),
                row.getString("refused"));
    }
}
