package org.ancora.process.steering;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.process.ProcessVariable;
import org.ancora.process.guide.GuideWords;
import org.ancora.process.migration.Migrations;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.Dates;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What many procedures have in common that a deed could be done to: dates that wait, steps where they wait, values, versions. */
@Component
class BatchChoices {

    private static final int MOST = 100;

    private static final String TIMERS = """
            select j.process_def_key_ as process, t.act_id_ as element, max(j.process_def_id_) as definition,
                   '' as folder, bool_or(j.handler_type_ = 'timer-task-listener') as of_task,
                   count(distinct r.root_instance_id) as n
              from steering_row r
              join engine.act_ru_execution e on e.root_proc_inst_id_ = r.root_instance_id and e.parent_id_ is null
              join engine.act_ru_job j on j.process_instance_id_ = e.proc_inst_id_
              join engine.act_ru_jobdef t on t.id_ = j.job_def_id_
             where r.batch_id = :batch and j.type_ = 'timer' and j.retries_ > 0 and j.duedate_ is not null
             group by 1, 2 order by count(distinct r.root_instance_id) desc, 1, 2 limit :most
            """;

    private static final String WAITS = """
            select process, element, max(definition) as definition, '' as folder, false as of_task,
                   count(distinct root) as n
              from (select r.root_instance_id as root, a.proc_def_key_ as process, a.act_id_ as element,
                           a.proc_def_id_ as definition
                      from steering_row r
                      join engine.act_hi_actinst a on a.root_proc_inst_id_ = r.root_instance_id and a.end_time_ is null
                     where r.batch_id = :batch and a.act_type_ !~ '(ubProcess|multiInstanceBody)'
                    union all
                    select r.root_instance_id, j.process_def_key_, coalesce(t.act_id_, j.failed_act_id_), j.process_def_id_
                      from steering_row r
                      join engine.act_ru_execution e on e.root_proc_inst_id_ = r.root_instance_id and e.parent_id_ is null
                      join engine.act_ru_job j on j.process_instance_id_ = e.proc_inst_id_
                      left join engine.act_ru_jobdef t on t.id_ = j.job_def_id_
                     where r.batch_id = :batch and j.type_ <> 'timer') w
             where element is not null
             group by 1, 2 order by count(distinct root) desc, 1, 2 limit :most
            """;

    private static final String VALUES = """
            select d.key_ as process, v.name_ as element, (array_agg(d.id_ order by d.version_ desc))[1] as definition,
                   max(f.folder) as folder, false as of_task, count(distinct r.root_instance_id) as n
              from steering_row r
              join engine.act_ru_execution e on e.root_proc_inst_id_ = r.root_instance_id and e.parent_id_ is null
              join engine.act_ru_variable v on v.proc_inst_id_ = e.proc_inst_id_ and v.execution_id_ = v.proc_inst_id_
              join engine.act_re_procdef d on d.id_ = e.proc_def_id_
              join deployment f on f.engine_id = d.deployment_id_
             where r.batch_id = :batch
             group by 1, 2 order by 1, 2
            """;

    /** One procedure of each folder and version: any of them knows the versions in which it could go on. */
    private static final String SAMPLES = """
            select distinct on (f.folder, d.deployment_id_) f.folder, r.root_instance_id, r.process_key, r.project_id
              from steering_row r
              join engine.act_ru_execution e on e.id_ = r.root_instance_id
              join engine.act_re_procdef d on d.id_ = e.proc_def_id_
              join deployment f on f.engine_id = d.deployment_id_
             where r.batch_id = :batch order by f.folder, d.deployment_id_, r.position limit 200
            """;

    private final RoutingValues routing;
    private final Outlines outlines;
    private final Migrations migrations;
    private final GuideWords words;
    private final Dates dates;
    private final ObjectProvider<ProjectFacts> projects;
    private final JdbcClient jdbc;

