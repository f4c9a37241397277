package org.ancora.casework.list;

import java.sql.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which columns a person sees in a project's list: their own choice, else the project's, else Ancora's. */
@Service
class CaseColumns {

    private static final List<String> USUAL = List.of("code", "client", "status", "assigned", "project", "opened");

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    CaseColumns(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Returns the columns to show: those of the address if it names some, in its order; never one that the viewer may not see. */
    List<Field> of(CaseQuery query, Map<String, Field> fields, Viewer viewer) {
        List<String> keys = query.columns().isEmpty() ? chosen(query.projectId(), viewer.id()) : query.columns();
        List<Field> found = keys.stream()
                .map(fields::get)
                .filter(Objects::nonNull)
                .filter(Field::column)
                .toList();
        return found.isEmpty() ? List.of(Objects.requireNonNull(fields.get("code"))) : found;
    }

    private List<String> chosen(@Nullable ProjectId project, UserId person) {
        return jdbc.sql("""
                        select columns from list_columns
                         where project_id is not distinct from :project and (account_id = :person or account_id is null)
                         order by account_id nulls last limit 1
                        """)
                .param("project", project == null ? null : project.value(), java.sql.Types.BIGINT)
                .param("person", person.value())
                .query((row, number) -> texts(row.getArray("columns")))
                .optional()
                .orElse(USUAL);
    }

    private static List<String> texts(Array array) throws java.sql.SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    /**
     * Keeps a person's choice.
     *
     * @param columns keys of fields, in order; empty to go back to the project's
     */
    @Transactional
    void choose(@Nullable Project project, List<String> columns, Viewer viewer) {
        put(project == null ? null : project.id(), viewer.id(), columns);
    }

    /**
     * Keeps what everybody sees who has not chosen.
     *
     * @param columns keys of fields, in order; empty to go back to Ancora's
     */
    @Transactional
    void chooseForAll(Project project, List<String> columns, Viewer viewer) {
        viewer.require(Permission.SHARE_SEARCHES, project.id());
        put(project.id(), null, columns);
        events.publishEvent(
                new Audited("caselist.columns-set", project.id(), null, "project", project.key(), viewer.id(), Map.of())
                        .with("columns", columns.size()));
    }

    private void put(@Nullable ProjectId project, @Nullable UserId person, List<String> columns) {
        jdbc.sql("""
                        delete from list_columns
                         where project_id is not distinct from :project and account_id is not distinct from :person
                        """)
                .param("project", project == null ? null : project.value(), java.sql.Types.BIGINT)
                .param("person", person == null ? null : person.value(), java.sql.Types.BIGINT)
                .update();
        if (!columns.isEmpty()) {
            jdbc.sql("""
                            insert into list_columns (project_id, account_id, columns) values (:project, :person, :columns)
                            on conflict (project_id, account_id) do update set columns = excluded.columns
                            """)
                    .param("project", project == null ? null : project.value(), java.sql.Types.BIGINT)
                    .param("person", person == null ? null : person.value(), java.sql.Types.BIGINT)
                    .param("columns", columns.toArray(String[]::new))
                    .update();
        }
    }
}
