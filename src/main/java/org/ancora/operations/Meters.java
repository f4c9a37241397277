package org.ancora.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.ancora.process.JobRunner;
import org.springframework.stereotype.Component;

/**
 * The figures for a collector. What is counted in the database is the same on every node; what begins with
 * {@code ancora.node} is each node's own. Tags are states only: never a person, a case or a project.
 */
@Component
class Meters implements MeterBinder {

    private final Figures figures;
    private final ClockSkew skew;
    private final JobRunner jobs;

    Meters(Figures figures, ClockSkew skew, JobRunner jobs) {
        this.figures = figures;
        this.skew = skew;
        this.jobs = jobs;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "ancora.jobs.due", "Timers and steps whose time has come", read -> read.jobs()
                .due());
        seconds(registry, "ancora.jobs.overdue", "How long the oldest of them has been due", read -> read.jobs()
                .overdueFor());
        count(registry, "ancora.jobs.exhausted", "Jobs without retries", read -> read.jobs()
                .exhausted());
        count(registry, "ancora.incidents", "Steps that wait for a person to look at them", read -> read.jobs()
                .incidents());
        mail(registry, "queued", read -> read.mail().queued());
        mail(registry, "sending", read -> read.mail().sending());
        mail(registry, "unknown", read -> read.mail().unknown());
        seconds(
                registry,
                "ancora.mail.oldest",
                "How long ago the oldest queued message was written",
                read -> read.mail().oldestQueued());
        ofThisNode(registry);
    }

    private void ofThisNode(MeterRegistry registry) {
        Gauge.builder(
                        "ancora.node.clock.ahead",
                        skew,
                        clock -> clock.latest().known() ? seconds(clock.latest().ahead()) : Double.NaN)
                .description("How far this node's clock is ahead of the database's")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("ancora.node.jobs.running", jobs, runner -> runner.isRunning() ? 1 : 0)
                .description("Whether this node takes jobs")
                .register(registry);
        FunctionCounter.builder("ancora.node.jobs.lost", jobs, JobRunner::lockLosses)
                .description("Runs of jobs that lost against another change and are tried again")
                .register(registry);
        Gauge.builder("ancora.node.jobs.lost.in.a.row", jobs, JobRunner::lockLossesInARow)
                .description("How often in a row the unluckiest job has lost")
                .register(registry);
    }

    private void mail(MeterRegistry registry, String state, ToDoubleFunction<Figures.Reading> value) {
        Gauge.builder("ancora.mail", figures, source -> of(source, value))
                .description("E-mails and text messages on their way out")
                .tags(Tags.of("state", state))
                .register(registry);
    }

    private void count(MeterRegistry registry, String name, String what, ToDoubleFunction<Figures.Reading> value) {
        Gauge.builder(name, figures, source -> of(source, value))
                .description(what)
                .register(registry);
    }

    private void seconds(MeterRegistry registry, String name, String what, Lasting value) {
        Gauge.builder(name, figures, source -> of(source, read -> seconds(value.of(read))))
                .description(what)
                .baseUnit("seconds")
                .register(registry);
    }

    private interface Lasting {
        Duration of(Figures.Reading reading);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double of(Figures figures, ToDoubleFunction<Figures.Reading> value) {
        Figures.Reading reading = figures.recent();
        return reading == null ? Double.NaN : value.applyAsDouble(reading);
    }
}
