package org.ancora.process.steering;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.process.ProcedureCancelled;
import org.ancora.process.ProcedureRestarted;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Whether a procedure goes on at all: it is tried again, stands still, ends or begins once more. */
@Component
class Lifecycle {

    private final RunRows rows;
    private final RunWords words;
    private final RoutingValues values;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Lifecycle(
            RunRows rows,
            RunWords words,
            RoutingValues values,
            RuntimeService runtime,
            ManagementService management,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.words = words;
        this.values = values;
        this.runtime = runtime;
        this.management = management;
        this.events = events;
        this.clock = clock;
    }

    Prepared retry(Run run, Order order, Locale language) {
        List<RunRows.Job> failed = rows.jobs(run.id()).stream()
                .filter(job -> job.retries() <= 0)
                .filter(job -> order.what().isEmpty() || order.what().equals(job.id()))
                .toList();
        if (failed.isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "steering.nothing-failed");
        }
        return new Prepared(
                failed.stream()
                        .map(job -> words.say(
                                "steering.will.retry",
                                language,
                                words.title(job.definition(), job.element(), language)))
                        .distinct()
                        .toList(),
                Map.of("element", failed.get(0).element(), "steps", String.valueOf(failed.size())),
                () -> {
                    failed.forEach(job -> {
                        management.setJobRetries(job.id(), 1);
                        management.setJobDuedate(job.id(), Date.from(clock.instant()));
                    });
                    return run.id();
                });
    }

    Prepared suspend(Run run, Locale language) {
        int tasks = rows.tasks(run.id()).size();
        List<String> effects = new ArrayList<>();
        effects.add(words.say("steering.will.suspend", language));
        if (tasks > 0) {
            effects.add(words.say("steering.will.suspend-tasks", language, tasks));
        }
        return new Prepared(effects, Map.of(), () -> {
            rows.instances(run.id()).forEach(runtime::suspendProcessInstanceById);
            return run.id();
        });
    }

    Prepared resume(Run run, Locale language) {
        Instant now = clock.instant();
        long missed = rows.jobs(run.id()).stream()
                .filter(job ->
                        job.retries() > 0 && job.due() != null && !job.due().isAfter(now))
                .count();
        List<String> effects = new ArrayList<>();
        effects.add(words.say("steering.will.resume", language));
        if (missed > 0) {
            effects.add(words.say("steering.will.catch-up", language, missed));
        }
        return new Prepared(effects, Map.of(), () -> {
            rows.instances(run.id()).forEach(runtime::activateProcessInstanceById);
            return run.id();
        });
    }

    Prepared cancel(Run run, Viewer viewer) {
        Locale language = viewer.locale();
        List<String> effects = new ArrayList<>();
        effects.add(words.say("steering.will.cancel", language));
        rows.tasks(run.id()).forEach(task -> effects.add(words.dropped(task, language)));
        effects.add(words.say("steering.will.keep-case", language));
        return new Prepared(effects, Map.of(), () -> {
            if (run.suspended()) {
                rows.instances(run.id()).forEach(runtime::activateProcessInstanceById);
            }
            runtime.deleteProcessInstance(run.id(), "steering.cancel", false, true, false, false);
            String code = run.caseCode();
            if (code != null) {
                events.publishEvent(new ProcedureCancelled(code, run.project(), run.process(), run.id(), viewer.id()));
            }
            return run.id();
        });
    }

    Prepared restart(Run run, Order order, Viewer viewer) {
        Locale language = viewer.locale();
        String code = run.caseCode();
        if (code != null) {
            // Of two that begin again for one case at once, the second sees the first.
            rows.holdCase(run.process(), code);
            if (runsAlready(run, code)) {
                throw new Problem(HttpStatus.CONFLICT, "steering.runs-already");
            }
        }
        RoutingValues.Start start = values.startAgain(run, order.values(), language);
        List<String> effects = new ArrayList<>();
        effects.add(words.say("steering.will.restart", language));
        effects.addAll(start.changes());
        return new Prepared(effects, Map.of(), () -> {
            String begun = runtime.createProcessInstanceByKey(run.process())
                    .businessKey(code)
                    .setVariables(start.values())
                    .execute()
                    .getId();
            if (code != null) {
                events.publishEvent(new ProcedureRestarted(code, run.project(), run.process(), begun, viewer.id()));
            }
            return begun;
        });
    }

    private boolean runsAlready(Run run, String code) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(code)
                        .processDefinitionKey(run.process())
                        .count()
                > 0;
    }
}
