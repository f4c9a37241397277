package org.ancora.process.steering;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.ancora.process.monitor.Matching;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Doing the same to many procedures: choose, say what to do to each, look, give a reason, begin, watch. */
@Controller
@RequestMapping("/monitor/steering")
class BatchController {

    /** More than anybody means at once. */
    static final int MOST = 10_000;

    /** As many are done before the page answers; more in the background. */
    static final int AT_ONCE = 200;

    /** The same for what takes longer. */
    static final int AT_ONCE_SLOWLY = 20;

    /** So many are tried before somebody looks; the others are tried when it is their turn. */
    static final int TRIED = 50;

    private static final String ONE = "/{batch:[0-9]{1,18}}";

    private final BatchRows rows;
    private final BatchRunner runner;
    private final BatchJudge judge;
    private final BatchPages pages;
    private final IncidentRows incidents;
    private final Matching matching;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    BatchController(
            BatchRows rows,
            BatchRunner runner,
            BatchJudge judge,
            BatchPages pages,
            IncidentRows incidents,
            Matching matching,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.runner = runner;
        this.judge = judge;
        this.pages = pages;
        this.incidents = incidents;
        this.matching = matching;
        this.messages = messages;
        this.transaction = transaction;
    }

    /**
     * Keeps a choice, to be looked at before it begins: procedures by id, all that match what was chosen above a list, or all
     * that wait for one cause.
     *
     * @param action code of a {@link Deed}
     * @param which {@code all} for all that match; their filters stand beside it as in the list's address
     */
    @PostMapping("/preview")
    String preview(
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String which,
            @RequestParam(name = "instance", required = false) @Nullable List<String> instances,
            @RequestParam(defaultValue = "") String process,
            @RequestParam(defaultValue = "") String element,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam Map<String, String> typed,
            Viewer viewer) {
        if (!viewer.mayAnywhere(Permission.STEER_PROCEDURES)) {
            throw new Forbidden(Permission.STEER_PROCEDURES, null);
        }
        Deed deed = Deed.of(action).orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "steering.batch.choose"));
        List<String> ids = which.equals("all")
                ? matching.ids(typed, viewer, MOST + 1)
                : instances != null && !instances.isEmpty()
                        ? instances
                        : process.isEmpty() ? List.of() : incidents.roots(process, element, kind, viewer, MOST + 1);
        if (ids.size() > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.batch.too-many", MOST);
        }
        Batch batch = Objects.requireNonNull(transaction.execute(running -> {
            Batch kept = rows.insert(deed, ids, viewer);
            if (kept.total() == 0) {
                running.setRollbackOnly();
            }
            return kept;
        }));
        if (batch.total() == 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.batch.nothing");
        }
        return "redirect:/monitor/steering/" + batch.id();
    }

    /** What is to be said, what will be done, is being done, or was done. */
    @GetMapping(ONE)
    String page(
            @PathVariable("batch") long id,
            @RequestParam(required = false) @Nullable String why,
            @RequestParam(defaultValue = "0") int after,
            @RequestParam(defaultValue = "false") boolean change,
            Viewer viewer,
            Model model) {
        Batch batch = own(id, viewer);
        return batch.open() || (change && batch.chosen() && batch.deed().asksMore())
                ? ask(batch, BatchTyped.settled(batch), null, viewer, model)
                : show(batch, why, after, null, "", viewer, model);
    }

    /** Keeps to which part of each it is to be done, and what that becomes. */
    @PostMapping(ONE + "/part")
    String part(
            @PathVariable("batch") long id,
            @RequestParam Map<String, String> sent,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        Batch batch = own(id, viewer);
        if (!batch.chosen() || !batch.deed().asksMore()) {
            return "redirect:/monitor/steering/" + id;
        }
        Locale language = viewer.locale();
        BatchTyped typed = BatchTyped.sent(sent);
        String what = typed.what();
        try {
            if (pages.form(batch, typed, language).parts().stream()
                    .map(Option::value)
                    .noneMatch(what::equals)) {
                throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose." + chosen(batch.deed()));
            }
            String becomes = becomes(batch.deed(), typed);
            String said = pages.said(batch, what, becomes, language);
            transaction.executeWithoutResult(running -> rows.settle(batch, what, becomes, said));
            tryOut(own(id, viewer), viewer);
        } catch (Problem wrong) {
            transaction.executeWithoutResult(running -> rows.settle(batch, "", "", ""));
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            String why = messages.getMessage(wrong.key(), wrong.arguments(), language);
            return ask(own(id, viewer), typed, why, viewer, model);
        }
        return "redirect:/monitor/steering/" + id;
    }

    private static String chosen(Deed deed) {
        return switch (deed) {
            case MOVE -> "wait";
            case CORRECT -> "value";
            case MIGRATE -> "version";
            default -> "timer";
        };
    }

    private static String becomes(Deed deed, BatchTyped typed) {
        return switch (deed) {
            case RESCHEDULE ->
                switch (typed.to()) {
                    case "now" -> BatchOrders.NOW;
                    case "days" -> BatchOrders.DAYS + days(typed.days());
                    default -> at(typed.day(), typed.hour());
                };
            case MOVE -> target(typed.what(), typed.to());
            case CORRECT ->
                typed.values().getOrDefault(typed.what(), typed.to()).strip();
            default -> "";
        };
    }

    private static int days(String typed) {
        int days = typed.strip().matches("[0-9]{1,3}") ? Integer.parseInt(typed.strip()) : 0;
        if (days < 1 || days > BatchOrders.MOST_DAYS) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.batch.days", BatchOrders.MOST_DAYS);
        }
        return days;
    }

    private static String at(String day, String hour) {
        String at = day + "T" + hour;
        if (!at.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.date");
        }
        try {
            return BatchOrders.AT + java.time.LocalDateTime.parse(at);
        } catch (java.time.DateTimeException unreadable) {
            Problem problem = new Problem(HttpStatus.BAD_REQUEST, "steering.choose.date");
            problem.initCause(unreadable);
            throw problem;
        }
    }

    private static String target(String what, String to) {
        String prefix = BatchOrders.Part.of(what).process() + "/";
        if (!to.startsWith(prefix)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "steering.choose.target");
        }
        return to.substring(prefix.length());
    }

    /** What was typed is checked by the first to whom it would be done; what may fail by itself is tried with some. */
    private void tryOut(Batch batch, Viewer viewer) {
        List<BatchJudge.Verdict> going = judge.judge(batch, viewer).stream()
                .filter(BatchJudge.Verdict::goes)
                .limit(batch.deed() == Deed.MIGRATE ? TRIED : 1)
                .toList();
        for (BatchJudge.Verdict verdict : going) {
            String refused = runner.trial(batch, verdict.row(), viewer);
            if (!refused.isEmpty()) {
                rows.say(batch, verdict.row().root(), refused);
            }
        }
    }

    private String ask(Batch batch, BatchTyped typed, @Nullable String wrong, Viewer viewer, Model model) {
        model.addAttribute("form", pages.form(batch, typed, viewer.locale()));
        model.addAttribute("action", batch.deed().code());
        model.addAttribute("path", "/monitor/steering/" + batch.id());
        model.addAttribute("wrong", wrong);
        return "process/steering/batch-part";
    }

    private String show(
            Batch batch,
            @Nullable String why,
            int after,
            @Nullable String wrong,
            String reason,
            Viewer viewer,
            Model model) {
        model.addAttribute("view", pages.view(batch, why, after, viewer));
        model.addAttribute("action", batch.deed().code());
        model.addAttribute("path", "/monitor/steering/" + batch.id());
        model.addAttribute("why", why);
        model.addAttribute("after", after);
        model.addAttribute("wrong", wrong);
        model.addAttribute("reason", reason);
        return "process/steering/batch";
    }

    /** Begins, once however often it is asked. */
    @PostMapping(ONE + "/start")
    String start(
            @PathVariable("batch") long id,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        Batch batch = own(id, viewer);
        if (batch.open()) {
            return "redirect:/monitor/steering/" + id;
        }
        try {
            Steering.requireReason(reason);
        } catch (Problem missing) {
            response.setStatus(missing.status().value());
            return show(
                    batch,
                    null,
                    0,
                    messages.getMessage(missing.key(), missing.arguments(), viewer.locale()),
                    reason,
                    viewer,
                    model);
        }
        int atOnce = batch.deed() == Deed.MIGRATE || batch.deed() == Deed.RESTART ? AT_ONCE_SLOWLY : AT_ONCE;
        boolean begun = Boolean.TRUE.equals(transaction.execute(running -> {
            if (!rows.start(batch, reason.strip())) {
                return false;
            }
            if (batch.total() > atOnce) {
                runner.begin(batch);
            }
            return true;
        }));
        if (begun && batch.total() <= atOnce) {
            while (runner.goOn(id)) {
                // some at a time until none is left
            }
        }
        return "redirect:/monitor/steering/" + id;
    }

    private Batch own(long id, Viewer viewer) {
        return rows.find(id)
                .filter(batch -> batch.by().equals(viewer.id()))
                .orElseThrow(() -> new Hidden("steering", id));
    }
}
