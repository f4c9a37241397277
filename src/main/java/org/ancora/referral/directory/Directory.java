package org.ancora.referral.directory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.web.Languages;
import org.ancora.web.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The resource directory, for whoever sends somebody to what is in it (C97, C102). */
@Service
public class Directory {

    private final JdbcClient jdbc;
    private final ResourceSearch search;
    private final ResourceWords words;
    private final SearchedFor searchedFor;
    private final Needs needs;

    Directory(JdbcClient jdbc, ResourceSearch search, ResourceWords words, SearchedFor searchedFor, Needs needs) {
        this.jdbc = jdbc;
        this.search = search;
        this.words = words;
        this.searchedFor = searchedFor;
        this.needs = needs;
    }

    /**
     * The fields of a search inside another form, {@code directory/choices :: find}.
     *
     * @param query what they hold
     * @param needs to choose from
     * @param languages to choose from
     */
    public record Finding(ResourceQuery query, List<Option> needs, List<Option> languages) {

        /** Whether anything is looked for; public so that templates may ask. */
        public boolean begun() {
            return query.isFiltered();
        }
    }

    /**
     * A search inside another form.
     *
     * @param typed what its fields held when the form was kept, by name; others do no harm
     */
    public Finding finding(Map<String, String> typed, Viewer viewer) {
        return new Finding(
                ResourceQuery.within(typed),
                needs(viewer),
                ResourceWords.languageOptions(languages(viewer), viewer.locale()));
    }

    /** Says that the client of a case seems to live where a resource does not serve; empty where nothing speaks for that. */
    public Optional<String> outside(long resourceId, String caseCode, Viewer viewer) {
        return search.find(resourceId, viewer)
                .map(row ->
                        words.outside(row, searchedFor.find(caseCode, viewer).orElse(null), viewer.locale()));
    }

    /** The projects that know of a resource: those of its network. */
    public Set<ProjectId> projectsOf(long resourceId) {
        return Set.copyOf(jdbc.sql("""
                        select p.id from directory_resource r
                          join project o on o.id = r.project_id
                          join project p on p.network_id = o.network_id
                         where r.id = :id
                        """)
                .param("id", resourceId)
                .query((row, number) -> new ProjectId(row.getLong(1)))
                .list());
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

    /**
     * The hours that somebody read in one of our languages, in another one.
     *
     * @param kept as {@link ResourceSnapshot#schedule()} had them
     * @return what was kept where the resource has other hours by now
     */
    public String hoursIn(long resourceId, String kept, Locale language) {
        return search.find(resourceId, Viewer.system())
                .filter(row -> Languages.ALL.stream().anyMatch(each -> sameHours(kept, words.hours(row, each))))
                .flatMap(row -> Optional.ofNullable(words.hours(row, Locale.forLanguageTag(language.getLanguage()))))
                .orElse(kept);
    }

    /** Countries of one language shorten its weekdays with a stop or without. */
    private static boolean sameHours(String kept, @Nullable String hours) {
        return hours != null && kept.replace(".", "").equalsIgnoreCase(hours.replace(".", ""));
    }

    /** The needs to choose from: terms at the top of the taxonomies that resources carry, by their ids, see {@link Needs}. */
    public List<Option> needs(Viewer viewer) {
        return needs.top(viewer);
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
