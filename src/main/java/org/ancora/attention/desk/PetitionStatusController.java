package org.ancora.attention.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ancora.attention.Offices;
import org.ancora.attention.Petition;
import org.ancora.attention.PetitionStage;
import org.ancora.attention.Petitions;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page behind the code on a receipt: how far a petition is, and nothing about whoever made it. A receipt lies about for
 * years, so the page closes some time after the petition has ended.
 */
@Controller
class PetitionStatusController {

    private final Petitions petitions;
    private final Projects projects;
    private final Offices offices;
    private final ObjectProvider<PetitionStage> stages;
    private final Dates dates;
    private final Clock clock;
    /** How many days after its end a petition still shows itself. */
    private final int openDays;

    PetitionStatusController(
            Petitions petitions,
            Projects projects,
            Offices offices,
            ObjectProvider<PetitionStage> stages,
            Dates dates,
            Clock clock,
            @Value("${ancora.attention.status-days:180}") int openDays) {
        this.petitions = petitions;
        this.projects = projects;
        this.offices = offices;
        this.stages = stages;
        this.dates = dates;
        this.clock = clock;
        this.openDays = openDays;
    }

    @GetMapping("/petition/{secret}")
    ModelAndView status(@PathVariable String secret) {
        Optional<Petition> found = petitions.behind(secret);
        if (found.isEmpty()) {
            return new ModelAndView("attention/status-unknown", HttpStatus.NOT_FOUND);
        }
        Petition petition = found.get();
        Project project = projects.get(petition.project());
        Locale locale = LocaleContextHolder.getLocale();
        Optional<PetitionStage.Stage> stage =
                stages.stream().flatMap(each -> each.of(petition).stream()).findFirst();
        if (isOver(stage, petition, project.calendar().zone())) {
            ModelAndView closed = new ModelAndView("attention/status-closed", HttpStatus.GONE);
            closed.addObject("days", openDays);
            closed.addObject("freeLine", offices.directory(project).freeLine());
            return closed;
        }
        // Once it is answered or stands still, no day is promised any more.
        LocalDate due = stage.isPresent() ? stage.get().due() : petition.promised();
        ModelAndView page = new ModelAndView("attention/status");
        page.addObject("number", petition.number());
        page.addObject(
                "registered",
                dates.longDay(
                        LocalDate.ofInstant(
                                petition.registeredAt(), project.calendar().zone()),
                        locale));
        page.addObject(
                "stageKey",
                stage.map(PetitionStage.Stage::key)
                        .orElse(petition.solvedAtOnce() ? "desk.status.solved" : "desk.status.waiting"));
        page.addObject("due", due == null ? null : dates.longDay(due, locale));
        page.addObject(
                "moved",
                due == null
                        ? List.of()
                        : stages.stream()
                                .flatMap(each -> each.moved(petition, locale).stream())
                                .toList());
        page.addObject(
                "otherNumbers",
                stages.stream()
                        .flatMap(each -> each.otherNumbers(petition, locale).stream())
                        .toList());
        page.addObject("organisation", project.settings().letterhead().name());
        page.addObject("office", offices.home(project));
        page.addObject("freeLine", offices.directory(project).freeLine());
        return page;
    }

    /** What was solved at once ended when it was registered; what nobody answers yet has not ended. */
    private boolean isOver(Optional<PetitionStage.Stage> stage, Petition petition, ZoneId zone) {
        Instant ended =
                stage.isPresent() ? stage.get().ended() : petition.solvedAtOnce() ? petition.registeredAt() : null;
        return ended != null
                && clock.instant()
                        .atZone(zone)
                        .toLocalDate()
                        .isAfter(ended.atZone(zone).toLocalDate().plusDays(openDays));
    }
}
