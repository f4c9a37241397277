package org.ancora.referral.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Collator;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Needs as somebody chooses among them who looks into the directories of several projects: each once, in the reader's language
 * where one of the projects has it in that, else in the project's own. Terms are the same need where their codes in the same
 * taxonomy are; a bare number in a taxonomy without a name says nothing beyond its own file.
 */
@Component
class Needs {

    /** How many are offered. */
    private static final int MOST = 200;

    private static final String TAXONOMY = "coalesce(x.name, t.data ->> 'taxonomy', '')";

    private static final String SELECT = """
            select distinct t.id, t.name,
                   case when %1$s <> '' or t.code ~ '[[:alpha:]]' then %1$s || '/' || t.code end as same,
                   lower(split_part(coalesce(nullif(t.data ->> 'language', ''), p.locale), '-', 1)) as language
            """.formatted(TAXONOMY);

    private static final String SOURCES = """
              join directory_source s on s.id = t.source_id
              join project p on p.id = s.project_id
              left join directory_taxonomy x on x.source_id = t.source_id and x.ref = t.data ->> 'taxonomy_id'
            """;

    private final JdbcClient jdbc;

    Needs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A term; {@code same} is null for one that is like no other. */
    private record Named(String id, String name, @Nullable String same, String language) {

        static Named of(ResultSet row, int number) throws SQLException {
            return new Named(
                    row.getString("id"), row.getString("name"), row.getString("same"), row.getString("language"));
        }

        boolean speaks(Locale locale) {
            return language.equals(locale.getLanguage());
        }
    }

    /** Those at the top of the taxonomies that resources carry, by their ids: first what is in the reader's language, by name. */
    List<Option> top(Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return once(
                jdbc.sql(SELECT + " from directory_facet f join directory_taxonomy_term t on t.id = f.value::bigint "
                                + SOURCES + " where f.facet = 'need' and " + scope.sql("s.project_id"))
                        .params(scope.params())
                        .query(Named::of)
                        .list(),
                MOST,
                viewer.locale());
    }

    /**
     * Those right below one that this viewer would find something with.
     *
     * @param need id of a term
     * @param seen SQL on {@code directory_resource r}: what the viewer may see, with its parameters
     */
    List<Option> narrower(long need, int most, Viewer viewer, String seen, Map<String, Object> params) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        return once(
                jdbc.sql(SELECT + " from directory_taxonomy_term t " + SOURCES
                                + """
                                 where t.active and t.path[2] = any(:needs) and %s
                                   and exists (select 1 from directory_resource r
                                                where r.active and r.term_ids @> array[t.id] and %s)
                                """.formatted(scope.sql("s.project_id"), seen))
                        .params(params)
                        .param("needs", same(need, viewer).toArray(Long[]::new))
                        .query(Named::of)
                        .list(),
                most,
                viewer.locale());
    }

    /** The terms that are the same need in what this viewer may search, itself among them. */
    List<Long> same(long need, Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.SEARCH_DIRECTORY);
        List<Long> same = jdbc.sql("""
                        with chosen as (
                            select t.code, %1$s as taxonomy from directory_taxonomy_term t
                              left join directory_taxonomy x
                                on x.source_id = t.source_id and x.ref = t.data ->> 'taxonomy_id'
                             where t.id = :need and (%1$s <> '' or t.code ~ '[[:alpha:]]'))
                        select t.id from chosen c join directory_taxonomy_term t on t.code = c.code %2$s
                         where t.active and %1$s = c.taxonomy and %3$s
                        """.formatted(TAXONOMY, SOURCES, scope.sql("s.project_id")))
                .params(scope.params())
                .param("need", need)
                .query(Long.class)
                .list();
        return same.contains(need) ? same : List.of(need);
    }

    private static List<Option> once(List<Named> terms, int most, Locale reader) {
        Collator names = Collator.getInstance(reader);
        Comparator<Named> order = Comparator.comparing((Named term) -> !term.speaks(reader))
                .thenComparing(Named::name, names)
                .thenComparing(Named::id);
        Map<String, Named> needs = new LinkedHashMap<>();
        terms.stream()
                .sorted(order)
                .forEach(term -> needs.putIfAbsent(Objects.requireNonNullElse(term.same(), "#" + term.id()), term));
        return needs.values().stream()
                .limit(most)
                .map(term -> new Option(term.id(), term.name()))
                .toList();
    }
}
