package org.ancora.referral.directory;

import java.util.List;
import java.util.Optional;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.web.Option;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The resource directory, for whoever sends somebody to what is in it (C97, C102). */
@Service
public class Directory {

    private final JdbcClient jdbc;
    private final ResourceSearch search;
    private final ResourceWords words;

    Directory(JdbcClient jdbc, ResourceSearch search, ResourceWords words) {
        this.jdbc = jdbc;
        this.search = search;
        this.words = words;
    }

    /**
     * What stands in the directory now, in the viewer's language.
     *
     * @param resourceId of a service at a place, also of one that is inactive by now
     * @return empty where there is none, or none that this viewer may know of
     */
    public Optional<ResourceSnapshot> snapshot(long resourceId, Viewer viewer) {
        return search.find(resourceId, viewer).map(row -> words.snapshot(row, viewer));
    }

    /** The needs to choose from: terms at the top of the taxonomies that resources carry, by their ids, by name. */
    public List<Option> needs(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql("""
                        select distinct t.id, t.name
                          from directory_facet f
                          join directory_source s on s.id = f.source_id
                          join directory_taxonomy_term t on t.id = f.value::bigint
                         where f.facet = 'need' and %s order by t.name limit 200
                        """.formatted(scope.sql("s.project_id")))
                .params(scope.params())
                .query((row, number) -> new Option(row.getString(1), row.getString(2)))
                .list();
    }

    /** Codes of the languages that resources speak. */
    List<String> languages(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql("""
                        select distinct f.value from directory_facet f join directory_source s on s.id = f.source_id
                         where f.facet = 'language' and %s limit 200
                        """.formatted(scope.sql("s.project_id")))
                .params(scope.params())
                .query(String.class)
                .list();
    }

    /** Sources to choose from. */
    List<Option> sources(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return jdbc.sql("select s.id, s.name from directory_source s where " + scope.sql("s.project_id")
                        + " order by lower(s.name), s.id limit 100")
                .params(scope.params())
                .query((row, number) -> new Option(row.getString(1), row.getString(2)))
                .list();
    }
}