    BatchChoices(
            RoutingValues routing,
            Outlines outlines,
            Migrations migrations,
            GuideWords words,
            Dates dates,
            ObjectProvider<ProjectFacts> projects,
            JdbcClient jdbc) {
        this.routing = routing;
        this.outlines = outlines;
        this.migrations = migrations;
        this.words = words;
        this.dates = dates;
        this.projects = projects;
        this.jdbc = jdbc;
    }

    /** Steps of one procedure to which something could go. */
    record Targets(String procedure, List<Option> steps) {}

    /**
     * A timer, step or value that some of them have.
     *
     * @param definition the newest version of the diagram in which it is
     * @param folder which declares a value; empty for what is none
     */
    private record Part(
            String process, String element, String definition, String folder, boolean ofTask, int procedures) {}

    private List<Part> parts(String sql, Batch batch) {
        var statement = jdbc.sql(sql).param("batch", batch.id());
        return (sql.contains(":most") ? statement.param("most", MOST) : statement)
                .query((row, number) -> new Part(
                        row.getString("process"),
                        row.getString("element"),
                        row.getString("definition"),
                        row.getString("folder"),
                        row.getBoolean("of_task"),
                        row.getInt("n")))
                .list();
    }

    /** The parts that could be meant, each with how many procedures have it. */
    List<Option> of(Batch batch, Locale language) {
        return switch (batch.deed()) {
            case RESCHEDULE ->
                options(parts(TIMERS, batch), language, part -> {
                    String title = outlines.title(part.definition(), part.element(), language);
                    return part.ofTask() ? words.text("steering.timer.of-task", language, title) : title;
                });
            case MOVE ->
                options(
                        parts(WAITS, batch),
                        language,
                        part -> outlines.title(part.definition(), part.element(), language));
            case CORRECT ->
                values(batch, Map.of(), language).stream()
                        .map(value -> new Option(value.value(), value.words()))
                        .toList();
            case MIGRATE -> versions(batch, language);
            default -> List.of();
        };
    }

    private List<Option> options(List<Part> parts, Locale language, Function<Part, String> title) {
        return parts.stream()
                .map(part -> new Option(id(part), said(part, title.apply(part), language)))
                .toList();
    }

    private static String id(Part part) {
        return new BatchOrders.Part(part.process(), part.element()).text();
    }

    private String said(Part part, String title, Locale language) {
        return words.text(
                "steering.batch.part",
                language,
                title,
                outlines.procedure(part.process(), language),
                part.procedures());
    }

    /**
     * The values that could be put right, each with what it may become.
     *
     * @param typed what each was to become already, by part
     */
    List<ValueChoice> values(Batch batch, Map<String, String> typed, Locale language) {
        if (batch.deed() != Deed.CORRECT) {
            return List.of();
        }
        List<ValueChoice> values = new ArrayList<>();
        for (Part part : parts(VALUES, batch)) {
            ProcessVariable<?> variable = routing.declared(part.folder()).get(part.element());
            if (RoutingValues.isCorrectable(variable)) {
                values.add(routing.choice(
                        id(part),
                        said(part, outlines.variable(part.element(), language), language),
                        variable,
                        part.definition(),
                        typed.getOrDefault(id(part), ""),
                        language));
            }
        }
        return values;
    }

    /** Steps from which they could go on, by procedure, in the order in which one reads them. */
    List<Targets> targets(Batch batch, Locale language) {
        if (batch.deed() != Deed.MOVE) {
            return List.of();
        }
        Map<String, Part> newest = new LinkedHashMap<>();
        parts(WAITS, batch).forEach(part -> newest.putIfAbsent(part.process(), part));
        return newest.values().stream()
                .map(part -> {
                    Set<String> possible = Tokens.targets(outlines.plan(part.definition()));
                    return new Targets(
                            outlines.procedure(part.process(), language),
                            outlines.of(part.definition(), language)
                                    .steps()
                                    .filter(line -> possible.contains(line.id()))
                                    .map(line -> new Option(
                                            part.process() + "/" + line.id(), line.number() + " " + line.title()))
                                    .toList());
                })
                .toList();
    }

