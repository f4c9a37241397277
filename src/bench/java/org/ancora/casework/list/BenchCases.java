package org.ancora.casework.list;

import java.util.List;
import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.access.Viewers;
import org.ancora.casework.FreshPlans;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** The very code behind the list of cases, without the pages. */
@Component
public class BenchCases {

    private final CaseQueries queries;
    private final CaseFinder finder;
    private final BulkRows rows;
    private final BulkRunner runner;
    private final Viewers viewers;
    private final Projects projects;
    private final FreshPlans fresh;
    private final TransactionTemplate transaction;

    BenchCases(
            CaseQueries queries,
            CaseFinder finder,
            BulkRows rows,
            BulkRunner runner,
            Viewers viewers,
            Projects projects,
            FreshPlans fresh,
            TransactionTemplate transaction) {
        this.queries = queries;
        this.finder = finder;
        this.rows = rows;
        this.runner = runner;
        this.viewers = viewers;
        this.projects = projects;
        this.fresh = fresh;
        this.transaction = transaction;
    }

    public Viewer viewer(UserId id) {
        return viewers.of(id).orElseThrow();
    }

    /**
     * Reads one page and its capped count, with the viewer's rights.
     *
     * @param project a project's key, or null for the list of all
     * @param address what stands behind the question mark
     * @return where the next page begins, or null on the last one
     */
    public @Nullable String list(@Nullable String project, String address, Viewer viewer) {
        CaseQuery query = query(project, address, viewer);
        CaseFinder.Page page = finder.page(query, viewer);
        finder.count(query, viewer);
        CaseQuery.Place next = page.next();
        return next == null ? null : next.encoded();
    }

    /** How many rows the page shows. */
    public int shown(@Nullable String project, String address, Viewer viewer) {
        return finder.page(query(project, address, viewer), viewer).cases().size();
    }

    public long exactly(@Nullable String project, String address, Viewer viewer) {
        return finder.exactCount(query(project, address, viewer), viewer);
    }

    /** The plans of the page's statement and of its count, as PostgreSQL carried them out. */
    public List<String> plans(@Nullable String project, String address, Viewer viewer) {
        CaseQuery query = query(project, address, viewer);
        CaseFinder.Statement page = Objects.requireNonNull(finder.pageStatement(query, viewer));
        return List.of(plan(page), plan(finder.countStatement(query, viewer, CaseFinder.COUNTED + 1)));
    }

    private String plan(CaseFinder.Statement statement) {
        return statement.stopsEarly() ? fresh.stoppingEarly(() -> explained(statement)) : explained(statement);
    }

    private String explained(CaseFinder.Statement statement) {
        return String.join(
                "\n",
                fresh.sql("explain (analyze, buffers, costs off) " + statement.sql())
                        .params(statement.params())
                        .query(String.class)
                        .list());
    }

    /** Gives so many of one worker's cases to another, as the page does; returns how many were changed. */
    public int reassign(String project, UserId from, UserId to, int cases, Viewer by) {
        Project found = projects.byKey(project).orElseThrow();
        CaseFinder.Statement chosen = finder.idStatement(query(project, "assigned=" + from, by), by, cases);
        BulkChange bulk = Objects.requireNonNull(transaction.execute(running ->
                rows.insert(found.id(), by.id(), BulkChange.Kind.ASSIGN, to.toString(), "", "bench", chosen)));
        rows.start(bulk);
        while (runner.goOn(bulk.id())) {
            // until none is left
        }
        return rows.find(bulk.id()).orElseThrow().changed();
    }

    private CaseQuery query(@Nullable String project, String address, Viewer viewer) {
        MultiValueMap<String, String> given = new LinkedMultiValueMap<>();
        UriComponentsBuilder.fromUriString("?" + address)
                .build()
                .getQueryParams()
                .forEach((name, values) -> given.addAll(name, values));
        return queries.read(project == null ? null : projects.byKey(project).orElseThrow(), given, viewer);
    }
}
