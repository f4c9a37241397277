package org.ancora.casework.record;

import java.util.Objects;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.web.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** "Assign to me": taking a case that nobody has (C59). */
@Controller
class TakeController {

    private final RecordDesk desk;
    private final Cases cases;

    TakeController(RecordDesk desk, Cases cases) {
        this.desk = desk;
        this.cases = cases;
    }

    @PostMapping("/cases/{code}/take")
    String take(@PathVariable String code, Viewer viewer, Model model, RedirectAttributes flash) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.TAKE_CASE, model);
        if (!caseFile.isAssignedTo(viewer.id())) {
            if (caseFile.assignee() != null) {
                throw new Problem(
                        HttpStatus.CONFLICT,
                        "take.taken",
                        Objects.requireNonNullElse(caseFile.assigneeName(), "?"),
                        caseFile.code());
            }
            if (caseFile.sharing().team() != null
                    && !caseFile.sharing().members().contains(viewer.id())) {
                throw new Problem(
                        HttpStatus.CONFLICT,
                        "take.of-team",
                        caseFile.code(),
                        Objects.requireNonNullElse(caseFile.sharing().teamName(), "?"));
            }
            // Two who take it at once: the second finds another version than the one nobody had.
            cases.assign(code, caseFile.version(), viewer.id(), viewer.id(), "");
        }
        flash.addFlashAttribute("told", "take.done");
        return "redirect:" + caseFile.path();
    }
}
