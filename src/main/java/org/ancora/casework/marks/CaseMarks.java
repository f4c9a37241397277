package org.ancora.casework.marks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.marks.CaseAttributes.Edit;
import org.ancora.casework.marks.CaseAttributes.Value;
import org.ancora.network.Wording;
import org.ancora.web.Tone;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Saying what a project marks its cases with, and marking them, for other modules; they trust themselves to have asked
 * whether the person may.
 */
@Service
public class CaseMarks {

    private final Cases cases;
    private final FlagKinds kinds;
    private final Attributes attributes;
    private final CaseAttributes values;

    CaseMarks(Cases cases, FlagKinds kinds, Attributes attributes, CaseAttributes values) {
        this.cases = cases;
        this.kinds = kinds;
        this.attributes = attributes;
        this.values = values;
    }

    /**
     * An attribute to be.
     *
     * @param key by which files name it
     * @param system whose ids these are, for external ids; else empty
     * @param position its place; small numbers come first
     * @param choices the answers by their keys, in order; empty for other kinds
     */
    public record NewAttribute(
            String key,
            AttributeKind kind,
            Wording label,
            String system,
            boolean required,
            int position,
            Map<String, Wording> choices) {}

    /**
     * Adds a kind of flag that stops nothing.
     *
     * @param protocol what to do when one is up
     * @param position its place; small numbers come first
     */
    @Transactional
    public void addFlagKind(
            ProjectId project, String key, Wording label, Tone tone, String protocol, int position, UserId by) {
        kinds.create(project, key, new FlagKinds.Draft(label, tone.code(), protocol, false, position), by);
    }

    /** Says what to do when a flag of a kind is up. */
    @Transactional
    public void setProtocol(ProjectId project, String key, String protocol, UserId by) {
        FlagKinds.Kind kind = kinds.of(project).stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the project has no kind of flag " + key));
        kinds.change(
                project,
                kind,
                kind.version(),
                new FlagKinds.Draft(kind.label(), kind.colour(), protocol, kind.stopsClosing(), kind.position()),
                by);
    }

    /** Adds an attribute. */
    @Transactional
    public void addAttribute(ProjectId project, NewAttribute added, UserId by) {
        List<Attribute.Choice> choices = new ArrayList<>();
        added.choices().forEach((key, label) -> choices.add(new Attribute.Choice(key, label, false)));
        attributes.create(
                project,
                added.key(),
                added.kind(),
                new Attributes.Draft(added.label(), "", added.system(), added.required(), added.position(), choices),
                by);
    }

    /**
     * Gives a case values.
     *
     * @param wanted as they are kept, by the attributes' keys; other attributes stay as they are
     */
    @Transactional
    public void setValues(String code, Map<String, String> wanted, UserId by) {
        CaseSummary caseFile = cases.byCode(code);
        List<Edit> edits = new ArrayList<>();
        for (Value now : values.of(caseFile)) {
            String value = wanted.get(now.attribute().key());
            if (value != null) {
                edits.add(new Edit(now.attribute(), now.value(), value));
            }
        }
        if (!values.change(caseFile, edits, by).stored()) {
            throw new IllegalArgumentException("another case has an id that is given to " + code);
        }
    }
}
