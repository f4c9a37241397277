package org.ancora.attention.complaint;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.time.BusinessCalendar;
import org.ancora.web.Problem;
import org.ancora.web.RequestKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What may be done with a complaint beside its tasks, asked before it is done. */
@Controller
class ComplaintDeeds {

    /** What may be done stands here only: no other word leads to a deed. */
    private static final String DEED = "/complaints/{number}/{action:extend|stop|withdraw|merge|redirect|appeal}";

    private static final int LONGEST = 1000;

    private final Complaints complaints;
    private final ComplaintCases cases;
    private final ComplaintClock dates;
    private final ComplaintWords words;

    ComplaintDeeds(Complaints complaints, ComplaintCases cases, ComplaintClock dates, ComplaintWords words) {
        this.complaints = complaints;
        this.cases = cases;
        this.dates = dates;
        this.words = words;
    }

    /** A page that asks before anything is done. */
    @GetMapping(DEED)
    String ask(@PathVariable String number, @PathVariable String action, Viewer viewer, Model model) {
        Complaint complaint = mayDo(number, action, viewer);
        form(complaint, action, Map.of(), Map.of(), viewer, model);
        return "complaint/act";
    }

    @PostMapping(DEED)
    String act(
            @PathVariable String number,
            @PathVariable String action,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Complaint complaint = mayDo(number, action, viewer);
        Map<String, String> wrong = new HashMap<>();
        String text = text(sent, "text", LONGEST, wrong);
        LocalDate day = null;
        if (action.equals("extend") || action.equals("stop")) {
            day = day(sent.getOrDefault("day", ""));
            if (day == null) {
                wrong.put("day", "complaint.act.day-missing");
            }
        }
        String other = action.equals("merge") || action.equals("redirect") ? text(sent, "other", 200, wrong) : "";
        if (wrong.isEmpty()) {
            try {
                LocalDate on = day;
                complaints.once(number, requestKey(action, other, on, text, sent), () -> {
                    switch (action) {
                        case "extend" -> complaints.extend(number, Objects.requireNonNull(on), text, viewer);
                        case "stop" -> complaints.stop(number, text, Objects.requireNonNull(on), viewer);
                        case "withdraw" -> complaints.withdraw(number, text, viewer);
                        case "merge" -> complaints.merge(number, other, text, viewer);
                        case "appeal" -> complaints.appeal(number, text, viewer);
                        default -> complaints.redirect(number, other, text, viewer);
                    }
                });
                flash.addFlashAttribute("told", "complaint.done." + action);
                return "redirect:" + complaint.path();
            } catch (Problem refused) {
                if (refused.status() != HttpStatus.BAD_REQUEST) {
                    throw refused;
                }
                wrong.put(action.equals("merge") ? "other" : "day", refused.key());
            }
        }
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        form(complaint, action, sent, wrong, viewer, model);
        return "complaint/act";
    }

    private static UUID requestKey(
            String action, String other, @Nullable LocalDate day, String text, Map<String, String> sent) {
        return RequestKey.of(Map.of(
                RequestKey.FIELD,
                sent.getOrDefault(RequestKey.FIELD, ""),
                "action",
                action,
                "other",
                other,
                "day",
                String.valueOf(day),
                "text",
                text));
    }

    private void form(
            Complaint complaint,
            String action,
            Map<String, String> typed,
            Map<String, String> wrong,
            Viewer viewer,
            Model model) {
        BusinessCalendar calendar = dates.calendar(complaint);
        model.addAttribute("complaint", complaint);
        model.addAttribute("action", action);
        model.addAttribute("typed", typed);
        model.addAttribute("requestKey", typed.getOrDefault(RequestKey.FIELD, RequestKey.fresh()));
        model.addAttribute("wrong", wrong);
        model.addAttribute("due", words.day(complaint.terms().due(), calendar, viewer.locale()));
        LocalDate last = dates.lastDay(complaint);
        model.addAttribute("lastDay", words.day(last, viewer.locale()));
        model.addAttribute("max", action.equals("extend") ? last.toString() : null);
    }

    private Complaint mayDo(String number, String action, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        boolean allowed =
                switch (action) {
                    case "extend" -> complaint.mayBeExtendedBy(viewer);
                    case "stop" -> complaint.mayBeHandledBy(viewer);
                    default -> viewer.may(Permission.ATTEND_USERS, complaint.project());
                };
        if (!allowed) {
            throw new Forbidden(
                    action.equals("extend") ? Permission.DECIDE_AS_SUPERVISOR : Permission.ATTEND_USERS,
                    complaint.project());
        }
        return complaint;
    }

    /** A client and a case out of a complaint; it goes on beside it. */
    @PostMapping("/complaints/{number}/case")
    String openCase(@PathVariable String number, Viewer viewer) {
        Complaint complaint = complaints.open(number, viewer);
        viewer.require(Permission.REGISTER_INTAKE, complaint.project());
        return "redirect:/cases/" + cases.open(complaint, viewer);
    }

    private static String text(Map<String, String> sent, String field, int longest, Map<String, String> wrong) {
        String text = sent.getOrDefault(field, "").strip();
        if (text.isEmpty()) {
            wrong.put(field, "complaint.act.missing");
        } else if (text.length() > longest) {
            wrong.put(field, "complaint.act.too-long");
        }
        return text;
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            LocalDate day = LocalDate.parse(typed);
            return day.getYear() < 2000 || day.getYear() > 2199 ? null : day;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
