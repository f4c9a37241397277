package org.ancora.process;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.time.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where the engine keeps the dates of cases: in timers, in tasks, and in the variables from which both were set. Read in
 * three statements however many cases there are.
 */
@Component
class HeldDates {

    private final JdbcClient jdbc;

    HeldDates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A timer that has not fired. */
    record Timer(String id, String instance, Instant due) {}

    /** An open task. */
    record Task(
            String id,
            String instance,
            @Nullable Instant opens,
            @Nullable Instant due) {}

    /**
     * A variable that holds an instant.
     *
     * @param execution the scope in which it lives
     */
    record Variable(String execution, String instance, String name, Instant value) {}

    /** All dates of one case. */
    record Held(List<Timer> timers, List<Task> tasks, List<Variable> variables) {

        private static Held nothing() {
            return new Held(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /**
         * What holds a deadline and would have to move with it; nothing when no timer and no task does, for then it is over.
         *
         * <p>Two deadlines may be due at the same instant. Tasks tell them apart by when they opened, and so do variables
         * whose partner says it: {@code due} and {@code opens}, {@code capDue} and {@code capOpens}.
         *
         * @param only whether no other deadline of the case was ever due at that instant
         */
        Held of(Deadline deadline, boolean only) {
            Instant opens = Deadlines.asTheEngineKeepsIt(deadline.opens());
            Instant due = Deadlines.asTheEngineKeepsIt(deadline.due());
            Map<String, Instant> values = new HashMap<>();
            variables.forEach(variable -> values.put(key(variable.execution(), variable.name()), variable.value()));
            List<Variable> moving = new ArrayList<>();
            Set<String> instances = new HashSet<>();
            for (Variable variable : variables) {
                if (!variable.value().equals(due)) {
                    continue;
                }
                String partner = partner(variable.name());
                Instant opened = partner == null ? null : values.get(key(variable.execution(), partner));
                if (opened == null ? only || partner == null : opened.equals(opens)) {
                    moving.add(variable);
                    instances.add(variable.instance());
                    if (opened != null && partner != null) {
                        moving.add(new Variable(variable.execution(), variable.instance(), partner, opened));
                    }
                }
            }
            List<Task> open = tasks.stream()
                    .filter(task ->
                            due.equals(task.due()) && (task.opens() == null ? only : opens.equals(task.opens())))
                    .toList();
            open.forEach(task -> instances.add(task.instance()));
            List<Timer> waiting = timers.stream()
                    .filter(timer -> instances.contains(timer.instance())
                            && (timer.due().equals(due) || timer.due().equals(opens)))
                    .toList();
            return open.isEmpty() && waiting.isEmpty() ? nothing() : new Held(waiting, open, moving);
        }

        boolean isNothing() {
            return timers.isEmpty() && tasks.isEmpty();
        }

        private static String key(String execution, String name) {
            return execution + "/" + name;
        }

        private static @Nullable String partner(String due) {
            if (due.equals("due")) {
                return "opens";
            }
            return due.endsWith("Due") ? due.substring(0, due.length() - 3) + "Opens" : null;
        }
    }

    /** What is held for each of these cases; one that holds nothing is there all the same. */
    Map<String, Held> of(Collection<String> cases) {
        Map<String, Held> held = new HashMap<>();
        cases.forEach(code -> held.put(code, Held.nothing()));
        String[] codes = held.keySet().toArray(String[]::new);
        // The engine keeps instants without zone, in UTC, and those of variables in milliseconds.
        jdbc.sql("""
                        select p.business_key_ as code, j.id_ as id, j.process_instance_id_ as instance, j.duedate_ as due
                          from engine.act_ru_execution p
                          join engine.act_ru_job j on j.process_instance_id_ = p.id_
                         where p.business_key_ = any(:codes) and j.type_ = 'timer' and j.duedate_ is not null
                         order by j.id_
                        """).param("codes", codes).query(row -> {
            found(held, row.getString("code"))
                    .timers()
                    .add(new Timer(
                            row.getString("id"),
                            row.getString("instance"),
                            row.getObject("due", LocalDateTime.class).toInstant(ZoneOffset.UTC)));
        });
        jdbc.sql("""
                        select p.business_key_ as code, t.id_ as id, t.proc_inst_id_ as instance,
                               t.follow_up_date_ as opens, t.due_date_ as due
                          from engine.act_ru_execution p
                          join engine.act_ru_task t on t.proc_inst_id_ = p.id_
                         where p.business_key_ = any(:codes)
                         order by t.id_
                        """).param("codes", codes).query(row -> {
            found(held, row.getString("code"))
                    .tasks()
                    .add(new Task(
                            row.getString("id"),
                            row.getString("instance"),
                            instant(row.getObject("opens", LocalDateTime.class)),
                            instant(row.getObject("due", LocalDateTime.class))));
        });
        jdbc.sql("""
                        select p.business_key_ as code, v.execution_id_ as execution, v.proc_inst_id_ as instance,
                               v.name_ as name, v.long_ as value
                          from engine.act_ru_execution p
                          join engine.act_ru_variable v on v.proc_inst_id_ = p.id_
                         where p.business_key_ = any(:codes) and v.type_ = 'date' and v.long_ is not null
                         order by v.id_
                        """).param("codes", codes).query(row -> {
            found(held, row.getString("code"))
                    .variables()
                    .add(new Variable(
                            row.getString("execution"),
                            row.getString("instance"),
                            row.getString("name"),
                            Instant.ofEpochMilli(row.getLong("value"))));
        });
        return held;
    }

    /** Codes of cases with a running procedure of a project, in their order; called procedures are of their caller's case. */
    List<String> cases(long project, String after, int limit) {
        return jdbc.sql("""
                        select distinct p.business_key_
                          from engine.act_ru_variable v
                          join engine.act_ru_execution p on p.id_ = v.proc_inst_id_
                         where v.name_ = 'projectId' and v.long_ = :project and p.business_key_ > :after
                         order by p.business_key_ limit :limit
                        """)
                .param("project", project)
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    private static Held found(Map<String, Held> held, String code) {
        return held.computeIfAbsent(code, any -> Held.nothing());
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime stored) {
        return stored == null ? null : stored.toInstant(ZoneOffset.UTC);
    }
}
