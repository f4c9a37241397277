package org.ancora.casework.people;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseDesk;
import org.ancora.casework.CasePanel;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.springframework.stereotype.Component;

/** The tab with the cases that a case has to do with. */
@Component
class RelatedPanel implements CasePanel {

    private final RelatedCases related;
    private final CaseDesk desk;
    private final CaseWords words;

    RelatedPanel(RelatedCases related, CaseDesk desk, CaseWords words) {
        this.related = related;
        this.desk = desk;
        this.words = words;
    }

    /** One relation in words. */
    record RelationLine(long id, String relation, String note, RelatedController.Line other) {}

    @Override
    public int order() {
        return 80;
    }

    @Override
    public String titleKey() {
        return "related.panel";
    }

    @Override
    public String path() {
        return "related";
    }

    @Override
    public Place place() {
        return Place.TAB;
    }

    @Override
    public boolean shownTo(Viewer viewer, CaseSummary caseFile) {
        return CaseDesk.mayReadRecord(Permission.READ_PROFILE, caseFile, viewer);
    }

    @Override
    public String fragment() {
        return "casework/people/panels :: related";
    }

    @Override
    public Map<String, Object> model(Viewer viewer, CaseSummary caseFile) {
        Locale locale = viewer.locale();
        List<RelationLine> lines = related.of(caseFile, viewer).stream()
                .map(each -> new RelationLine(
                        each.id(),
                        words.text(each.relation().key(each.fromHere()), locale),
                        each.note(),
                        RelatedController.line(each.other(), desk.zone(caseFile), locale, words)))
                .toList();
        return Map.of(
                "lines",
                lines,
                "editable",
                viewer.may(Permission.RELATE_CASES, caseFile.project(), caseFile.isOwnOf(viewer.id())));
    }
}
