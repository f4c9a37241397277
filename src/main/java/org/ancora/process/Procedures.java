package org.ancora.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where the procedures of a case stand, for pages that draw them; see {@link Processes} for starting and speaking to them. */
@Service
public class Procedures {

    private final HistoryService history;
    private final RepositoryService repository;
    private final JdbcClient jdbc;

    Procedures(HistoryService history, RepositoryService repository, JdbcClient jdbc) {
        this.history = history;
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /**
     * How far a procedure has come.
     *
     * @param instance the engine's id of it
     * @param definition the engine's id of the exact diagram version
     * @param ended when it ended; null while it runs
     * @param done the elements that were passed
     * @param present the elements where it waits, without the sub-processes around them; empty once it has ended
     * @param variables its variables as the engine returns them; empty once it has ended
     */
    public record Progress(
            String instance,
            String definition,
            String key,
            Instant started,
            @Nullable Instant ended,
            List<String> done,
            List<String> present,
            Map<String, Object> variables) {

        public boolean running() {
            return ended == null;
        }

        /** The variable's value, or empty when it is missing or null. */
        public <T> Optional<T> find(ProcessVariable<T> variable) {
            return variable.find(variables);
        }
    }

    /**
     * One element that a procedure came to.
     *
     * @param type the engine's name for its kind, such as {@code userTask}
     * @param left when it was left; null while the procedure waits there
     * @param cancelled whether it was given up before it was done
     */
    public record Visit(
            String element,
            String type,
            Instant entered,
            @Nullable Instant left,
            boolean cancelled) {

        private static Visit of(HistoricActivityInstance step) {
            Date end = step.getEndTime();
            return new Visit(
                    step.getActivityId(),
                    step.getActivityType(),
                    step.getStartTime().toInstant(),
                    end == null ? null : end.toInstant(),
                    step.isCanceled());
        }

        /** Whether it is a frame around other elements and not a place of its own. */
        public boolean isFrame() {
            return type.contains("ubProcess");
        }
    }

    /** What a procedure came to, earliest first. */
    public record Trail(List<Visit> visits) {

        /** The elements where it waits, without the sub-processes around them; empty once it has ended. */
        public List<String> present() {
            return visits.stream()
                    .filter(visit -> visit.left() == null && !visit.isFrame())
                    .map(Visit::element)
                    .distinct()
                    .toList();
        }

        /** The elements that were passed and where it does not wait again. */
        public List<String> done() {
            List<String> present = present();
            return visits.stream()
                    .filter(visit -> visit.left() != null && !visit.cancelled())
                    .map(Visit::element)
                    .distinct()
                    .filter(element -> !present.contains(element))
                    .toList();
        }
    }

    /**
     * How far the newest procedure of this kind has come; in three statements.
     *
     * @param processKey a procedure that was started for the case, not a called one
     */
    @Transactional(readOnly = true)
    public Optional<Progress> latest(String caseCode, String processKey) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseCode)
                .processDefinitionKey(processKey)
                .orderByProcessInstanceStartTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .map(this::progress)
                .findFirst();
    }

    /** The drawing of a procedure in one version, as {@link Progress#definition()} names it. */
    public byte[] diagram(String definition) {
        try (InputStream model = repository.getProcessModel(definition)) {
            return model.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a procedure came to; in one statement. */
    @Transactional(readOnly = true)
    public Trail trail(String instance) {
        return new Trail(history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                // Many steps begin in the same millisecond.
                .orderPartiallyByOccurrence()
                .asc()
                .orderByActivityId()
                .asc()
                .list()
                .stream()
                .map(Visit::of)
                .toList());
    }

    private Progress progress(HistoricProcessInstance instance) {
        Trail trail = trail(instance.getId());
        Date end = instance.getEndTime();
        return new Progress(
                instance.getId(),
                instance.getProcessDefinitionId(),
                instance.getProcessDefinitionKey(),
                instance.getStartTime().toInstant(),
                end == null ? null : end.toInstant(),
                trail.done(),
                trail.present(),
                end == null
                        ? variablesOf(List.of(instance.getId())).getOrDefault(instance.getId(), Map.of())
                        : Map.of());
    }

    /**
     * The variables of running procedures by instance id, in one statement; those of a whole procedure win over those of
     * a part of it. A procedure without any is left out.
     */
    @Transactional(readOnly = true)
    public Map<String, Map<String, Object>> variablesOf(Collection<String> instances) {
        Map<String, Map<String, Object>> found = new HashMap<>();
        // The engine's own query takes five times as long, and every task that is opened or completed waits for it.
        jdbc.sql("""
                        select proc_inst_id_, execution_id_, name_, type_, long_, double_, text_
                          from act_ru_variable
                         where proc_inst_id_ = any(:instances)
                         order by id_
                        """)
                .param("instances", instances.stream().distinct().toArray(String[]::new))
                .query(row -> {
                    String instance = row.getString("proc_inst_id_");
                    String name = row.getString("name_");
                    Map<String, Object> variables = found.computeIfAbsent(instance, any -> new HashMap<>());
                    Object value = value(row);
                    if (value != null
                            && (instance.equals(row.getString("execution_id_")) || !variables.containsKey(name))) {
                        variables.put(name, value);
                    }
                });
        return found;
    }

    /** Of the kinds that procedures keep, see {@link ProcessVariable.Kind}; the engine counts in integers and doubles. */
    private static @Nullable Object value(ResultSet row) throws SQLException {
        return switch (row.getString("type_")) {
            case "string" -> row.getString("text_");
            case "long" -> row.getLong("long_");
            case "integer" -> row.getInt("long_");
            case "double" -> row.getDouble("double_");
            case "boolean" -> row.getLong("long_") == 1;
            case "date" -> Date.from(Instant.ofEpochMilli(row.getLong("long_")));
            default -> null;
        };
    }
}
