package org.ancora.process.steering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
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

/** Doing the same to many procedures: choose, look, give a reason, begin, watch. */
@Controller
@RequestMapping("/monitor/steering")
class BatchController {

    /** More than anybody means at once. */
    static final int MOST = 10_000;

    /** As many are done before the page answers; more in the background. */
    static final int AT_ONCE = 200;

    private static final int PAGE = 50;

    private final BatchRows rows;
    private final BatchRunner runner;
    private final IncidentRows incidents;
    private final Outlines outlines;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    BatchController(
            BatchRows rows,
            BatchRunner runner,
            IncidentRows incidents,
            Outlines outlines,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.rows = rows;
        this.runner = runner;
        this.incidents = incidents;
        this.outlines = outlines;
        this.messages = messages;
        this.transaction = transaction;
    }

    /** One procedure of it, in words. */
    record Line(@Nullable String code, String path, String procedure, boolean skipped, String words) {}

    /** So many are skipped for a reason. */
    record Reason(String code, String text, int procedures) {}

    /**
     * Keeps a choice, to be looked at before it begins: either procedures by id, or all that wait for one cause.
     *
     * @param action code of a {@link Deed} that can be done to many
     */
    @PostMapping("/preview")
    String preview(
            @RequestParam(defaultValue = "") String action,
            @RequestParam(name = "instance", required = false) @Nullable List<String> instances,
            @RequestParam(defaultValue = "") String process,
            @RequestParam(defaultValue = "") String element,
            @RequestParam(defaultValue = "") String kind,
            Viewer viewer) {
        if (!viewer.mayAnywhere(Permission.STEER_PROCEDURES)) {
            throw new Forbidden(Permission.STEER_PROCEDURES, null);
        }
        Deed deed = Deed.of(action)
                .filter(Deed::ofMany)
                .orElseThrow(() -> new Problem(HttpStatus.BAD_REQUEST, "steering.batch.choose"));
        List<String> ids = instances != null && !instances.isEmpty()
                ? instances.stream().limit(MOST).toList()
                : process.isEmpty() ? List.of() : incidents.roots(process, element, kind, viewer, MOST);
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

    /** What will be done, is being done, or was done. */
    @GetMapping("/{batch:[0-9]{1,18}}")
    String page(
            @PathVariable("batch") long id,
            @RequestParam(required = false) @Nullable String why,
            @RequestParam(defaultValue = "0") int after,
            Viewer viewer,
            Model model) {
        return show(own(id, viewer), why, after, null, "", viewer, model);
    }

    private String show(
            Batch batch,
            @Nullable String why,
            int after,
            @Nullable String wrong,
            String reason,
            Viewer viewer,
            Model model) {
        Locale language = viewer.locale();
        Map<String, Integer> skipped = rows.skipped(batch, viewer);
        int left = skipped.values().stream().mapToInt(Integer::intValue).sum();
        List<BatchRows.Row> page = rows.page(batch, why, after, PAGE + 1, viewer);
        List<Line> lines = new ArrayList<>();
        for (BatchRows.Row row : page.subList(0, Math.min(PAGE, page.size()))) {
            lines.add(line(row, batch, language));
        }
        model.addAttribute("batch", batch);
        model.addAttribute("action", batch.deed().code());
        model.addAttribute("path", "/monitor/steering/" + batch.id());
        model.addAttribute("changes", batch.state().equals("chosen") ? batch.total() - left : batch.changed());
        model.addAttribute(
                "reasons",
                skipped.entrySet().stream()
                        .map(each -> new Reason(each.getKey(), why(each.getKey(), language), each.getValue()))
                        .toList());
        model.addAttribute("lines", lines);
        model.addAttribute("next", page.size() > PAGE ? page.get(PAGE - 1).position() : null);
        model.addAttribute("why", why);
        model.addAttribute("after", after);
        model.addAttribute("wrong", wrong);
        model.addAttribute("reason", reason);
        return "process/steering/batch";
    }

    private Line line(BatchRows.Row row, Batch batch, Locale language) {
        String code = row.caseCode();
        String why = row.why();
        return new Line(
                code == null || !code.matches("[A-Z]{2,}.*[0-9]") ? null : code,
                "/monitor/instances/" + row.root(),
                outlines.procedure(row.process(), language),
                why != null,
                why == null
                        ? messages.getMessage(
                                "steering.batch.does." + batch.deed().code(), null, language)
                        : why(why, language));
    }

    private String why(String why, Locale language) {
        return messages.getMessage("steering.batch.why." + why, null, language);
    }

    /** Begins, once however often it is asked. */
    @PostMapping("/{batch:[0-9]{1,18}}/start")
    String start(
            @PathVariable("batch") long id,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            Model model,
            jakarta.servlet.http.HttpServletResponse response) {
        Batch batch = own(id, viewer);
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
        boolean begun = Boolean.TRUE.equals(transaction.execute(running -> {
            if (!rows.start(batch, reason.strip())) {
                return false;
            }
            if (batch.total() > AT_ONCE) {
                runner.begin(batch);
            }
            return true;
        }));
        if (begun && batch.total() <= AT_ONCE) {
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
