package org.ancora.engagement;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.ServiceMode;
import org.ancora.network.CurrentProject;
import org.ancora.network.Projects;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.validation.MapBindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where contact with a client in service is said to be lost, and the search is ended early or given more time (A30, A31). */
@Controller
class SearchPages {

    private static final String FORM = "form";
    private static final int LONGEST_REASON = 500;
    private static final int MOST_MONTHS = 12;

    private final Cases cases;
    private final Projects projects;
    private final Searches searches;
    private final LastDays lastDays;
    private final Glances glances;
    private final ReadLog reads;

    SearchPages(Cases cases, Projects projects, Searches searches, LastDays lastDays, Glances glances, ReadLog reads) {
        this.cases = cases;
        this.projects = projects;
        this.searches = searches;
        this.lastDays = lastDays;
        this.glances = glances;
        this.reads = reads;
    }

    /** What can be done to a search, and who may. */
    enum Kind {
        BEGIN(Permission.CLOSE_CASE),
        END(Permission.CLOSE_CASE),
        LENGTHEN(Permission.DECIDE_AS_SUPERVISOR);

        private final Permission permission;

        Kind(Permission permission) {
            this.permission = permission;
        }

        /** The last step of the page's address, and the name of its words. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        Permission permission() {
            return permission;
        }
    }

    @GetMapping("/cases/{code}/search/begin")
    String begin(Viewer viewer, @PathVariable String code, Model model, HttpServletResponse response) {
        return ask(Kind.BEGIN, code, viewer, model, response);
    }

    @PostMapping("/cases/{code}/search/begin")
    String begin(
            Viewer viewer,
            @PathVariable String code,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        return act(Kind.BEGIN, code, viewer, sent, model, flash, request, response);
    }

    @GetMapping("/cases/{code}/search/end")
    String end(Viewer viewer, @PathVariable String code, Model model, HttpServletResponse response) {
        return ask(Kind.END, code, viewer, model, response);
    }

    @PostMapping("/cases/{code}/search/end")
    String end(
            Viewer viewer,
            @PathVariable String code,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        return act(Kind.END, code, viewer, sent, model, flash, request, response);
    }

    @GetMapping("/cases/{code}/search/lengthen")
    String lengthen(Viewer viewer, @PathVariable String code, Model model, HttpServletResponse response) {
        return ask(Kind.LENGTHEN, code, viewer, model, response);
    }

    @PostMapping("/cases/{code}/search/lengthen")
    String lengthen(
            Viewer viewer,
            @PathVariable String code,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        return act(Kind.LENGTHEN, code, viewer, sent, model, flash, request, response);
    }

    private String ask(Kind kind, String code, Viewer viewer, Model model, HttpServletResponse response) {
        CaseSummary file = open(kind, code, viewer);
        reads.record(viewer, file.project(), code, "case", code, "page");
        boolean possible = kind == Kind.BEGIN ? !file.isClosed() && searches.canBegin(file) : searches.canEnd(code);
        if (!possible) {
            return refused(kind, file, kind == Kind.BEGIN ? whyNot(file) : "engagement.refused.search-over", model);
        }
        if (kind == Kind.END && !searches.mayEnd(file, viewer)) {
            return refused(kind, file, "engagement.refused.with-supervisor", model);
        }
        Map<String, Object> typed = new HashMap<>();
        typed.put("months", "1");
        return page(kind, file, typed, new MapBindingResult(typed, FORM), viewer, model, response);
    }

    private String act(
            Kind kind,
            String code,
            Viewer viewer,
            Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        CaseSummary file = open(kind, code, viewer);
        Map<String, Object> typed = new HashMap<>(sent);
        MapBindingResult errors = new MapBindingResult(typed, FORM);
        String reason = sent.getOrDefault("reason", "").strip();
        if (reason.isEmpty()) {
            errors.rejectValue("reason", "engagement.search.reason-missing");
        } else if (reason.length() > LONGEST_REASON) {
            errors.rejectValue("reason", "engagement.in-touch.note-long", new Object[] {LONGEST_REASON}, null);
        }
        int months = kind == Kind.LENGTHEN ? months(sent, errors) : 0;
        if (errors.hasErrors()) {
            boolean htmx = request.getHeader("HX-Request") != null;
            response.setStatus((htmx ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST).value());
            return page(kind, file, typed, errors, viewer, model, response);
        }
        try {
            switch (kind) {
                case BEGIN -> {
                    if (file.isClosed()) {
                        throw new EngagementRefused("engagement.refused.closed");
                    }
                    searches.begin(file, reason, viewer);
                }
                case END -> searches.endEarly(file, reason, viewer);
                case LENGTHEN -> searches.lengthen(file, months, reason, viewer);
            }
        } catch (EngagementRefused refused) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return refused(kind, file, refused.key(), model);
        }
        flash.addFlashAttribute("told", "engagement.search." + kind.code() + ".done");
        return "redirect:" + file.path();
    }

    private static int months(Map<String, String> sent, BindingResult errors) {
        String typed = sent.getOrDefault("months", "").strip();
        if (typed.matches("\\d{1,2}")) {
            int months = Integer.parseInt(typed);
            if (months >= 1 && months <= MOST_MONTHS) {
                return months;
            }
        }
        errors.rejectValue("months", "engagement.search.months-range", new Object[] {MOST_MONTHS}, null);
        return 0;
    }

    private CaseSummary open(Kind kind, String code, Viewer viewer) {
        CaseSummary file = cases.byCode(code, viewer);
        viewer.require(kind.permission(), file.project());
        if (file.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, file.project());
        }
        CurrentProject.is(projects.get(file.project()));
        return file;
    }

    private String whyNot(CaseSummary file) {
        if (file.isClosed()) {
            return "engagement.refused.closed";
        }
        if (file.serviceMode() == ServiceMode.GROUP) {
            return "engagement.refused.group-service";
        }
        if (!searches.isRunning(file)) {
            return "engagement.refused.not-in-service";
        }
        return searches.isBeingWrittenUp(file)
                ? "engagement.refused.not-written-up"
                : "engagement.refused.already-running";
    }

    private String page(
            Kind kind,
            CaseSummary file,
            Map<String, Object> typed,
            BindingResult errors,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        if (kind != Kind.BEGIN) {
            var lastDay = glances.progress(file.code(), Track.EXISTING)
                    .flatMap(progress ->
                            lastDays.find(file.code(), file.project(), progress.variables(), viewer.locale()));
            if (lastDay.isEmpty() && kind == Kind.LENGTHEN) {
                response.setStatus(HttpStatus.OK.value());
                return refused(kind, file, "engagement.refused.no-last-day", model);
            }
            lastDay.ifPresent(found -> model.addAttribute("lastDay", found));
        }
        model.addAttribute("kind", kind.code());
        model.addAttribute("caseFile", file);
        model.addAttribute(FORM, typed);
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + FORM, errors);
        return "engagement/search";
    }

    private static String refused(Kind kind, CaseSummary file, String key, Model model) {
        model.addAttribute("kind", kind.code());
        model.addAttribute("caseFile", file);
        model.addAttribute("why", key);
        return "engagement/search-refused";
    }
}
