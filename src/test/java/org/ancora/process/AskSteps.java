package org.ancora.process;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.task.Answers;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the sound test models, so that they can run in the shared test context. */
@Configuration(proxyBeanMethods = false)
public class AskSteps {

    /** While above zero, telling the source fails and counts down. */
    public static final AtomicInteger OUTAGES = new AtomicInteger();

    /** How often the source was told, and how often a task was reported overdue. */
    public static final AtomicInteger TOLD = new AtomicInteger();

    public static final AtomicInteger OVERDUE = new AtomicInteger();

    /** Nothing fails, and nothing was told. */
    public static void reset() {
        OUTAGES.set(0);
        TOLD.set(0);
        OVERDUE.set(0);
    }

    @Bean
    DeclaredVariables askVariables() {
        return ModelFixtures.VARIABLES;
    }

    @Bean
    DeclaredMessages askMessages() {
        return ModelFixtures.MESSAGES;
    }

    @Bean
    Step lookUpPolicy(Decisions decisions) {
        return Step.named("lookUpPolicy")
                .input("decision")
                .input("track")
                .writes(ModelFixtures.ROUNDS)
                .does(step -> {
                    var row = decisions.evaluate(
                            step,
                            Step.input(step, "decision"),
                            Map.of("project", "york", "track", Step.input(step, "track")));
                    ModelFixtures.ROUNDS.set(step, ModelFixtures.ROUNDS.in(row));
                });
    }

    @Bean
    Step planCall(Clock clock) {
        return Step.named("planCall")
                .writes(ModelFixtures.DUE, ModelFixtures.OPENS)
                .does(step -> {
                    ModelFixtures.DUE.set(step, clock.instant().plus(Duration.ofDays(2)));
                    ModelFixtures.OPENS.set(step, clock.instant().plus(Duration.ofDays(3)));
                });
    }

    @Bean
    Step tellSource() {
        return Step.named("tellSource").input("kind").outward().does(step -> {
            if (OUTAGES.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("The mail server does not answer");
            }
            TOLD.incrementAndGet();
        });
    }

    @Bean
    TaskStep callOverdue() {
        return TaskStep.named("callOverdue").does(task -> OVERDUE.incrementAndGet());
    }

    @Bean
    TaskHandler answerHandler() {
        return new TaskHandler() {
            @Override
            public String form() {
                return "answer";
            }

            @Override
            public Set<String> fields() {
                return Set.of("outcome", "note");
            }

            @Override
            public Variables complete(TaskContext task, Answers answers) {
                return Variables.of(ProcessVariable.code("outcome"), answers.text("outcome"));
            }
        };
    }
}
