package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Typed;
import org.ancora.web.EditConflict;
import org.ancora.web.PageDrafts;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing, changing and withdrawing notes (C77–C79). */
@Controller
class NotesController {

    static final int LONGEST_TEXT = 8000;
    static final int LONGEST_STEP = 300;

    private final RecordDesk desk;
    private final Notes notes;
    private final CaseWords words;

    NotesController(RecordDesk desk, Notes notes, CaseWords words) {
        this.desk = desk;
        this.notes = notes;
        this.words = words;
    }

    /** What the page posts; texts only, so that whatever arrives can be shown again. */
    record NoteForm(
            @Nullable String text,
            @Nullable String contactOn,
            @Nullable String nextStep,
            @Nullable String version) {

        static NoteForm of(Note.Words words, int version) {
            return new NoteForm(words.text(), day(words.contactOn()), words.nextStep(), String.valueOf(version));
        }

        static NoteForm of(PageDrafts.Draft draft) {
            return new NoteForm(
                    draft.field("text"), draft.field("contactOn"), draft.field("nextStep"), draft.field("version"));
        }
    }

    /** A version as the page shows it. */
    record VersionLine(String when, String who, String text, String contactOn, String nextStep, boolean current) {}

    static String newPlace(CaseSummary caseFile) {
        return caseFile.path() + "/notes/new";
    }

    private static String place(CaseSummary caseFile, Note note) {
        return caseFile.path() + "/notes/" + note.id();
    }

