package org.ancora.casework.record;

import static org.ancora.casework.record.RecordDesk.text;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseIsClosed;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.casework.TeamId;
import org.ancora.casework.Typed;
import org.ancora.casework.people.Teams;
import org.ancora.web.EditConflict;
import org.ancora.web.Problem;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Giving a case to a team, so that one of its members takes it (C57, C-R10). */
@Controller
class GiveToTeamController {

    /** Chosen to take the case away from its team. */
    private static final String NONE = "none";

    private final RecordDesk desk;
    private final Teams teams;
    private final Cases cases;
    private final CaseWords words;

    GiveToTeamController(RecordDesk desk, Teams teams, Cases cases, CaseWords words) {
        this.desk = desk;
        this.teams = teams;
        this.cases = cases;
        this.words = words;
    }

    /** A team as the page offers it. */
    record Choice(String id, String name, String members, int waiting, boolean current) {}

    @GetMapping("/cases/{code}/team")
    String ask(@PathVariable String code, Viewer viewer, Model model) {
        CaseSummary caseFile = open(code, viewer, model);
        List<Teams.Team> found = teams.of(caseFile.project());
        TeamId now = caseFile.sharing().team();
        model.addAttribute(
                "teams",
                found.stream()
                        .map(team -> new Choice(
                                team.id().toString(),
                                team.name(),
                                words.text(
                                        "team.members",
                                        viewer.locale(),
                                        team.members().size()),
                                team.waiting(),
                                team.id().equals(now)))
                        .toList());
        model.addAttribute("given", now != null);
        return "casework/record/team";
    }

    @PostMapping("/cases/{code}/team")
    String give(
            @PathVariable String code,
            @RequestParam(defaultValue = "") String team,
            @RequestParam(defaultValue = "") String version,
            Viewer viewer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        CaseSummary caseFile = open(code, viewer, model);
        TeamId to = team.equals(NONE) ? null : id(team);
        try {
            teams.assign(caseFile, Typed.version(version), to, viewer.id());
        } catch (OptimisticLockingFailureException overtaken) {
            return conflict(cases.byCode(code, viewer), viewer, request).answer(model, response);
        }
        flash.addFlashAttribute("told", to == null ? "team.taken-away" : "team.given");
        return "redirect:" + caseFile.path();
    }

    private CaseSummary open(String code, Viewer viewer, Model model) {
        CaseSummary caseFile = desk.toRead(code, viewer, Permission.ASSIGN_CASE, model);
        if (caseFile.isClosed()) {
            throw new CaseIsClosed(code);
        }
        return caseFile;
    }

    private EditConflict conflict(CaseSummary now, Viewer viewer, HttpServletRequest request) {
        Locale locale = viewer.locale();
        List<Teams.Team> found = teams.of(now.project());
        TeamId team = now.sharing().team();
        return EditConflict.of(request, now.version(), now.path())
                .choice(
                        "team",
                        words.text("team.team", locale),
                        team == null ? NONE : team.toString(),
                        id -> found.stream()
                                .filter(each -> each.id().toString().equals(id))
                                .map(Teams.Team::name)
                                .findFirst()
                                .orElseGet(() -> id.equals(NONE)
                                        ? words.text("team.none-now", locale)
                                        : text(now.sharing().teamName())));
    }

    private static TeamId id(String typed) {
        if (!typed.matches("[0-9]{1,18}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "team.choose");
        }
        return new TeamId(Long.parseLong(typed));
    }
}
