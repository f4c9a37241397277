package org.ancora.referral.directory;

import java.util.List;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Organisations that a source knew by another id: what a register calls them by is the second key (HSDS,
 * {@code organization_identifier}). A row with an id that nobody knows is taken for the one organisation of the source with the same
 * identifier, as long as the file does not name that one as well; everything that names it names that one then. One that has
 * ended is not taken up again like that, since nobody can tell who has its identifier now: it comes back by its own id.
 */
@Component
class SameOrganizations {

    private final JdbcClient jdbc;

    SameOrganizations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One organisation: its id in the file, and the one by which the directory knows it. */
    private record Same(String inFile, String known) {}

    /** Looks for them among the rows of a file that were read, and has each keep the id that is known. */
    void find(Load load) {
        List<Same> found = jdbc.sql(FOUND)
                .param("load", load.id())
                .param("source", load.source())
                .query((row, number) -> new Same(row.getString("in_file"), row.getString("known")))
                .list();
        if (found.isEmpty()) {
            return;
        }
        String[] inFile = found.stream().map(Same::inFile).toArray(String[]::new);
        String[] known = found.stream().map(Same::known).toArray(String[]::new);
        for (String statement : List.of(TOLD, NAMED, RENAMED)) {
            jdbc.sql(statement)
                    .param("load", load.id())
                    .param("inFile", inFile)
                    .param("known", known)
                    .update();
        }
    }

    private static final String FOUND = """
            with said as (
                select r.data ->> 'organization_id' as ref, r.data ->> 'identifier' as identifier,
                       lower(coalesce(r.data ->> 'identifier_scheme', '')) as scheme,
                       lower(coalesce(r.data ->> 'identifier_type', '')) as type
                  from directory_load_row r
                 where r.load_id = :load and r.kind = 'organization_identifier' and not r.bad
                   and exists (select 1 from directory_load_row o where o.load_id = :load and o.kind = 'organization'
                                  and o.ref = r.data ->> 'organization_id')
                   and not exists (select 1 from directory_organization o where o.source_id = :source
                                      and o.ref = r.data ->> 'organization_id')
            ), same as (
                select distinct s.ref as in_file, o.ref as known
                  from said s
                  join directory_part p on p.source_id = :source and p.kind = 'organization_identifier' and p.active
                   and p.data ->> 'identifier' = s.identifier
                   and lower(coalesce(p.data ->> 'identifier_scheme', '')) = s.scheme
                   and lower(coalesce(p.data ->> 'identifier_type', '')) = s.type
                  join directory_organization o on o.source_id = :source and o.ref = p.data ->> 'organization_id' and o.active
                 where not exists (select 1 from directory_load_row r where r.load_id = :load and r.kind = 'organization'
                                      and r.ref = o.ref)
            )
            select in_file, known from same s
             where not exists (select 1 from same t where t.in_file = s.in_file and t.known <> s.known)
               and not exists (select 1 from same t where t.known = s.known and t.in_file <> s.in_file)
            """;

    private static final String TOLD = """
            insert into directory_load_fault (load_id, file, line, field, problem, value, error)
            select r.load_id, r.file, r.line, case when r.place = '' then 'id' else r.place || '.id' end, 'same-organization',
                   left(n.known, 80), false
              from directory_load_row r join unnest(:inFile::text[], :known::text[]) n (in_file, known) on n.in_file = r.ref
             where r.load_id = :load and r.kind = 'organization' order by r.line limit 2000
            """;

    /** Whatever names one of them, by any column that can. */
    private static final String NAMED = """
            update directory_load_row r set data = r.data || (
                       select jsonb_object_agg(c.name, n.known)
                         from unnest(array['organization_id', 'parent_organization_id', 'link_id', 'resource_id']) c (name)
                         join unnest(:inFile::text[], :known::text[]) n (in_file, known) on n.in_file = r.data ->> c.name
                        where (c.name <> 'link_id' or r.data ->> 'link_entity' = 'organization')
                          and (c.name <> 'resource_id' or r.data ->> 'resource_type' = 'organization'))
             where r.load_id = :load
               and (r.data ->> 'organization_id' = any(:inFile) or r.data ->> 'parent_organization_id' = any(:inFile)
                    or (r.data ->> 'link_id' = any(:inFile) and r.data ->> 'link_entity' = 'organization')
                    or (r.data ->> 'resource_id' = any(:inFile) and r.data ->> 'resource_type' = 'organization'))
            """;

    private static final String RENAMED = """
            update directory_load_row r set ref = n.known
              from unnest(:inFile::text[], :known::text[]) n (in_file, known)
             where r.load_id = :load and r.kind = 'organization' and r.ref = n.in_file
            """;
}
