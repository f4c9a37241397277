package org.ancora.referral.directory;

import java.util.Map;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks what is wrong with the rows of a file among one another, once all of them are read. */
@Component
class RowCheck {

    private final JdbcClient jdbc;

    RowCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes each fault with its row; a row with an error is left out of all that follows. */
    void check(Load load, Staging staging) {
        again(load, staging);
        references(load);
        taxonomies(load);
    }

    /** Rows that stand twice: a mistake in a table, a remark where JSON says the same thing differently. */
    private void again(Load load, Staging staging) {
        boolean mistake = !staging.form().equals("json") && !staging.form().equals("flat");
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select load_id, file, again_line, 'id', :problem, left(ref, 80), :error from directory_load_row
                         where load_id = :load and again_line is not null order by line limit 1000
                        """)
                .param("load", load.id())
                .param("problem", mistake ? "twice" : "clash")
                .param("error", mistake)
                .update();
        if (mistake) {
            jdbc.sql("update directory_load_row set bad = true where load_id = :load and again_line is not null")
                    .param("load", load.id())
                    .update();
        }
    }

    /** Rows that name one that is neither in the file nor in the directory; in the order in which they depend on one another. */
    private void references(Load load) {
        for (Kind kind : Kind.inOrder()) {
            for (Map.Entry<String, Kind> each : kind.references().entrySet()) {
                if (kind != Kind.ATTRIBUTE && !each.getKey().equals("parent_id")) {
                    reference(load, kind, each.getKey(), each.getValue());
                }
            }
        }
        owners(load, Kind.ATTRIBUTE, "link_id", "link_entity");
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'no-term', left(r.data ->> 'taxonomy_term_id', 80), false
                          from directory_load_row r
                         where r.load_id = :load and r.kind = 'attribute' and not r.bad
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = 'taxonomy_term'
                                              and t.ref = r.data ->> 'taxonomy_term_id')
                           and not exists (select 1 from directory_taxonomy_term t join directory_source s on s.id = t.source_id
                                            where s.project_id = :project and t.active
                                              and t.ref = r.data ->> 'taxonomy_term_id')
                           and not exists (select 1 from directory_taxonomy_term t join directory_source s on s.id = t.source_id
                                            where s.project_id = :project and t.active
                                              and t.code = r.data ->> 'taxonomy_term_id')
                         order by r.line limit 2000
                        """.formatted(field("taxonomy_term_id")))
                .param("load", load.id())
                .param("project", load.project().value())
                .update();
    }

    private void reference(Load load, Kind kind, String column, Kind named) {
        Kind.Column known = kind.columns().get(column);
        boolean error = known != null && known.need() == Kind.Need.ESSENTIAL;
        String dangling =
                """
                r.load_id = :load and r.kind = :kind and not r.bad and r.data ->> '%s' is not null
                and not exists (select 1 from directory_load_row t where t.load_id = r.load_id and t.kind = :named
                                   and t.ref = r.data ->> '%s' and not t.bad)
                and not exists (select 1 from %s t where t.source_id = :source and t.active and t.ref = r.data ->> '%s' %s)
                """.formatted(column, column, named.table(), column, named.hasTable() ? "" : "and t.kind = :named");
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, :problem, left(r.data ->> '%s', 80), :error
                          from directory_load_row r where %s order by r.line limit 2000
                        """.formatted(field(column), column, dangling))
                .param("load", load.id())
                .param("kind", kind.code())
                .param("named", named.code())
                .param("source", load.source())
                .param("problem", "no-" + named.code().replace('_', '-'))
                .param("error", error)
                .update();
        if (error) {
            jdbc.sql("update directory_load_row r set bad = true where " + dangling)
                    .param("load", load.id())
                    .param("kind", kind.code())
                    .param("named", named.code())
                    .param("source", load.source())
                    .update();
        }
    }

    /** Tags on nothing: kept, and told. */
    private void owners(Load load, Kind kind, String id, String type) {
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'no-owner', left(r.data ->> '%s', 80), false
                          from directory_load_row r
                         where r.load_id = :load and r.kind = :kind and not r.bad
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = r.data ->> '%s' and t.ref = r.data ->> '%s')
                           and not exists (select 1 from directory_service t
                                            where t.source_id = :source and t.active and t.ref = r.data ->> '%s')
                         order by r.line limit 2000
                        """.formatted(field(id), id, type, id, id))
                .param("load", load.id())
                .param("kind", kind.code())
                .param("source", load.source())
                .update();
    }

    private static String field(String column) {
        return "case when r.place = '' then '%s' else r.place || '.%s' end".formatted(column, column);
    }

    /** Terms whose parent is nowhere, and terms that stand above themselves. */
    private void taxonomies(Load load) {
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'no-parent', left(r.data ->> 'parent_id', 80), false
                          from directory_load_row r
                         where r.load_id = :load and r.kind = 'taxonomy_term' and not r.bad and r.data ->> 'parent_id' is not null
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = 'taxonomy_term'
                                              and t.ref = r.data ->> 'parent_id')
                           and not exists (select 1 from directory_load_row t
                                            where t.load_id = r.load_id and t.kind = 'taxonomy_term'
                                              and t.data ->> 'code' = r.data ->> 'parent_id')
                           and not exists (select 1 from directory_taxonomy_term t
                                            where t.source_id = :source and t.active and t.ref = r.data ->> 'parent_id')
                           and not exists (select 1 from directory_taxonomy_term t
                                            where t.source_id = :source and t.active and t.code = r.data ->> 'parent_id')
                         order by r.line limit 2000
                        """.formatted(field("parent_id")))
                .param("load", load.id())
                .param("source", load.source())
                .update();
        String circles = """
                with recursive up as (
                    select r.ref as first, r.data ->> 'parent_id' as parent, array[r.ref] as seen, false as circle
                      from directory_load_row r
                     where r.load_id = :load and r.kind = 'taxonomy_term' and r.data ->> 'parent_id' is not null
                    union all
                    select up.first, r.data ->> 'parent_id', up.seen || r.ref, r.ref = up.first
                      from up join directory_load_row r on r.load_id = :load and r.kind = 'taxonomy_term' and r.ref = up.parent
                     where not up.circle and not r.ref = any(up.seen[2:]) and cardinality(up.seen) < 30
                )
                select first from up where circle
                """;
        jdbc.sql("""
                        insert into directory_load_fault (load_id, file, line, field, problem, value, error)
                        select r.load_id, r.file, r.line, %s, 'circle', left(r.data ->> 'parent_id', 80), true
                          from directory_load_row r
                         where r.load_id = :load and r.kind = 'taxonomy_term' and r.ref in (%s) order by r.line limit 2000
                        """.formatted(field("parent_id"), circles))
                .param("load", load.id())
                .update();
        jdbc.sql(
                        "update directory_load_row r set bad = true where r.load_id = :load and r.kind = 'taxonomy_term' and r.ref in (%s)"
                                .formatted(circles))
                .param("load", load.id())
                .update();
    }
}
