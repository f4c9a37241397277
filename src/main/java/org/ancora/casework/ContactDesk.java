package org.ancora.casework;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.network.CurrentProject;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the pages about reaching a client share: whom they are about and who may change it, and reading what was typed. */
@Component
class ContactDesk {

    static final int LONGEST_NAME = 120;

    private final Cases cases;
    private final Projects projects;
    private final CaseWords words;
    private final ReadLog reads;

    ContactDesk(Cases cases, Projects projects, CaseWords words, ReadLog reads) {
        this.cases = cases;
        this.projects = projects;
        this.words = words;
        this.reads = reads;
    }

    CaseSummary open(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        viewer.require(Permission.EDIT_PROFILE, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        if (caseFile.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, caseFile.project());
        }
        Project project = projects.get(caseFile.project());
        CurrentProject.is(project);
        reads.record(viewer, project.id(), code, "profile", caseFile.profile().toString(), "page");
        model.addAttribute("caseFile", caseFile);
        model.addAttribute("client", words.client(caseFile, viewer.locale()));
        return caseFile;
    }

    ZoneId zone(CaseSummary caseFile) {
        return projects.get(caseFile.project()).calendar().zone();
    }

    /** What the framework says of a box that is neither ticked nor empty is in no language of ours. */
    static void readable(BindingResult errors) {
        if (errors.hasErrors()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "case.unreadable");
        }
    }

    static boolean isOneOf(@Nullable String code, Enum<?>[] values) {
        return code != null
                && Arrays.stream(values).anyMatch(value -> value.name()
                        .equals(code.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    static String done(CaseSummary caseFile, String told, RedirectAttributes flash) {
        flash.addFlashAttribute("told", told);
        return "redirect:" + caseFile.path();
    }

    static boolean ticked(@Nullable Boolean box) {
        return Boolean.TRUE.equals(box);
    }

    /** A form that does not say on which version it was filled in comes from a page of before there were any. */
    static @Nullable Integer version(@Nullable String seen) {
        return seen != null && seen.matches("[0-9]{1,9}") ? Integer.valueOf(seen) : null;
    }

    static String text(@Nullable String typed) {
        return typed == null ? "" : typed;
    }
}
