package org.ancora.casework.marks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.network.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The attributes of each project, as its administrators decide (C69, C70). */
@Service
class Attributes {

    static final JsonMapper JSON = JsonMapper.shared();

    /** An attribute's columns, its choices as JSON among them; for statements that call the table {@code t}. */
    static final String COLUMNS = """
            t.id, t.key, t.kind, t.name_en, t.name_es, t.name_it, t.hint, t.system, t.required, t.position, t.retired_at,
            t.version,
            (select coalesce(json_agg(json_build_object(
                        'key', o.key, 'en', o.name_en, 'es', o.name_es, 'it', o.name_it,
                        'retired', o.retired_at is not null) order by o.position, o.key), '[]')::text
               from attribute_choice o where o.attribute_id = t.id) as choices
            """;

    private final JdbcClient jdbc;
    private final MarkRows rows;
    private final Clock clock;

    Attributes(JdbcClient jdbc, MarkRows rows, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * What an administrator decides about an attribute.
     *
     * @param choices answers in order; a key that is left out is taken away, or retired where cases have it
     */
    record Draft(
            Wording label,
            String hint,
            String system,
            boolean required,
            int position,
            List<Attribute.Choice> choices) {}

    /** Every attribute of a project in its order, retired ones last. */
    List<Attribute> of(ProjectId project) {
        return select(project, null);
    }

    Optional<Attribute> find(ProjectId project, long id) {
        return select(project, id).stream().findFirst();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the key is taken, or the system has its ids already */
    @Transactional
    void create(ProjectId project, String key, AttributeKind kind, Draft draft, UserId by) {
        long id = jdbc.sql("""
                        insert into attribute (project_id, key, kind, name_en, name_es, name_it, hint, system, required,
                                               position)
                        values (:project, :key, :kind, :en, :es, :it, :hint, :system, :required, :position)
                        returning id
                        """)
                .params(params(draft))
                .param("project", project.value())
                .param("key", key)
                .param("kind", kind.code())
                .query(Long.class)
                .single();
        putChoices(id, draft.choices());
        rows.tell("attribute.created", project, key, by);
    }

    /** Changes all but key and kind; refused when somebody else did so since {@code version}. */
    @Transactional
    void change(ProjectId project, Attribute attribute, int version, Draft draft, UserId by) {
        rows.change("""
                        update attribute
                           set name_en = :en, name_es = :es, name_it = :it, hint = :hint, system = :system,
                               required = :required, position = :position
                        """, params(draft), attribute.id(), version);
        putChoices(attribute.id(), draft.choices());
        rows.tell("attribute.changed", project, attribute.key(), by);
    }

    /** Lets nobody fill it in any more, or lets them again; values stay. */
    @Transactional
    void retire(ProjectId project, Attribute attribute, boolean retired, UserId by) {
        if (rows.retire("attribute", attribute.id(), retired)) {
            rows.tell(retired ? "attribute.retired" : "attribute.brought-back", project, attribute.key(), by);
        }
    }

    private void putChoices(long attribute, List<Attribute.Choice> choices) {
        String[] keys = choices.stream().map(Attribute.Choice::key).toArray(String[]::new);
        jdbc.sql("""
                        delete from attribute_choice o
                         where o.attribute_id = :attribute and not o.key = any(:keys)
                           and not exists (select from case_attribute v
                                            where v.attribute_id = o.attribute_id and v.kind = 'choice'
                                              and v.value_text = o.key)
                        """).param("attribute", attribute).param("keys", keys).update();
        jdbc.sql("""
                        update attribute_choice set retired_at = coalesce(retired_at, :now)
                         where attribute_id = :attribute and not key = any(:keys)
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("attribute", attribute)
                .param("keys", keys)
                .update();
        int position = 0;
        for (Attribute.Choice choice : choices) {
            jdbc.sql("""
                            insert into attribute_choice (attribute_id, key, name_en, name_es, name_it, position)
                            values (:attribute, :key, :en, :es, :it, :position)
                            on conflict (attribute_id, key) do update
                               set name_en = excluded.name_en, name_es = excluded.name_es, name_it = excluded.name_it,
                                   position = excluded.position, retired_at = null
                            """)
                    .param("attribute", attribute)
                    .param("key", choice.key())
                    .param("en", choice.label().en())
                    .param("es", choice.label().es())
                    .param("it", choice.label().it())
                    .param("position", position++)
                    .update();
        }
    }

    private List<Attribute> select(ProjectId project, @Nullable Long id) {
        return jdbc.sql("select " + COLUMNS + """
                          from attribute t
                         where t.project_id = :project and (:id::bigint is null or t.id = :id)
                         order by t.retired_at is not null, t.position, t.id
                        """)
                .param("project", project.value())
                .param("id", id)
                .query(Attributes::attribute)
                .list();
    }

    private static Map<String, Object> params(Draft draft) {
        Map<String, Object> params = MarkRows.names(draft.label());
        params.put("hint", draft.hint());
        params.put("system", draft.system());
        params.put("required", draft.required());
        params.put("position", draft.position());
        return params;
    }

    static Attribute attribute(ResultSet row, int number) throws SQLException {
        List<Attribute.Choice> choices = new ArrayList<>();
        for (JsonNode node : JSON.readTree(row.getString("choices"))) {
            choices.add(new Attribute.Choice(
                    node.get("key").asString(),
                    new Wording(
                            node.get("en").asString(),
                            node.get("es").asString(),
                            node.get("it").asString()),
                    node.get("retired").asBoolean()));
        }
        return new Attribute(
                row.getLong("id"),
                row.getString("key"),
                AttributeKind.of(row.getString("kind")).orElseThrow(),
                MarkRows.label(row),
                row.getString("hint"),
                row.getString("system"),
                row.getBoolean("required"),
                row.getInt("position"),
                row.getObject("retired_at") != null,
                List.copyOf(choices),
                row.getInt("version"));
    }
}
