package org.ancora.casework.marks;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.springframework.stereotype.Component;

/** The tab with what its project keeps about a case. */
@Component
class AttributePanel implements CasePanel {

    private static final int MOST_DIGITS = 6;

    private final CaseAttributes attributes;
    private final CaseWords words;

    AttributePanel(CaseAttributes attributes, CaseWords words) {
        this.attributes = attributes;
        this.words = words;
    }

    /** One attribute in words. */
    record Line(String label, String value, boolean missing, boolean number) {}

    @Override
    public int order() {
        return 35;
    }

    @Override
    public String titleKey() {
        return "marks.panel.attributes";
    }

    @Override
    public String path() {
        return "case-attributes";
    }

    @Override
    public Place place() {
        return Place.TAB;
    }

    /** Attributes may say anything about the client, so they are read by whoever may read the client. */
    @Override
    public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
        return CaseDesk.mayReadRecord(Permission.READ_PROFILE, caseFile, viewer);
    }

    @Override
    public String fragment() {
        return "casework/marks/panels :: attributes";
    }

    @Override
    public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
        Locale locale = viewer.locale();
        boolean editable = viewer.may(Permission.EDIT_ATTRIBUTES, caseFile.project(), caseFile.isOwnOf(viewer.id()))
                && (!caseFile.isClosed() || viewer.may(Permission.WRITE_ON_CLOSED_CASE, caseFile.project()));
        return Map.of(
                "editable",
                editable,
                "lines",
                attributes.of(caseFile).stream()
                        .map(value -> new Line(
                                value.attribute().label().in(locale),
                                shown(value.attribute(), value.value(), words, locale),
                                value.value().isEmpty() && value.attribute().required(),
                                value.attribute().kind() == AttributeKind.EXTERNAL_ID))
                        .toList());
    }

    /** A value as it is kept in the reader's words; empty for none. */
    static String shown(Attribute attribute, String value, CaseWords words, Locale locale) {
        if (value.isEmpty()) {
            return "";
        }
        return switch (attribute.kind()) {
            case DATE -> CaseAttributesController.day(value, words, locale);
            case YES_NO -> words.text("marks." + value, locale);
            case CHOICE -> attribute.shown(value, locale);
            case NUMBER -> {
                NumberFormat format = NumberFormat.getNumberInstance(locale);
                format.setMaximumFractionDigits(MOST_DIGITS);
                yield format.format(new BigDecimal(value));
            }
            case TEXT, EXTERNAL_ID -> value;
        };
    }
}
