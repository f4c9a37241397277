package org.ancora.engagement;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.network.CurrentProject;
import org.ancora.network.Projects;
import org.ancora.process.NotWaiting;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
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

/** Where a colleague records that the client, or the source, got in touch: how, when, and what was said. */
@Controller
class NewsPages {

    private static final String FORM = "form";
    private static final List<String> CHANNELS = List.of("phone", "sms", "email", "visit");
    private static final int LONGEST_NOTE = 500;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final Cases cases;
    private final Projects projects;
    private final News news;
    private final ReadLog reads;
    private final MessageSource messages;
    private final Clock clock;

    NewsPages(Cases cases, Projects projects, News news, ReadLog reads, MessageSource messages, Clock clock) {
        this.cases = cases;
        this.projects = projects;
        this.news = news;
        this.reads = reads;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/cases/{code}/in-touch")
    String clientInTouch(Viewer viewer, @PathVariable String code, Model model) {
        return ask(News.Kind.CLIENT, code, viewer, model);
    }

    @PostMapping("/cases/{code}/in-touch")
    String clientInTouch(
            Viewer viewer,
            @PathVariable String code,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        return record(News.Kind.CLIENT, code, viewer, sent, model, flash, request, response);
    }

    @GetMapping("/cases/{code}/source-answered")
    String sourceAnswered(Viewer viewer, @PathVariable String code, Model model) {
        return ask(News.Kind.SOURCE, code, viewer, model);
    }

    @PostMapping("/cases/{code}/source-answered")
    String sourceAnswered(
            Viewer viewer,
            @PathVariable String code,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        return record(News.Kind.SOURCE, code, viewer, sent, model, flash, request, response);
    }

    private String ask(News.Kind kind, String code, Viewer viewer, Model model) {
        CaseSummary file = open(code, viewer);
        reads.record(viewer, file.project(), code, "case", code, "page");
        if (!news.isAwaited(kind, code)) {
            return notWaiting(kind, file, model);
        }
        var now = clock.instant().atZone(zone(file));
        Map<String, Object> typed = new HashMap<>();
        typed.put("day", now.toLocalDate().toString());
        typed.put("hour", HOUR.format(now));
        return page(kind, file, typed, new MapBindingResult(typed, FORM), viewer, model);
    }

    private String record(
            News.Kind kind,
            String code,
            Viewer viewer,
            Map<String, String> sent,
            Model model,
            RedirectAttributes flash,
            HttpServletRequest request,
            HttpServletResponse response) {
        CaseSummary file = open(code, viewer);
        Map<String, Object> typed = new HashMap<>(sent);
        MapBindingResult errors = new MapBindingResult(typed, FORM);
        String channel = sent.getOrDefault("channel", "");
        if (!CHANNELS.contains(channel)) {
            errors.rejectValue("channel", "engagement.in-touch.channel-missing");
        }
        Instant when = when(sent, file, errors);
        String note = sent.getOrDefault("note", "").strip();
        if (note.length() > LONGEST_NOTE) {
            errors.rejectValue("note", "engagement.in-touch.note-long", new Object[] {LONGEST_NOTE}, null);
        }
        if (errors.hasErrors() || when == null) {
            boolean htmx = request.getHeader("HX-Request") != null;
            response.setStatus((htmx ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.BAD_REQUEST).value());
            return page(kind, file, typed, errors, viewer, model);
        }
        try {
            news.heard(kind, file, channel, when, note, viewer);
        } catch (NotWaiting overtaken) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return notWaiting(kind, file, model);
        }
        flash.addFlashAttribute("told", "engagement." + kind.page() + ".done");
        return "redirect:" + file.path();
    }

    private @Nullable Instant when(Map<String, String> sent, CaseSummary file, BindingResult errors) {
        try {
            LocalDate day = LocalDate.parse(sent.getOrDefault("day", ""));
            LocalTime hour = LocalTime.parse(sent.getOrDefault("hour", ""));
            Instant when = day.atTime(hour).atZone(zone(file)).toInstant();
            if (when.isAfter(clock.instant())) {
                errors.rejectValue("day", "engagement.in-touch.when-future");
            } else if (day.isBefore(LocalDate.ofInstant(file.openedAt(), zone(file)))) {
                errors.rejectValue("day", "engagement.in-touch.when-before");
            }
            return when;
        } catch (DateTimeException unreadable) {
            errors.rejectValue("day", "engagement.in-touch.when-missing");
            return null;
        }
    }

    private CaseSummary open(String code, Viewer viewer) {
        CaseSummary file = cases.byCode(code, viewer);
        viewer.require(Permission.RECORD_CONTACT, file.project());
        if (file.concealed()) {
            throw new Forbidden(Permission.SEE_PROTECTED, file.project());
        }
        CurrentProject.is(projects.get(file.project()));
        return file;
    }

    private ZoneId zone(CaseSummary file) {
        return projects.calendar(file.project()).zone();
    }

    private String page(
            News.Kind kind,
            CaseSummary file,
            Map<String, Object> typed,
            BindingResult errors,
            Viewer viewer,
            Model model) {
        model.addAttribute("kind", kind.page());
        model.addAttribute("caseFile", file);
        model.addAttribute(FORM, typed);
        model.addAttribute(BindingResult.MODEL_KEY_PREFIX + FORM, errors);
        model.addAttribute(
                "channels",
                CHANNELS.stream()
                        .map(channel -> new Option(
                                channel,
                                messages.getMessage(
                                        "engagement." + kind.page() + ".channel." + channel, null, viewer.locale())))
                        .toList());
        return "engagement/news";
    }

    private static String notWaiting(News.Kind kind, CaseSummary file, Model model) {
        model.addAttribute("kind", kind.page());
        model.addAttribute("caseFile", file);
        return "engagement/not-waiting";
    }
}
