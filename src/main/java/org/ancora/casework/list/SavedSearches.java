package org.ancora.casework.list;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.Hidden;
import org.ancora.access.OncePerPage;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.audit.Audited;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Searches that people keep, each in one project: their own, and those that somebody shared with everybody there. */
@Service
class SavedSearches {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SavedSearches(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A search.
     *
     * @param query as the address has it
     * @param shared whether everybody in the project sees it
     * @param mine whether it is the viewer's own
     * @param first whether the viewer's list begins with it
     */
    record Saved(long id, String name, String query, boolean shared, boolean mine, boolean first) {}

    /** The viewer's own and the shared searches of a project by name, in one statement a page. */
    List<Saved> of(ProjectId project, Viewer viewer) {
        return OncePerPage.read("casework.list.saved " + project + " " + viewer.id(), () -> jdbc.sql("""
                        select s.id, s.name, s.query, s.shared, s.owner_id = :viewer as mine, d.search_id is not null as first
                          from saved_search s
                          left join saved_search_default d
                                 on d.search_id = s.id and d.account_id = :viewer and d.project_id = s.project_id
                         where s.project_id = :project and s.removed_at is null and (s.owner_id = :viewer or s.shared)
                         order by s.shared, lower(s.name), s.id
                        """)
                .param("project", project.value())
                .param("viewer", viewer.id().value())
                .query((row, number) -> new Saved(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("query"),
                        row.getBoolean("shared"),
                        row.getBoolean("mine"),
                        row.getBoolean("first")))
                .list());
    }

    Optional<Saved> find(long id, ProjectId project, Viewer viewer) {
        return of(project, viewer).stream().filter(each -> each.id() == id).findFirst();
    }

    @Transactional
    long keep(ProjectId project, String name, String query, boolean shared, Viewer viewer) {
        if (shared) {
            viewer.require(Permission.SHARE_SEARCHES, project);
        }
        long id = jdbc.sql("""
                        insert into saved_search (project_id, owner_id, name, query, shared, created_at)
                        values (:project, :owner, :name, :query, :shared, :now) returning id
                        """)
                .param("project", project.value())
                .param("owner", viewer.id().value())
                .param("name", name)
                .param("query", query)
                .param("shared", shared)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        tell("caselist.search-kept", id, shared, project, viewer);
        return id;
    }

    @Transactional
    void rename(long id, ProjectId project, @Nullable String was, String name, Viewer viewer) {
        Saved saved = changeable(id, project, viewer);
        if (was != null && !was.equals(saved.name())) {
            throw new OptimisticLockingFailureException("saved search %d has another name by now".formatted(id));
        }
        jdbc.sql("update saved_search set name = :name where id = :id")
                .param("name", name)
                .param("id", id)
                .update();
        tell("caselist.search-changed", id, saved.shared(), project, viewer);
    }

    @Transactional
    void replace(long id, ProjectId project, String query, Viewer viewer) {
        Saved saved = changeable(id, project, viewer);
        jdbc.sql("update saved_search set query = :query where id = :id")
                .param("query", query)
                .param("id", id)
                .update();
        tell("caselist.search-changed", id, saved.shared(), project, viewer);
    }

    @Transactional
    void share(long id, ProjectId project, boolean shared, Viewer viewer) {
        viewer.require(Permission.SHARE_SEARCHES, project);
        changeable(id, project, viewer);
        jdbc.sql("update saved_search set shared = :shared where id = :id")
                .param("shared", shared)
                .param("id", id)
                .update();
        tell("caselist.search-changed", id, true, project, viewer);
    }

    /** Takes a search out of the lists; {@link #restore} brings it back. */
    @Transactional
    void remove(long id, ProjectId project, Viewer viewer) {
        Saved saved = changeable(id, project, viewer);
        jdbc.sql("update saved_search set removed_at = :now where id = :id")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
        tell("caselist.search-removed", id, saved.shared(), project, viewer);
    }

    /** Undoes {@link #remove}; only whoever may remove it may. */
    @Transactional
    void restore(long id, ProjectId project, Viewer viewer) {
        int restored = jdbc.sql("""
                        update saved_search set removed_at = null
                         where id = :id and project_id = :project and (owner_id = :viewer or (shared and :may))
                        """)
                .param("id", id)
                .param("project", project.value())
                .param("viewer", viewer.id().value())
                .param("may", viewer.may(Permission.SHARE_SEARCHES, project))
                .update();
        if (restored == 0) {
            throw new Hidden("saved search", id);
        }
        tell("caselist.search-kept", id, false, project, viewer);
    }

    /** Begins the viewer's list with a search, or with all open cases again. */
    @Transactional
    void begin(long id, ProjectId project, boolean with, Viewer viewer) {
        if (find(id, project, viewer).isEmpty()) {
            throw new Hidden("saved search", id);
        }
        jdbc.sql(with ? """
                                  insert into saved_search_default (account_id, project_id, search_id)
                                  values (:viewer, :project, :id)
                                  on conflict (account_id, project_id) do update set search_id = excluded.search_id
                                  """ : """
                                  delete from saved_search_default
                                   where account_id = :viewer and project_id = :project and search_id = :id
                                  """)
                .param("viewer", viewer.id().value())
                .param("project", project.value())
                .param("id", id)
                .update();
    }

    private Saved changeable(long id, ProjectId project, Viewer viewer) {
        Saved saved = find(id, project, viewer).orElseThrow(() -> new Hidden("saved search", id));
        if (!saved.mine()) {
            viewer.require(Permission.SHARE_SEARCHES, project);
        }
        return saved;
    }

    private void tell(String action, long id, boolean shared, ProjectId project, Viewer viewer) {
        events.publishEvent(
                new Audited(action, project, null, "saved-search", String.valueOf(id), viewer.id(), Map.of())
                        .with("shared", shared));
    }
}
