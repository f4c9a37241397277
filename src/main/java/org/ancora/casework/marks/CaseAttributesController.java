package org.ancora.casework.marks;

import static org.ancora.casework.Typed.text;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Filling in what the project keeps about a case, and what it was before. */
@Controller
class CaseAttributesController {

    private static final int CHANGES = 50;

    private final CaseDesk desk;
    private final CaseAttributes attributes;
    private final CaseWords words;
    private final ReadLog reads;

    CaseAttributesController(CaseDesk desk, CaseAttributes attributes, CaseWords words, ReadLog reads) {
        this.desk = desk;
        this.attributes = attributes;
        this.words = words;
        this.reads = reads;
    }

    /**
     * One field of the form.
     *
     * @param type {@code text}, {@code number}, {@code date} or {@code choose}
     * @param seen the value on the page that is being changed
     * @param typed what stands in the field
     * @param error what is wrong with it, or null
     * @param conflict what somebody else made of it meanwhile, or null
     */
    record Field(
            String name,
            String label,
            String hint,
            boolean required,
            String type,
            List<Option> options,
            String seen,
            String typed,
            @Nullable String error,
            @Nullable String conflict) {}

    /** One change in words. */
    record ChangeLine(String when, String who, String what, String before, String after) {}

    @GetMapping("/cases/{code}/attributes")
    String attributes(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, model);
        List<CaseAttributes.Value> values = attributes.of(caseFile);
        Map<String, String> now = new HashMap<>();
        values.forEach(value -> now.put(value.attribute().key(), value.value()));
        return page(caseFile, values, now, now, Map.of(), Map.of(), viewer, model);
    }

    @PostMapping("/cases/{code}/attributes")
    String attributes(
            @PathVariable String code,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        Locale locale = viewer.locale();
        List<CaseAttributes.Value> values = attributes.of(caseFile);
        Map<String, String> seen = new HashMap<>();
        Map<String, String> typed = new HashMap<>();
        Map<String, String> errors = new HashMap<>();
        List<CaseAttributes.Edit> edits = new ArrayList<>();
        for (CaseAttributes.Value value : values) {
            Attribute attribute = value.attribute();
            String key = attribute.key();
            if (attribute.retired() || !sent.containsKey("a-" + key)) {
                continue;
            }
            typed.put(key, text(sent.get("a-" + key)));
            seen.put(key, text(sent.get("was-" + key)));
            Optional<String> wanted = typed.getOrDefault(key, "").isEmpty()
                    ? Optional.of("")
                    : attribute.kind().read(typed.getOrDefault(key, ""), attribute);
            if (wanted.isEmpty()) {
                errors.put(key, words.text(attribute.kind().problem(), locale, AttributeKind.LONGEST_TEXT));
            } else if (wanted.get().isEmpty()
                    && attribute.required()
                    && !seen.getOrDefault(key, "").isEmpty()) {
                errors.put(key, words.text("marks.value.required", locale));
            } else {
                edits.add(new CaseAttributes.Edit(attribute, seen.getOrDefault(key, ""), wanted.get()));
            }
        }
        if (!errors.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return page(caseFile, values, seen, typed, errors, Map.of(), viewer, model);
        }
        CaseAttributes.Outcome outcome = attributes.change(caseFile, edits, viewer.id());
        if (!outcome.stored()) {
            Map<String, String> conflicts = new LinkedHashMap<>();
            for (CaseAttributes.Conflict conflict : outcome.conflicts()) {
                String key = conflict.attribute().key();
                conflicts.put(key, shown(conflict.attribute(), conflict.now(), locale));
                seen.put(key, conflict.now());
            }
            outcome.taken().forEach(attribute -> errors.put(attribute.key(), words.text("marks.value.taken", locale)));
            response.setStatus(conflicts.isEmpty() ? HttpStatus.BAD_REQUEST.value() : HttpStatus.CONFLICT.value());
            return page(caseFile, values, seen, typed, errors, conflicts, viewer, model);
        }
        flash.addFlashAttribute("told", "marks.values.saved");
        return "redirect:" + caseFile.path() + "/case-attributes";
    }

    private CaseSummary open(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.open(code, viewer, Permission.EDIT_ATTRIBUTES, model);
        if (caseFile.isClosed()) {
            viewer.require(Permission.WRITE_ON_CLOSED_CASE, caseFile.project());
        }
        reads.record(viewer, caseFile.project(), code, "case", code, "page");
        return caseFile;
    }

    private String page(
            CaseSummary caseFile,
            List<CaseAttributes.Value> values,
            Map<String, String> seen,
            Map<String, String> typed,
            Map<String, String> errors,
            Map<String, String> conflicts,
            Viewer viewer,
            Model model) {
        Locale locale = viewer.locale();
        List<Field> fields = values.stream()
                .map(CaseAttributes.Value::attribute)
                .filter(attribute -> !attribute.retired())
                .map(attribute -> field(attribute, seen, typed, errors, conflicts, locale))
                .toList();
        model.addAttribute("fields", fields);
        model.addAttribute(
                "wrong", fields.stream().filter(field -> field.error() != null).toList());
        model.addAttribute(
                "conflicting",
                fields.stream().filter(field -> field.conflict() != null).toList());
        model.addAttribute(
                "changes",
                attributes.changes(caseFile, CHANGES).stream()
                        .map(change -> new ChangeLine(
                                words.moment(change.at(), desk.zone(caseFile), locale),
                                Objects.requireNonNullElse(change.by(), "Ancora"),
                                change.attribute().label().in(locale),
                                shown(change.attribute(), Objects.requireNonNullElse(change.before(), ""), locale),
                                shown(change.attribute(), Objects.requireNonNullElse(change.after(), ""), locale)))
                        .toList());
        return "casework/marks/case-attributes";
    }

    private Field field(
            Attribute attribute,
            Map<String, String> seen,
            Map<String, String> typed,
            Map<String, String> errors,
            Map<String, String> conflicts,
            Locale locale) {
        String key = attribute.key();
        String type =
                switch (attribute.kind()) {
                    case TEXT, EXTERNAL_ID, NUMBER -> "text";
                    case DATE -> "date";
                    case CHOICE, YES_NO -> "choose";
                };
        String hint = attribute.kind() == AttributeKind.EXTERNAL_ID
                        && attribute.hint().isEmpty()
                ? words.text("marks.value.system", locale, attribute.system())
                : attribute.hint();
        return new Field(
                key,
                attribute.label().in(locale),
                hint,
                attribute.required(),
                type,
                options(attribute, typed.getOrDefault(key, ""), locale),
                seen.getOrDefault(key, ""),
                typed.getOrDefault(key, ""),
                errors.get(key),
                conflicts.get(key));
    }

    private List<Option> options(Attribute attribute, String chosen, Locale locale) {
        if (attribute.kind() == AttributeKind.YES_NO) {
            return List.of(
                    new Option("yes", words.text("marks.yes", locale)),
                    new Option("no", words.text("marks.no", locale)));
        }
        return attribute.choices().stream()
                .filter(choice -> !choice.retired() || choice.key().equals(chosen))
                .map(choice -> new Option(choice.key(), choice.label().in(locale)))
                .toList();
    }

    private String shown(Attribute attribute, String value, Locale locale) {
        return AttributePanel.shown(attribute, value, words, locale);
    }

    static String day(String iso, CaseWords words, Locale locale) {
        return words.dayAndYear(LocalDate.parse(iso), locale);
    }
}