    private record Sample(String folder, String root, String process, ProjectId project) {}

    private List<Option> versions(Batch batch, Locale language) {
        List<Sample> samples = jdbc.sql(SAMPLES)
                .param("batch", batch.id())
                .query((row, number) -> new Sample(
                        row.getString("folder"),
                        row.getString("root_instance_id"),
                        row.getString("process_key"),
                        new ProjectId(row.getLong("project_id"))))
                .list();
        Map<ProjectId, ProjectFacts.Facts> places = projects.getObject()
                .describe(samples.stream().map(Sample::project).collect(Collectors.toSet()));
        Map<String, Option> versions = new LinkedHashMap<>();
        Map<String, Instant> published = new LinkedHashMap<>();
        for (Sample sample : samples) {
            ProjectFacts.Facts place = places.get(sample.project());
            migrations.targets(sample.root()).forEach(target -> {
                published.put(target.deployment(), target.at());
                versions.putIfAbsent(
                        target.deployment(),
                        new Option(
                                new BatchOrders.Part(sample.folder(), target.deployment()).text(),
                                outlines.procedure(sample.process(), language) + ": "
                                        + words.text(
                                                target.newest()
                                                        ? "steering.choice.version.newest"
                                                        : "steering.choice.version",
                                                language,
                                                target.number(),
                                                dates.moment(
                                                        target.at(),
                                                        place == null
                                                                ? ZoneOffset.UTC
                                                                : place.calendar()
                                                                        .zone(),
                                                        language))));
            });
        }
        return versions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        java.util.Comparator.comparing(published::get).reversed()))
                .map(Map.Entry::getValue)
                .limit(MOST)
                .toList();
    }

    /** What is settled, in words: the part that is meant, and what it becomes. */
    List<String> settled(Batch batch, String what, String to, Locale language) {
        List<String> said = new ArrayList<>();
        of(batch, language).stream()
                .filter(option -> option.value().equals(what))
                .map(Option::label)
                .findFirst()
                .ifPresent(said::add);
        String becomes = becomes(batch, what, to, language);
        if (becomes != null) {
            said.add(becomes);
        }
        return said;
    }

    private @Nullable String becomes(Batch batch, String what, String to, Locale language) {
        return switch (batch.deed()) {
            case RESCHEDULE ->
                to.startsWith(BatchOrders.AT)
                        ? words.text(
                                "steering.batch.to.at",
                                language,
                                dates.moment(
                                        LocalDateTime.parse(to.substring(BatchOrders.AT.length()))
                                                .toInstant(ZoneOffset.UTC),
                                        ZoneOffset.UTC,
                                        language))
                        : to.startsWith(BatchOrders.DAYS)
                                ? words.text(
                                        "steering.batch.to.days",
                                        language,
                                        Integer.parseInt(to.substring(BatchOrders.DAYS.length())))
                                : words.text("steering.when.now", language);
            case MOVE ->
                targets(batch, language).stream()
                        .flatMap(targets -> targets.steps().stream())
                        .filter(option ->
                                option.value().equals(BatchOrders.Part.of(what).process() + "/" + to))
                        .map(option -> words.text("steering.batch.to.step", language, option.label()))
                        .findFirst()
                        .orElse(null);
            case CORRECT -> words.text("steering.batch.to.value", language, chosen(batch, what, to, language));
            default -> null;
        };
    }

    /** What a value is to become, in the words in which it was offered. */
    private String chosen(Batch batch, String what, String to, Locale language) {
        return values(batch, Map.of(), language).stream()
                .filter(value -> value.value().equals(what))
                .flatMap(value -> value.known().options().stream())
                .filter(option -> option.value().equals(to))
                .map(Option::label)
                .findFirst()
                .orElse(to);
    }
}
