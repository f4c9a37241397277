package org.ancora.casework.list;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseWords;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Download;
import org.ancora.web.Problem;
import org.ancora.web.SheetWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Takes a list away as a file (C94, C95). */
@Controller
class ExportController {

    private final CaseQueries queries;
    private final CaseExports exports;
    private final CaseWords words;
    private final Projects projects;

    ExportController(CaseQueries queries, CaseExports exports, CaseWords words, Projects projects) {
        this.queries = queries;
        this.exports = exports;
        this.words = words;
        this.projects = projects;
    }

    /** Sent as a form, because both logs are written: no link, however it is followed, takes a list away. */
    @PostMapping("/p/{project}/cases/export")
    void export(
            @PathVariable String project,
            @RequestParam String format,
            @RequestParam(defaultValue = "") String query,
            Viewer viewer,
            HttpServletResponse response)
            throws IOException {
        Project found = projects.byKey(project, viewer);
        CurrentProject.is(found);
        viewer.require(Permission.EXPORT_CASES, found.id());
        if (!format.equals("csv") && !format.equals("xlsx")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
        CaseExports.Prepared prepared = exports.prepare(read(found, query, viewer), found, format, viewer);
        if (prepared.tooMany()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "caselist.export.too-many", CaseExports.MOST);
        }
        String name = "%s-cases-%s.%s"
                .formatted(found.key(), words.today(found.calendar().zone()), format);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Download.attachment(name));
        boolean csv = format.equals("csv");
        response.setContentType(
                csv ? Download.CSV.toString() : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        OutputStream out = response.getOutputStream();
        exports.write(
                prepared,
                csv ? new SheetWriter.Csv(out, viewer.locale()) : new SheetWriter.Xlsx(out, found.key()),
                out,
                viewer);
    }

    private CaseQuery read(Project project, String query, Viewer viewer) {
        try {
            return queries.kept(project, query, viewer);
        } catch (IllegalArgumentException forged) {
            throw new Problem(HttpStatus.BAD_REQUEST, "cases.unreadable");
        }
    }
}
