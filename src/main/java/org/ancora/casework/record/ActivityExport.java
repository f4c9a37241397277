package org.ancora.casework.record;

import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ActivityLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.network.CurrentProject;
import org.ancora.web.CsvWriter;
import org.ancora.web.Download;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The activity log of a case as a file, for the privacy officer: what the page shows by the same filters, all of it. */
@Controller
class ActivityExport {

    private static final int AT_ONCE = 1000;
    private static final int MOST = 50_000;

    private final RecordDesk desk;
    private final Cases cases;
    private final ActivityLog log;
    private final ActivityPanel panel;
    private final CaseWords words;

    ActivityExport(RecordDesk desk, Cases cases, ActivityLog log, ActivityPanel panel, CaseWords words) {
        this.desk = desk;
        this.cases = cases;
        this.log = log;
        this.panel = panel;
        this.words = words;
    }

    @GetMapping("/cases/{code}/activity.csv")
    ResponseEntity<byte[]> export(@PathVariable String code, @RequestParam Map<String, String> filters, Viewer viewer) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(Permission.EXPORT_ACTIVITY_LOG, caseFile.project());
        CurrentProject.is(desk.project(caseFile));
        desk.read(caseFile, viewer, "activity-log", code, "export");
        String name = code.replaceAll("[^A-Za-z0-9-]", "_") + "-activity.csv";
        return Download.saved(file(caseFile, ActivityPanel.Asked.of(filters), viewer), Download.CSV, name);
    }

    private byte[] file(CaseSummary caseFile, ActivityPanel.Asked asked, Viewer viewer) {
        Locale locale = viewer.locale();
        ZoneId zone = desk.zone(caseFile);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CsvWriter lines = new CsvWriter(file, locale)) {
            lines.row(Stream.of(
                            "case.activity.when", "case.activity.who", "case.activity.what", "activity.column.details")
                    .map(key -> words.text(key, locale))
                    .toList());
            @Nullable Long after = null;
            int written = 0;
            do {
                ActivityLog.Page page = log.forCase(caseFile.code(), viewer, asked.filter(zone), after, AT_ONCE);
                panel.lines(page.entries(), zone, locale)
                        .forEach(each -> lines.row(List.of(each.when(), each.who(), each.what(), each.detail())));
                written += page.entries().size();
                after = page.next();
            } while (after != null && written < MOST);
        }
        return file.toByteArray();
    }
}
