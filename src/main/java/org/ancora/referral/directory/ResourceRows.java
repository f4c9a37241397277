package org.ancora.referral.directory;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ancora.access.ProjectId;
import org.ancora.network.Projects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what a search finds from what a source says, where the two differ: one row for each service at a place. */
@Component
class ResourceRows {

    private static final int AT_ONCE = 2000;

    /** Deeper than any taxonomy; one that goes on is a circle. */
    private static final int DEEPEST = 20;

    private final JdbcClient jdbc;
    private final Projects projects;
    private final Clock clock;

    ResourceRows(JdbcClient jdbc, Projects projects, Clock clock) {
        this.jdbc = jdbc;
        this.projects = projects;
        this.clock = clock;
    }

    /** Brings the rows of a source up to date, and those of its project that carry terms which changed. */
    void write(long source, ProjectId project) {
        paths(source);
        ZoneId zone = projects.get(project).calendar().zone();
        List<Long> sources = jdbc.sql("""
                        select s.id from directory_source s
                         where s.id = :source
                            or (s.project_id = :project
                                and exists (select 1 from directory_taxonomy_term t where t.source_id = :source))
                         order by s.id
                        """)
                .param("source", source)
                .param("project", project.value())
                .query(Long.class)
                .list();
        for (long each : sources) {
            resources(each, project);
            hours(each, zone);
            facets(each);
            titleWords(each);
        }
        jdbc.sql("analyze directory_resource").update();
    }

    /** For each term itself and those above it; the parent is named by its id, or by its code. */
    private void paths(long source) {
        jdbc.sql("""
                        with recursive term as (
                            select t.id, t.ref, t.path,
                                   coalesce(p.id, c.id) as parent
                              from directory_taxonomy_term t
                              left join directory_taxonomy_term p
                                on p.source_id = t.source_id and p.ref = t.parent_ref and p.active
                              left join lateral (select min(d.id) as id from directory_taxonomy_term d
                                                  where p.id is null and d.source_id = t.source_id and d.code = t.parent_ref
                                                    and d.active) c on true
                             where t.source_id = :source and t.active
                        ), way as (
                            select id, array[id] as path from term where parent is null
                            union all
                            select term.id, array[term.id] || way.path from way join term on term.parent = way.id
                             where cardinality(way.path) < :deepest
                        )
                        update directory_taxonomy_term t set path = way.path from way
                         where t.id = way.id and t.path is distinct from way.path
                        """).param("source", source).param("deepest", DEEPEST).update();
    }

    private void resources(long source, ProjectId project) {
        // What this transaction has just written is in no statistics yet: taken for few rows, they were joined each
        // with each.
        eachWithEach("off");
        jdbc.sql(RESOURCES)
                .param("source", source)
                .param("project", project.value())
                .update();
        eachWithEach("on");
        jdbc.sql("""
                        update directory_resource r set active = false
                         where r.source_id = :source and r.active
                           and case when r.at_ref is null
                                    then exists (select 1 from directory_service_at_location a
                                                  where a.source_id = :source and a.service_ref = r.service_ref and a.active)
                                      or not exists (select 1 from directory_service s
                                                      where s.source_id = :source and s.ref = r.service_ref and s.active)
                                    else not exists (select 1 from directory_service_at_location a
                                                      where a.source_id = :source and a.ref = r.at_ref and a.active)
                               end
                        """).param("source", source).update();
    }

    private void eachWithEach(String allowed) {
        jdbc.sql("select set_config('enable_nestloop', :allowed, true)")
                .param("allowed", allowed)
                .query(String.class)
                .single();
    }

    /** The hours in minutes of a week, which the database can search; see {@link Hours}. */
    private void hours(long source, ZoneId zone) {
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        while (true) {
            List<Map.Entry<Long, String>> rows = jdbc.sql("""
                            select id, hours::text from directory_resource
                             where source_id = :source and hours is distinct from hours_read order by id limit :most
                            """)
                    .param("source", source)
                    .param("most", AT_ONCE)
                    .query((row, number) -> Map.entry(row.getLong(1), row.getString(2)))
                    .list();
            if (rows.isEmpty()) {
                return;
            }
            Map<String, Hours> known = new HashMap<>();
            List<Hours> read = new ArrayList<>();
            rows.forEach(row -> read.add(known.computeIfAbsent(row.getValue(), text -> Hours.read(text, zone))));
            jdbc.sql("""
                            update directory_resource r
                               set zone = n.zone, open_week = n.week::int4multirange, open_exactly = n.exactly,
                                   hours_read = r.hours
                              from unnest(:ids::bigint[], :zones::text[], :weeks::text[], :exactly::boolean[])
                                as n(id, zone, week, exactly)
                             where r.id = n.id
                            """)
                    .param("ids", rows.stream().map(Map.Entry::getKey).toArray(Long[]::new))
                    .param("zones", read.stream().map(Hours::zone).toArray(String[]::new))
                    .param("weeks", read.stream().map(Hours::week).toArray(String[]::new))
                    .param(
                            "exactly",
                            read.stream().map(each -> each.isWeekly(today)).toArray(Boolean[]::new))
                    .update();
        }
    }

