package org.ancora.correspondence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.network.Projects;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The paper that waits in the projects in which somebody may print, and what became of it. */
@Service
class PrintQueue {

    private final Letters letters;
    private final LetterRows rows;
    private final Outbox outbox;
    private final Projects projects;
    private final Cases cases;
    private final ReadLog reads;
    private final ObjectProvider<LetterReaders> readers;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PrintQueue(
            Letters letters,
            LetterRows rows,
            Outbox outbox,
            Projects projects,
            Cases cases,
            ReadLog reads,
            ObjectProvider<LetterReaders> readers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.letters = letters;
        this.rows = rows;
        this.outbox = outbox;
        this.projects = projects;
        this.cases = cases;
        this.reads = reads;
        this.readers = readers;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What lies in the queue.
     *
     * @param paper the letters whose recipients the viewer may know
     * @param kept how many more wait, written to protected clients
     */
    record Lying(List<MessageSummary> paper, long kept) {}

    /** Everything that waits or was posted today, in the given projects. */
    @Transactional(readOnly = true)
    Lying of(Collection<ProjectId> shown, Viewer viewer) {
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        List<MessageSummary> all = outbox.paper(shown.toArray(ProjectId[]::new), yesterday).stream()
                .map(Outbox.MessageRow::summary)
                .filter(message -> !viewer.walledOff(message.caseCode()))
                .filter(message -> message.state() != MessageState.POSTED || isOfToday(message))
                .toList();
        Set<String> concealed = concealed(all, viewer);
        return new Lying(
                all.stream()
                        .filter(message -> !concealed.contains(String.valueOf(message.caseCode())))
                        .toList(),
                all.stream()
                        .filter(message -> message.state() != MessageState.POSTED)
                        .filter(message -> concealed.contains(String.valueOf(message.caseCode())))
                        .count());
    }

    private Set<String> concealed(List<MessageSummary> messages, Viewer viewer) {
        Set<String> codes = messages.stream()
                .map(MessageSummary::caseCode)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        readers.forEach(each -> codes.removeAll(each.readable(Set.copyOf(codes), viewer)));
        cases.byCodes(codes, viewer).values().stream()
                .filter(caseFile -> !caseFile.concealed())
                .map(CaseSummary::code)
                .forEach(codes::remove);
        return codes;
    }

    /** The pages of what the letters are about, by reference, where that is no case. */
    Map<String, String> abouts(List<MessageSummary> messages, Viewer viewer) {
        Set<String> codes = messages.stream()
                .map(MessageSummary::caseCode)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Map<String, String> abouts = new HashMap<>();
        readers.forEach(
                each -> each.readable(codes, viewer).forEach(reference -> abouts.put(reference, each.path(reference))));
        return abouts;
    }

    /** These letters in one PDF; they count as printed from now on. */
    @Transactional
    byte[] print(List<Long> ids, Viewer viewer) {
        PDFMergerUtility merger = new PDFMergerUtility();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        merger.setDestinationStream(bytes);
        for (MessageSummary message : mine(ids, viewer)) {
            LetterId letter = letter(message);
            letters.printed(letter, viewer.id());
            reads.record(viewer, message.projectId(), message.caseCode(), "letter", letter.toString(), "print");
            merger.addSource(new RandomAccessReadBuffer(rows.pdf(letter)));
        }
        try {
            merger.mergeDocuments(IOUtils.createMemoryOnlyStreamCache());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("A letter's PDF cannot be read", unreadable);
        }
        return bytes.toByteArray();
    }

    @Transactional
    int posted(List<Long> ids, Viewer viewer) {
        List<MessageSummary> chosen = mine(ids, viewer);
        chosen.forEach(message -> letters.posted(letter(message), viewer.id()));
        // Told once all are posted: a procedure that had two letters written waits for both.
        chosen.forEach(message -> events.publishEvent(new LetterPosted(
                letter(message), Objects.requireNonNull(message.caseCode(), "a letter has a case"), viewer)));
        return chosen.size();
    }

    /** Takes a confirmation of today back; returns false when it is older. */
    @Transactional
    boolean undo(long id, Viewer viewer) {
        MessageSummary message = mine(List.of(id), viewer).get(0);
        boolean today = isOfToday(message);
        if (today) {
            letters.notPosted(letter(message), viewer.id());
        }
        return today;
    }

    /** The chosen letters, all of them in projects where this viewer may print. */
    @Transactional(readOnly = true)
    List<MessageSummary> mine(List<Long> ids, Viewer viewer) {
        return ids.stream().distinct().map(id -> mine(new LetterId(id), viewer)).toList();
    }

    private MessageSummary mine(LetterId id, Viewer viewer) {
        MessageSummary message = letters.message(id).orElseThrow(() -> new Hidden("letter", id));
        if (!viewer.projects().contains(message.projectId()) || viewer.walledOff(message.caseCode())) {
            throw new Hidden("letter", id);
        }
        viewer.require(Permission.PRINT_LETTERS, message.projectId());
        if (!concealed(List.of(message), viewer).isEmpty()) {
            throw new Forbidden(Permission.SEE_PROTECTED, message.projectId());
        }
        return message;
    }

    private boolean isOfToday(MessageSummary message) {
        ZoneId zone = projects.calendar(message.projectId()).zone();
        Instant at = message.at();
        // one that was never printed has no time, and nothing of it can be taken back
        return at != null && LocalDate.ofInstant(at, zone).equals(LocalDate.ofInstant(clock.instant(), zone));
    }

    private static LetterId letter(MessageSummary message) {
        return Objects.requireNonNull(message.letter(), "paper is always a letter");
    }
}
