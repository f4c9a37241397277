package org.ancora.correspondence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.web.Download;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One letter as it was sent, on a page and as PDF. Whoever may not read it learns not even that it exists. */
@Controller
class LetterController {

    private final LetterRows letters;
    private final Outbox outbox;
    private final MessageWords words;
    private final Cases cases;
    private final ReadLog reads;
    private final ObjectProvider<LetterReaders> readers;

    LetterController(
            LetterRows letters,
            Outbox outbox,
            MessageWords words,
            Cases cases,
            ReadLog reads,
            ObjectProvider<LetterReaders> readers) {
        this.letters = letters;
        this.outbox = outbox;
        this.words = words;
        this.cases = cases;
        this.reads = reads;
        this.readers = readers;
    }

    @GetMapping("/letters/{id:[0-9]{1,18}}")
    String page(@PathVariable long id, Viewer viewer, Model model) {
        LetterRows.Kept letter = open(id, viewer);
        log(letter, viewer, "page");
        MessageSummary message =
                outbox.ofLetter(letter.id()).map(Outbox.MessageRow::summary).orElseThrow();
        model.addAttribute("letter", letter);
        model.addAttribute("about", page(letter.caseCode(), viewer).orElse("/cases/" + letter.caseCode()));
        model.addAttribute(
                "line", words.lines(List.of(message), viewer.locale()).get(0));
        return "correspondence/letter";
    }

    @GetMapping("/letters/{id:[0-9]{1,18}}.pdf")
    ResponseEntity<byte[]> pdf(
            @PathVariable long id, @RequestParam(defaultValue = "false") boolean save, Viewer viewer) {
        LetterRows.Kept letter = open(id, viewer);
        log(letter, viewer, save ? "download" : "page");
        return Download.pdf(letters.pdf(letter.id()), letter.caseCode() + "-" + letter.kind(), save);
    }

    private LetterRows.Kept open(long id, Viewer viewer) {
        LetterRows.Kept letter = letters.find(new LetterId(id)).orElseThrow(() -> new Hidden("letter", id));
        if (viewer.walledOff(letter.caseCode())) {
            throw new Hidden("letter", id);
        }
        if (page(letter.caseCode(), viewer).isPresent()) {
            return letter;
        }
        CaseSummary caseFile = cases.byCode(letter.caseCode(), viewer);
        if (caseFile.concealed()
                || !viewer.may(Permission.READ_LETTERS, letter.projectId(), caseFile.isOwnOf(viewer.id()))) {
            throw new Hidden("letter", id);
        }
        return letter;
    }

    /** The page of what the letter is about, where that is no case and the viewer may read its letters. */
    private Optional<String> page(String reference, Viewer viewer) {
        return readers.stream()
                .filter(each -> each.readable(Set.of(reference), viewer).contains(reference))
                .map(each -> each.path(reference))
                .findFirst();
    }

    private void log(LetterRows.Kept letter, Viewer viewer, String how) {
        reads.record(
                viewer,
                letter.projectId(),
                letter.caseCode(),
                "letter",
                letter.id().toString(),
                how);
    }
}