    private void facets(long source) {
        jdbc.sql("""
                        with now as (
                            select 'language' as facet, l as value from directory_resource r, unnest(r.languages) l
                             where r.source_id = :source and r.active and not r.confidential
                            union
                            select 'need', t.path[cardinality(t.path)]::text
                              from directory_resource r, unnest(r.term_ids) i join directory_taxonomy_term t on t.id = i
                             where r.source_id = :source and r.active and not r.confidential and t.path <> '{}'
                        ), gone as (
                            delete from directory_facet f
                             where f.source_id = :source and (f.facet, f.value) not in (select facet, value from now)
                        )
                        insert into directory_facet (source_id, facet, value)
                        select :source, facet, value from now on conflict do nothing
                        """).param("source", source).update();
    }

    /** The words of the names, with which a slip of the pen is compared; numbers are none. */
    private void titleWords(long source) {
        jdbc.sql("""
                        with now as (
                            select distinct w.word
                              from directory_resource r cross join lateral unnest(string_to_array(r.title, ' ')) w (word)
                             where r.source_id = :source and r.active and w.word ~ '[^0-9]{3}'
                        ), gone as (
                            delete from directory_title_word w
                             where w.source_id = :source and w.word not in (select word from now)
                        )
                        insert into directory_title_word (source_id, word)
                        select :source, word from now on conflict do nothing
                        """).param("source", source).update();
    }

    /** Whether something says yes to being confidential, which HSDS has no column for. */
    static final String SAYS_YES =
            "directory_plain(%s.data ->> 'confidential') in ('yes', 'y', 'true', 't', '1', 'si', 'vero', 'x')";

