package org.ancora.process.task;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.process.Deadlines;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code work_item}, one by one; lists are {@link WorkList}'s. */
@Component
class WorkItemTable {

    /** All columns of the table, called {@code w}, and the assignee's name. */
    static final String SELECT =
            "select w.*, a.name as assignee_name from work_item w left join account a on a.id = w.assignee";

    private static final String INSERT = """
            insert into work_item (id, process_instance_id, root_instance_id, definition_id, root_definition_id,
                   process_key, root_process_key, element, calling_element, root_element, form, title, title_arguments,
                   case_code, project_id, teams, assignee, opens_at, due_at, created_at, priority, kind)
            values (:id, :instance, :rootInstance, :definition, :rootDefinition, :processKey, :rootProcessKey, :element,
                   :callingElement, :rootElement, :form, :title, :titleArguments::jsonb, :caseCode, :project, :teams,
                   :assignee, :opens, :due, :created, :priority, :kind)
            """;

    private static final TypeReference<List<Object>> ARGUMENTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    WorkItemTable(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    Optional<WorkItem> find(String id) {
        return jdbc.sql(SELECT + " where w.id = :id")
                .param("id", id)
                .query(this::item)
                .optional();
    }

    /** The task, held until the transaction ends: whoever else wants to finish it waits, and then finds it gone. */
    Optional<WorkItem> findAndHold(String id) {
        return jdbc.sql(SELECT + " where w.id = :id for update of w")
                .param("id", id)
                .query(this::item)
                .optional();
    }

    /** The open tasks of a case, the one due first first. */
    List<WorkItem> ofCase(String caseCode) {
        return jdbc.sql(SELECT + " where w.case_code = :case order by w.sort_at, w.id")
                .param("case", caseCode)
                .query(this::item)
                .list();
    }

    /** The codes of a project's cases with an open task at one of these elements. */
    Set<String> casesAt(ProjectId project, Collection<String> elements) {
        return jdbc.sql("select case_code from work_item where project_id = :project and element = any(:elements)")
                .param("project", project.value())
                .param("elements", elements.toArray(String[]::new))
                .query(String.class)
                .set();
    }

    /** A task, and what its date was computed from as {@link Deadlines#read} takes it; null when none was recorded. */
    record Explained(WorkItem task, @Nullable String explanation) {}

    /** As {@link #ofCase}, each with the reason of its date. */
    List<Explained> explainedOfCase(String caseCode) {
        return jdbc.sql("""
                        select w.*, a.name as assignee_name, %s as explanation
                          from work_item w left join account a on a.id = w.assignee
                         where w.case_code = :case order by w.sort_at, w.id
                        """.formatted(Deadlines.explanationOf("w")))
                .param("case", caseCode)
                .query((row, number) -> new Explained(item(row, number), row.getString("explanation")))
                .list();
    }

    void insert(WorkItem item) {
        jdbc.sql(INSERT + "on conflict (id) do nothing").params(params(item)).update();
    }

    /** The row exactly as given, whether there was one or not; one that is right already is not written again. */
    void put(WorkItem item) {
        jdbc.sql(INSERT + """
                        on conflict (id) do update
                           set (process_instance_id, root_instance_id, definition_id, root_definition_id, process_key,
                                root_process_key, element, calling_element, root_element, form, title, title_arguments,
                                case_code, project_id, teams, assignee, opens_at, due_at, created_at, priority, kind)
                             = (excluded.process_instance_id, excluded.root_instance_id, excluded.definition_id,
                                excluded.root_definition_id, excluded.process_key, excluded.root_process_key,
                                excluded.element, excluded.calling_element, excluded.root_element, excluded.form,
                                excluded.title, excluded.title_arguments, excluded.case_code, excluded.project_id,
                                excluded.teams, excluded.assignee, excluded.opens_at, excluded.due_at,
                                excluded.created_at, excluded.priority, excluded.kind)
                         where work_item is distinct from excluded
                        """).params(params(item)).update();
    }

    /** A procedure called by another stands still while its caller moves to a new version of its diagram. */
    void moveRoot(String rootInstance, String rootDefinition) {
        jdbc.sql("update work_item set root_definition_id = :definition where root_instance_id = :instance")
                .param("definition", rootDefinition)
                .param("instance", rootInstance)
                .update();
    }

    /** What may change while a task is open: who has it, who may take it, its dates and priority. */
    void update(WorkItem item) {
        jdbc.sql("""
                        update work_item
                           set teams = :teams, assignee = :assignee, opens_at = :opens, due_at = :due,
                               priority = :priority, kind = :kind, title = :title, title_arguments = :titleArguments::jsonb
                         where id = :id
                        """).params(params(item)).update();
    }

    /** The task left the list: it was completed, or its procedure went on without it. */
    void end(String id, boolean completed) {
        jdbc.sql("""
                        with ended as (delete from work_item where id = :id returning *)
                        insert into work_done (id, process_key, element, calling_element, title, title_arguments,
                               case_code, project_id, teams, assignee, ended_at, completed)
                        select id, process_key, element, calling_element, title, title_arguments, case_code, project_id,
                               teams, assignee, :now, :completed
                          from ended
                        on conflict (id) do nothing
                        """)
                .param("id", id)
                .param("now", at(clock.instant()))
                .param("completed", completed)
                .update();
    }

    /** Ids of the engine's open tasks, in their order. */
    List<String> engineTasks(String after, int limit) {
        return jdbc.sql("select id_ from act_ru_task where id_ > :after order by id_ limit :limit")
                .param("after", after)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /**
     * Removes rows whose task the engine no longer has.
     *
     * @param until the last id to look at, or null for all after the first
     */
    void removeGone(String after, @Nullable String until) {
        jdbc.sql("""
                        delete from work_item w
                         where w.id > :after and (cast(:until as text) is null or w.id <= :until)
                           and not exists (select 1 from act_ru_task t where t.id_ = w.id)
                        """).param("after", after).param("until", until).update();
    }

    /** A row of a query that begins with {@link #SELECT}. */
    WorkItem item(ResultSet row, int number) throws SQLException {
        long project = row.getLong("project_id");
        ProjectId projectId = row.wasNull() ? null : new ProjectId(project);
        long assignee = row.getLong("assignee");
        UserId assigneeId = row.wasNull() ? null : new UserId(assignee);
        return new WorkItem(
                row.getString("id"),
                row.getString("process_instance_id"),
                row.getString("root_instance_id"),
                row.getString("definition_id"),
                row.getString("root_definition_id"),
                row.getString("process_key"),
                row.getString("root_process_key"),
                row.getString("element"),
                row.getString("calling_element"),
                row.getString("root_element"),
                row.getString("form"),
                row.getString("title"),
                json.readValue(row.getString("title_arguments"), ARGUMENTS),
                row.getString("case_code"),
                projectId,
                strings(row.getArray("teams")),
                assigneeId,
                instant(row, "opens_at"),
                instant(row, "due_at"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getInt("priority"),
                row.getString("assignee_name"));
    }

    private Map<String, @Nullable Object> params(WorkItem item) {
        ProjectId project = item.project();
        UserId assignee = item.assignee();
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("id", item.id());
        params.put("instance", item.processInstance());
        params.put("rootInstance", item.rootInstance());
        params.put("definition", item.definition());
        params.put("rootDefinition", item.rootDefinition());
        params.put("processKey", item.processKey());
        params.put("rootProcessKey", item.rootProcessKey());
        params.put("element", item.element());
        params.put("callingElement", item.callingElement());
        params.put("rootElement", item.rootElement());
        params.put("form", item.form());
        params.put("title", item.title());
        params.put("titleArguments", json.writeValueAsString(item.titleArguments()));
        params.put("caseCode", item.caseCode());
        params.put("project", project == null ? null : project.value());
        params.put("teams", item.teams().toArray(String[]::new));
        params.put("assignee", assignee == null ? null : assignee.value());
        params.put("opens", at(item.opens()));
        params.put("due", at(item.due()));
        params.put("created", at(item.created()));
        params.put("priority", item.priority());
        params.put("kind", item.kind().code());
        return params;
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
