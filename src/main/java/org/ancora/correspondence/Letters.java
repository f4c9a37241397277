package org.ancora.correspondence;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.Channel;
import org.ancora.casework.Profile;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes letters from the templates that process owners keep, and sends them once: by e-mail, as a text message, or on
 * paper through the print queue. What was sent is kept for good, words, PDF and address (A18, A-R7).
 *
 * <p>Every template may use {@code caseCode}, {@code clientName}, {@code projectName}, {@code organisationName},
 * {@code organisationPhone}, {@code organisationEmail}, {@code organisationAddress}, {@code organisationHours},
 * {@code sourceName}, {@code workerName} and {@code today}, beside the values that its sender adds.
 */
@Service
public class Letters {

    private final LetterWriter writer;
    private final LetterPdf printer;
    private final LetterRows rows;
    private final Outbox outbox;
    private final Messages messages;
    private final Cases cases;
    private final Profiles profiles;
    private final Projects projects;
    private final WaitingPaper waiting;
    private final Clock clock;

    Letters(
            LetterWriter writer,
            LetterPdf printer,
            LetterRows rows,
            Outbox outbox,
            Messages messages,
            Cases cases,
            Profiles profiles,
            Projects projects,
            WaitingPaper waiting,
            Clock clock) {
        this.writer = writer;
        this.printer = printer;
        this.rows = rows;
        this.outbox = outbox;
        this.messages = messages;
        this.cases = cases;
        this.profiles = profiles;
        this.projects = projects;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** The letter in the language that its recipient would get it in; see the longer method. */
    @Transactional(readOnly = true)
    public LetterPreview preview(LetterKind kind, String caseCode, RecipientKind recipient, Map<String, ?> values) {
        return preview(kind, caseCode, recipient, null, values);
    }

    /**
     * The letter as it would read now. Nothing is kept or sent.
     *
     * @param language to write in; null for the one that the client prefers, or the project's for the source
     * @param values placeholders beside those that every letter has
     * @throws LetterBroken when the template is missing or names a placeholder without value
     */
    @Transactional(readOnly = true)
    public LetterPreview preview(
            LetterKind kind,
            String caseCode,
            RecipientKind recipient,
            @Nullable Locale language,
            Map<String, ?> values) {
        CaseSummary caseFile = cases.byCode(caseCode);
        Project project = projects.get(caseFile.project());
        Locale written = language != null ? language : usual(recipient, caseFile, project);
        LetterText words = recipient == RecipientKind.AGENCY
                ? writer.anonymousWords(kind, caseFile, project, written, values)
                : writer.words(kind, caseFile, project, written, values);
        return new LetterPreview(words.title(), words.html(), words.text(), written);
    }

    /** The language in which the client of a case is written to. */
    @Transactional(readOnly = true)
    public Locale language(String caseCode) {
        CaseSummary caseFile = cases.byCode(caseCode);
        return usual(RecipientKind.CLIENT, caseFile, projects.get(caseFile.project()));
    }

    private Locale usual(RecipientKind recipient, CaseSummary caseFile, Project project) {
        return recipient == RecipientKind.CLIENT
                ? Recipient.language(profiles.get(caseFile.profile()), project)
                : project.locale();
    }

    /**
     * Writes a letter and sends it: e-mail and text message through the outbox, paper into the print queue; all of it in
     * the caller's transaction. A second letter with the same key is not written.
     *
     * @throws NotLawful when the recipient may not be written to in this way, as things stand now
     * @throws LetterBroken when the template is missing or names a placeholder without value
     */
    @Transactional
    public SentLetter send(NewLetter letter) {
        return rows.sent(letter.onceKey()).orElseGet(() -> write(letter));
    }

    /**
     * An agency that a client is referred to. It has no record of its own here, so whoever writes to it says where.
     *
     * @param name as it is called
     * @param address its e-mail address
     * @param language to write in
     */
    public record Agency(String name, String address, Locale language) {}

    /**
     * Writes to an agency by e-mail, in the caller's transaction; nothing is kept but the message. Its template may name
     * neither the client nor whoever referred them. A second message with the same key is not queued.
     *
     * @param onceKey what makes it unique, see {@link NewMessage}
     * @throws LetterBroken when the template is missing or names a placeholder without value
     * @throws IllegalArgumentException when the address is none
     */
    @Transactional
    public MessageId sendToAgency(
            LetterKind kind, String caseCode, Agency to, Map<String, ?> values, String onceKey, @Nullable UserId by) {
        CaseSummary caseFile = cases.byCode(caseCode);
        Project project = projects.get(caseFile.project());
        LetterText words = writer.anonymousWords(kind, caseFile, project, to.language(), values);
        return messages.queue(new NewMessage(
                kind.name(),
                caseCode,
                project.id(),
                Channel.EMAIL,
                RecipientKind.AGENCY,
                to.name(),
                to.address(),
                words.title(),
                writer.plainEmail(words, project),
                writer.email(words, project, to.language()),
                to.language(),
                onceKey,
                by));
    }

    private SentLetter write(NewLetter letter) {
        CaseSummary caseFile = cases.byCode(letter.caseCode());
        Project project = projects.get(caseFile.project());
        Profile client = profiles.get(caseFile.profile());
        Recipient recipient = Recipient.of(letter.recipient(), letter.channel(), caseFile, client, project)
                .in(letter.language());
        LetterText words = writer.words(letter.kind(), caseFile, project, recipient.language(), letter.values());
        if (letter.channel() == Channel.SMS) {
            return new SentLetter(messages.queue(message(letter, project, recipient, words)), null);
        }
        boolean post = letter.channel() == Channel.POST;
        LetterSheet sheet = writer.sheet(words, caseFile.code(), project, recipient, post);
        Paper paper = Paper.of(project.calendar().jurisdiction());
        LetterId id = rows.insert(project.id(), letter, recipient, words, printer.print(sheet, paper));
        MessageId message = post
                ? paper(letter, project, recipient, words, id)
                : messages.queue(message(letter, project, recipient, words), id);
        return new SentLetter(message, id);
    }

    /**
     * As {@link #send(NewLetter)}, to somebody who has no case: what may be used in its template are the placeholders about the
     * organisation and the letter's own.
     *
     * @throws LetterBroken when the template is missing or names a placeholder without value
     */
    @Transactional
    public SentLetter send(OpenLetter letter) {
        return rows.sent(letter.onceKey()).orElseGet(() -> write(letter));
    }

    private SentLetter write(OpenLetter open) {
        Project project = projects.get(open.project());
        Recipient recipient =
                new Recipient(open.to().name(), open.to().address(), open.to().language());
        LetterText words = writer.words(open.kind(), project, recipient.language(), open.values());
        NewLetter letter = new NewLetter(
                open.kind(),
                open.reference(),
                RecipientKind.PETITIONER,
                open.channel(),
                recipient.language(),
                open.values(),
                open.onceKey(),
                open.by());
        boolean post = open.channel() == Channel.POST;
        LetterText kept = FreshLinks.without(words);
        LetterSheet sheet = writer.sheet(kept, open.reference(), project, recipient, post);
        Paper paper = Paper.of(project.calendar().jurisdiction());
        LetterId id = rows.insert(project.id(), letter, recipient, kept, printer.print(sheet, paper));
        MessageId message = post
                ? paper(letter, project, recipient, words, id)
                : messages.queue(message(letter, project, recipient, words), id);
        return new SentLetter(message, id);
    }

    private NewMessage message(NewLetter letter, Project project, Recipient recipient, LetterText words) {
        boolean email = letter.channel() == Channel.EMAIL;
        return new NewMessage(
                letter.kind().name(),
                letter.caseCode(),
                project.id(),
                letter.channel(),
                letter.recipient(),
                recipient.name(),
                recipient.address(),
                email ? words.title() : null,
                email ? writer.plainEmail(words, project) : words.text(),
                email ? writer.email(words, project, recipient.language()) : null,
                recipient.language(),
                letter.onceKey(),
                letter.by());
    }

    private MessageId paper(NewLetter letter, Project project, Recipient recipient, LetterText words, LetterId id) {
        MessageId message = outbox.insert(new Outbox.Entry(
                        letter.kind().name(),
                        letter.caseCode(),
                        project.id(),
                        Channel.POST,
                        letter.recipient(),
                        recipient.name(),
                        recipient.address(),
                        null,
                        words.text(),
                        null,
                        recipient.language(),
                        id,
                        letter.onceKey(),
                        "post",
                        letter.by()))
                .orElseThrow(() -> new ConcurrencyFailureException("The same letter is being written just now"));
        waiting.await(project);
        return message;
    }

    /** Whether there is such a letter: owners who publish letters of their own may have none of a kind that came later. */
    public boolean has(LetterKind kind, Locale language) {
        return writer.has(kind, language);
    }

    /** The letters of a case that wait to be printed or posted, the oldest first. */
    @Transactional(readOnly = true)
    public List<LetterId> unposted(String caseCode) {
        return rows.unposted(caseCode);
    }

    /** The letters of one kind, of a case, that wait to be printed or posted, the oldest first. */
    @Transactional(readOnly = true)
    public List<LetterId> unposted(String caseCode, LetterKind kind) {
        return rows.unposted(caseCode, kind);
    }

    /** The message by which a letter travels, with its state. */
    @Transactional(readOnly = true)
    public Optional<MessageSummary> message(LetterId letter) {
        return outbox.ofLetter(letter).map(Outbox.MessageRow::summary);
    }

    /** Notes that a letter was printed; one that is printed or posted already stays as it is. */
    @Transactional
    public void printed(LetterId letter, UserId by) {
        MessageId id = paper(letter);
        if (outbox.delivery(id) instanceof Delivery.Queued queued) {
            outbox.move(id, queued, queued.printed(clock.instant(), by));
        }
    }

    /** Confirms that a letter is in the post. Confirming twice changes nothing. */
    @Transactional
    public void posted(LetterId letter, UserId by) {
        printed(letter, by);
        MessageId id = paper(letter);
        if (outbox.delivery(id) instanceof Delivery.Printed printed) {
            outbox.move(id, printed, printed.posted(clock.instant(), by));
        }
    }

    /** Takes a confirmation back: the letter lies in the print queue again. */
    @Transactional
    void notPosted(LetterId letter, UserId by) {
        MessageId id = paper(letter);
        if (outbox.delivery(id) instanceof Delivery.Posted posted) {
            outbox.move(id, posted, posted.takenBack(clock.instant(), by));
        }
    }

    private MessageId paper(LetterId letter) {
        return message(letter)
                .filter(message -> message.channel() == Channel.POST)
                .map(MessageSummary::id)
                .orElseThrow(() -> new Hidden("letter", letter));
    }
}