    private static final String RESOURCES =
            """
            with owned as materialized (
                select p.kind, p.ref, p.data, o.owner
                  from directory_part p cross join lateral unnest(p.owners) as o(owner)
                 where p.source_id = :source and p.active
                   and p.kind in ('service_area', 'address', 'language', 'schedule', 'service_capacity', 'attribute')
            ), term as materialized (
                select distinct on (key) key, id, path, name
                  from (select t.ref as key, t.id, t.path, t.name, t.source_id from directory_taxonomy_term t
                          join directory_source s on s.id = t.source_id where s.project_id = :project and t.active
                        union all
                        select t.code, t.id, t.path, t.name, t.source_id from directory_taxonomy_term t
                          join directory_source s on s.id = t.source_id
                         where s.project_id = :project and t.active and t.code is not null) x
                 order by key, source_id <> :source, id
            ), areas as (
                select owner, string_agg(concat_ws(' ', data ->> 'name', data ->> 'description'), ' ' order by ref) as words
                  from owned where kind = 'service_area' group by owner
            ), addresses as (
                select owner, string_agg(concat_ws(' ', data ->> 'city', data ->> 'region', data ->> 'state_province',
                                                   data ->> 'postal_code'), ' ' order by ref) as words,
                       min(data ->> 'city') as city
                  from owned where kind = 'address' group by owner
            ), tongues as (
                select owner, array_agg(distinct
                           case when data ->> 'code' is not null then lower(split_part(data ->> 'code', '-', 1))
                                else directory_plain(data ->> 'name') end) as codes
                  from owned where kind = 'language' and coalesce(data ->> 'code', data ->> 'name') is not null group by owner
            ), times as (
                select owner, jsonb_agg(data - '{service_id,location_id,service_at_location_id}'::text[] order by ref) as list
                  from owned where kind = 'schedule' group by owner
            ), free as (
                select owner, sum((data ->> 'available')::numeric) as available
                  from owned where kind = 'service_capacity' group by owner
            ), tags as (
                select o.owner, array_agg(distinct i) filter (where i is not null) as ids,
                       concat_ws(' ', string_agg(distinct w.name, ' '),
                           string_agg(distinct concat_ws(' ', t.name, o.data ->> 'label', o.data ->> 'value'), ' ')) as words
                  from owned o left join term t on t.key = o.data ->> 'taxonomy_term_id'
                  left join lateral unnest(t.path) i on true
                  left join directory_taxonomy_term w on w.id = i and w.id <> t.id
                 where o.kind = 'attribute' group by o.owner
            ), found as (
                select 'at:' || a.ref as ref, a.ref as at_ref, a.service_ref, a.location_ref,
                       a.data as at_data, l.data as data, l.ref as place_ref, coalesce(l.active, true) as there,
                       (%s or (l.id is not null and %s)) as hidden
                  from directory_service_at_location a
                  left join directory_location l on l.source_id = a.source_id and l.ref = a.location_ref
                 where a.source_id = :source and a.active
                union all
                select 'of:' || s.ref, null, s.ref, null, null, null, null, true, false
                  from directory_service s
                 where s.source_id = :source and s.active
                   and not exists (select 1 from directory_service_at_location a
                                    where a.source_id = :source and a.active and a.service_ref = s.ref)
            ), rows as (
                select f.ref, f.service_ref, f.at_ref, f.location_ref, s.organization_ref,
                       s.active and f.there and s.status in ('active', 'temporarily closed') as active,
                       f.hidden or %s as confidential,
                       coalesce(s.name, '') as name, coalesce(o.name, '') as organization,
                       coalesce(f.data ->> 'name', ad.city, '') as place, coalesce(s.status, 'active') as status,
                       (s.data ->> 'assured_date')::date as assured_on, free.available as capacity,
                       directory_plain(concat_ws(' ', s.name, s.data ->> 'alternate_name', o.name, o.data ->> 'alternate_name'))
                           as title,
                       directory_plain(concat_ws(' ', s.name, s.data ->> 'alternate_name', o.name, o.data ->> 'alternate_name',
                           s.data ->> 'description', s.data ->> 'eligibility_description', f.at_data ->> 'description',
                           f.data ->> 'name', f.data ->> 'alternate_name', ad.words, ts.words, ta.words)) as body,
                       directory_plain(concat_ws(' ', ars.words, ara.words, ad.words, f.data ->> 'name')) as area,
                       array(select distinct i from unnest(coalesce(ts.ids, '{}') || coalesce(ta.ids, '{}')) i order by i)
                           as term_ids,
                       array(select distinct c from unnest(coalesce(ls.codes, '{}') || coalesce(ll.codes, '{}')) c order by c)
                           as languages,
                       coalesce(ha.list, hs.list, hl.list, '[]'::jsonb) as hours
                  from found f
                  join directory_service s on s.source_id = :source and s.ref = f.service_ref
                  left join directory_organization o on o.source_id = :source and o.ref = s.organization_ref
                  left join addresses ad on ad.owner = 'location:' || f.location_ref
                  left join areas ars on ars.owner = 'service:' || f.service_ref
                  left join areas ara on ara.owner = 'service_at_location:' || f.at_ref
                  left join tongues ls on ls.owner = 'service:' || f.service_ref
                  left join tongues ll on ll.owner = 'location:' || f.location_ref
                  left join times ha on ha.owner = 'service_at_location:' || f.at_ref
                  left join times hs on hs.owner = 'service:' || f.service_ref
                  left join times hl on hl.owner = 'location:' || f.location_ref
                  left join free on free.owner = 'service:' || f.service_ref
                  left join tags ts on ts.owner = 'service:' || f.service_ref
                  left join tags ta on ta.owner = 'service_at_location:' || f.at_ref
            )
            insert into directory_resource as r
                   (source_id, project_id, ref, service_ref, at_ref, location_ref, organization_ref, active, confidential, name,
                    organization, place, status, assured_on, capacity, title, body, area, term_ids, languages, hours)
            select :source, :project, ref, service_ref, at_ref, location_ref, organization_ref, active, confidential, name,
                   organization, place, status, assured_on, capacity, title, body, area, term_ids, languages, hours
              from rows
            on conflict (source_id, ref) do update
               set service_ref = excluded.service_ref, at_ref = excluded.at_ref, location_ref = excluded.location_ref,
                   organization_ref = excluded.organization_ref, active = excluded.active,
                   confidential = excluded.confidential, name = excluded.name, organization = excluded.organization,
                   place = excluded.place, status = excluded.status, assured_on = excluded.assured_on,
                   capacity = excluded.capacity, title = excluded.title, body = excluded.body, area = excluded.area,
                   term_ids = excluded.term_ids, languages = excluded.languages, hours = excluded.hours
             where (r.service_ref, r.at_ref, r.location_ref, r.organization_ref, r.active, r.confidential, r.name,
                    r.organization, r.place, r.status, r.assured_on, r.capacity, r.title, r.body, r.area, r.term_ids,
                    r.languages, r.hours)
                   is distinct from
                   (excluded.service_ref, excluded.at_ref, excluded.location_ref, excluded.organization_ref, excluded.active,
                    excluded.confidential, excluded.name, excluded.organization, excluded.place, excluded.status,
                    excluded.assured_on, excluded.capacity, excluded.title, excluded.body, excluded.area, excluded.term_ids,
                    excluded.languages, excluded.hours)
            """.formatted(SAYS_YES.formatted("a"), SAYS_YES.formatted("l"), SAYS_YES.formatted("s"));
}
