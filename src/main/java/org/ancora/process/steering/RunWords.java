package org.ancora.process.steering;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What is said of one procedure: its steps, timers, dates and values in a person's language. */
@Component
class RunWords {

    private final Outlines outlines;
    private final Dates dates;
    private final KnownValues known;
    private final ObjectProvider<ProjectFacts> projects;
    private final MessageSource messages;

    RunWords(
            Outlines outlines,
            KnownValues known,
            Dates dates,
            ObjectProvider<ProjectFacts> projects,
            MessageSource messages) {
        this.outlines = outlines;
        this.known = known;
        this.dates = dates;
        this.projects = projects;
        this.messages = messages;
    }

    String say(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    /** In which the dates of the procedure's project are said and typed. */
    ZoneId zone(Run run) {
        ProjectFacts.Facts facts =
                projects.getObject().describe(Set.of(run.project())).get(run.project());
        return facts == null ? ZoneOffset.UTC : facts.calendar().zone();
    }

    String moment(Instant at, ZoneId zone, Locale language) {
        return dates.moment(at, zone, language);
    }

    /** The name of a step, or of an event that may happen meanwhile. */
    String title(String definition, String element, Locale language) {
        return outlines.title(definition, element, language);
    }

    /** What waits for a date: an element of the diagram, or the date of a task. */
    String timer(RunRows.Job job, Locale language) {
        String title = title(job.definition(), job.element(), language);
        return job.ofTask() ? say("steering.timer.of-task", language, title) : title;
    }

    /** That this task will be cancelled. */
    String dropped(RunRows.Task task, Locale language) {
        return say("steering.will.drop-task", language, title(task.definition(), task.element(), language));
    }

    /** What a variable holds, in words. */
    String value(RunRows.Value variable, ZoneId zone, Locale language) {
        return value(variable, variable.value(), zone, language);
    }

    /** What a variable would hold, in words. */
    private String value(RunRows.Value variable, @Nullable Object value, ZoneId zone, Locale language) {
        if (value == null || value.equals("")) {
            return say("steering.value.none", language);
        }
        if (value instanceof Boolean flag) {
            return say(flag ? "guide.true" : "guide.false", language);
        }
        if (value instanceof String code) {
            return known.word(variable.name(), code, variable.definition(), language);
        }
        return value instanceof Date date ? moment(date.toInstant(), zone, language) : String.valueOf(value);
    }

    /**
     * What a variable held or was to hold, as it was written down when it was put right.
     *
     * @param kept a code, or a number, a flag or {@code null} in figures and letters
     * @param definitions the versions in which its words are looked for
     */
    String kept(String variable, String kept, List<String> definitions, Locale language) {
        return switch (kept) {
            case "", "null" -> say("steering.value.none", language);
            case "true", "false" -> say("guide." + kept, language);
            default -> kept.matches("-?[0-9.]+") ? kept : known.word(variable, kept, definitions, language);
        };
    }

    /** That a variable will have another value. */
    String corrected(RunRows.Value variable, Object becomes, ZoneId zone, Locale language) {
        return say(
                "steering.will.correct",
                language,
                outlines.variable(variable.name(), language),
                value(variable, zone, language),
                value(variable, becomes, zone, language));
    }
}