    @GetMapping("/cases/{code}/notes/new")
    String write(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.WRITE_NOTES, model);
        PageDrafts.Draft draft = desk.draft(newPlace(caseFile), caseFile, viewer, model);
        model.addAttribute("form", draft == null ? new NoteForm("", "", "", "0") : NoteForm.of(draft));
        return page(newPlace(caseFile), Map.of(), model);
    }

    @PostMapping("/cases/{code}/notes/new")
    String write(
            @PathVariable String code,
            @ModelAttribute("form") NoteForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.WRITE_NOTES, model);
        Note.Words typed = typed(form, errors, caseFile, viewer.locale());
        if (typed == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(newPlace(caseFile), Map.of(), model);
        }
        notes.write(caseFile, typed, viewer.id());
        desk.forget(newPlace(caseFile), viewer);
        return done(caseFile, "note.written", flash);
    }

    @GetMapping("/cases/{code}/notes/{id:[0-9]{1,18}}")
    String change(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.WRITE_NOTES, model);
        Note note = changeable(caseFile, id, viewer);
        desk.read(caseFile, viewer, "note", id, "page");
        PageDrafts.Draft draft = desk.draft(place(caseFile, note), caseFile, viewer, model);
        model.addAttribute("form", draft == null ? NoteForm.of(note.words(), note.version()) : NoteForm.of(draft));
        return page(place(caseFile, note), draft == null ? was(note.words()) : was(draft), model);
    }

    @PostMapping("/cases/{code}/notes/{id:[0-9]{1,18}}")
    String change(
            @PathVariable String code,
            @PathVariable long id,
            @ModelAttribute("form") NoteForm form,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.WRITE_NOTES, model);
        Note note = changeable(caseFile, id, viewer);
        Note.Words typed = typed(form, errors, caseFile, viewer.locale());
        if (typed == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(place(caseFile, note), EditConflict.was(request, was(note.words())), model);
        }
        try {
            notes.change(caseFile, note, Typed.version(form.version()), typed, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return conflict(caseFile, notes.get(caseFile, id, viewer), viewer.locale(), request)
                    .answer(model, response);
        }
        desk.forget(place(caseFile, note), viewer);
        return done(caseFile, "note.changed", flash);
    }

    @GetMapping("/cases/{code}/notes/{id:[0-9]{1,18}}/history")
    String history(@PathVariable String code, @PathVariable long id, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.READ_NOTES, model);
        Note note = notes.get(caseFile, id, viewer);
        desk.read(caseFile, viewer, "note", id, "page");
        Locale locale = viewer.locale();
        List<VersionLine> lines = new ArrayList<>();
        notes.versions(note)
                .forEach(version ->
                        lines.add(0, line(version.at(), version.byName(), version.words(), false, caseFile, locale)));
        lines.add(
                0,
                line(
                        note.changedAt() == null ? note.writtenAt() : note.changedAt(),
                        Objects.requireNonNullElse(note.changedByName(), note.authorName()),
                        note.words(),
                        true,
                        caseFile,
                        locale));
        model.addAttribute("versions", lines);
        return "casework/record/note-history";
    }

    @PostMapping("/cases/{code}/notes/{id:[0-9]{1,18}}/withdraw")
    String withdraw(
            @PathVariable String code, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.WRITE_NOTES, model);
        Note note = changeable(caseFile, id, viewer);
        notes.withdraw(caseFile, note, viewer.id());
        flash.addFlashAttribute("undo", place(caseFile, note) + "/restore");
        return done(caseFile, "note.withdrawn", flash);
    }

    @PostMapping("/cases/{code}/notes/{id:[0-9]{1,18}}/restore")
    String restore(
            @PathVariable String code, @PathVariable long id, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = desk.toWrite(code, viewer, Permission.WRITE_NOTES, model);
        notes.restore(caseFile, changeable(caseFile, id, viewer), viewer.id());
        return done(caseFile, "note.restored", flash);
    }

    /** The note, if it is the viewer's own, or they may change those of others. */
    private Note changeable(CaseSummary caseFile, long id, Viewer viewer) {
        Note note = notes.get(caseFile, id, viewer);
        if (!mayChange(note, caseFile, viewer)) {
            throw new Forbidden(Permission.CHANGE_NOTES_OF_OTHERS, caseFile.project());
        }
        return note;
    }

    static boolean mayChange(Note note, CaseSummary caseFile, Viewer viewer) {
        return RecordDesk.mayWrite(Permission.WRITE_NOTES, caseFile, viewer)
                && (note.author().equals(viewer.id())
                        || RecordDesk.may(Permission.CHANGE_NOTES_OF_OTHERS, caseFile, viewer));
    }

    private Note.@Nullable Words typed(NoteForm form, BindingResult errors, CaseSummary caseFile, Locale locale) {
        words.limit(errors, "text", form.text(), LONGEST_TEXT);
        words.limit(errors, "nextStep", form.nextStep(), LONGEST_STEP);
        if (text(form.text()).isBlank()) {
            errors.rejectValue("text", "note.empty", words.text("note.empty", locale));
        }
        LocalDate day = desk.day(errors, "contactOn", form.contactOn(), locale);
        if (day != null && day.isAfter(words.today(desk.zone(caseFile)))) {
            errors.rejectValue("contactOn", "note.in-the-future", words.text("note.in-the-future", locale));
        }
        return errors.hasErrors() ? null : new Note.Words(text(form.text()), day, text(form.nextStep()));
    }

    private EditConflict conflict(CaseSummary caseFile, Note now, Locale locale, HttpServletRequest request) {
        return EditConflict.of(request, now.version(), caseFile.path() + "/notes")
                .by(now.changedByName(), desk.moment(now.changedAt(), caseFile, locale))
                .text("text", words.text("note.text", locale), now.words().text())
                .line(
                        "contactOn",
                        words.text("note.contact-on", locale),
                        day(now.words().contactOn()))
                .line(
                        "nextStep",
                        words.text("note.next-step", locale),
                        now.words().nextStep());
    }

    private VersionLine line(
            Instant at, String who, Note.Words said, boolean current, CaseSummary caseFile, Locale locale) {
        return new VersionLine(
                desk.moment(at, caseFile, locale),
                who,
                said.text(),
                said.contactOn() == null ? "" : words.day(said.contactOn(), desk.zone(caseFile), locale),
                said.nextStep(),
                current);
    }

    private static String page(String place, Map<String, String> was, Model model) {
        model.addAttribute("place", place);
        model.addAttribute("was", was);
        return "casework/record/note";
    }

    private static Map<String, String> was(Note.Words words) {
        return Map.of("text", words.text(), "contactOn", day(words.contactOn()), "nextStep", words.nextStep());
    }

    private static Map<String, String> was(PageDrafts.Draft draft) {
        return Map.of(
                "text", draft.field("was.text"),
                "contactOn", draft.field("was.contactOn"),
                "nextStep", draft.field("was.nextStep"));
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static String done(CaseSummary caseFile, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + caseFile.path() + "/notes";
    }
}
