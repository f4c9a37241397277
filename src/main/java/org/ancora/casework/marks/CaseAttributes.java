package org.ancora.casework.marks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.CaseSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The attributes of single cases. What was typed is kept with what it was before, beside the case; the activity log only
 * says which attributes changed.
 */
@Service
class CaseAttributes {

    private static final int LONGEST_KEYS = 110;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CaseAttributes(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** An attribute with the case's value, as it is kept; empty where it has none. */
    record Value(Attribute attribute, String value) {}

    /**
     * What somebody wants to change.
     *
     * @param seen the value on the page that they changed; empty for none
     * @param wanted the value as it is kept; empty to take it away
     */
    record Edit(Attribute attribute, String seen, String wanted) {}

    /** What came of it: nothing is stored while somebody else's value stands against one's own. */
    record Outcome(List<Conflict> conflicts, List<Attribute> taken) {

        boolean stored() {
            return conflicts.isEmpty() && taken.isEmpty();
        }
    }

    /** A value that somebody else changed meanwhile, to something else. */
    record Conflict(Attribute attribute, String now, String wanted) {}

    /** One change of one value; null for none. */
    record Change(
            Attribute attribute,
            @Nullable String before,
            @Nullable String after,
            Instant at,
            @Nullable String by,
            boolean loaded) {}

    /** The project's attributes with the values of a case: those in use, and retired ones that have a value. */
    List<Value> of(CaseSummary caseFile) {
        return jdbc.sql("select " + Attributes.COLUMNS + """
                               , coalesce(v.value_text, trim_scale(v.value_number)::text, v.value_date::text, '') as value
                          from attribute t
                          left join case_attribute v on v.attribute_id = t.id and v.case_id = :case
                         where t.project_id = :project and (t.retired_at is null or v.case_id is not null)
                         order by t.retired_at is not null, t.position, t.id
                        """)
                .param("case", caseFile.id().value())
                .param("project", caseFile.project().value())
                .query((row, number) -> new Value(Attributes.attribute(row, number), row.getString("value")))
                .list();
    }

    /** The latest changes of a case's values, newest first. */
    List<Change> changes(CaseSummary caseFile, int size) {
        return jdbc.sql("select " + Attributes.COLUMNS + """
                               , h.before, h.after, h.changed_at, a.name as by_name, h.load_id
                          from case_attribute_change h
                          join attribute t on t.id = h.attribute_id
                          left join account a on a.id = h.changed_by
                         where h.case_id = :case order by h.id desc limit :size
                        """)
                .param("case", caseFile.id().value())
                .param("size", size)
                .query(CaseAttributes::change)
                .list();
    }

    /**
     * Stores values that differ from what is there. Whoever saw an older value than the present one, and wants another, is
     * told instead; so is whoever gives an id of another system that another case has.
     */
    @Transactional
    Outcome change(CaseSummary caseFile, List<Edit> edits, UserId by) {
        jdbc.sql("select id from case_file where id = :case for update")
                .param("case", caseFile.id().value())
                .query(Long.class)
                .single();
        Map<Long, String> now = of(caseFile).stream()
                .collect(Collectors.toMap(value -> value.attribute().id(), Value::value));
        List<Edit> changed = edits.stream()
                .filter(edit -> !edit.wanted().equals(edit.seen()))
                .filter(edit ->
                        !edit.wanted().equals(now.getOrDefault(edit.attribute().id(), "")))
                .toList();
        List<Conflict> conflicts = new ArrayList<>();
        List<Attribute> taken = new ArrayList<>();
        for (Edit edit : changed) {
            String present = now.getOrDefault(edit.attribute().id(), "");
            if (!present.equals(edit.seen())) {
                conflicts.add(new Conflict(edit.attribute(), present, edit.wanted()));
            } else if (isTaken(caseFile, edit)) {
                taken.add(edit.attribute());
            }
        }
        if (conflicts.isEmpty() && taken.isEmpty()) {
            changed.forEach(edit ->
                    store(caseFile, edit, now.getOrDefault(edit.attribute().id(), ""), by));
            tell(caseFile, changed, by);
        }
        return new Outcome(conflicts, taken);
    }

    private boolean isTaken(CaseSummary caseFile, Edit edit) {
        return edit.attribute().kind() == AttributeKind.EXTERNAL_ID
                && !edit.wanted().isEmpty()
                && jdbc.sql("""
                        select exists (select from case_attribute
                                        where attribute_id = :attribute and kind = 'external-id' and value_text = :value
                                          and case_id <> :case)
                        """)
                        .param("attribute", edit.attribute().id())
                        .param("value", edit.wanted())
                        .param("case", caseFile.id().value())
                        .query(Boolean.class)
                        .single();
    }

    private void store(CaseSummary caseFile, Edit edit, String before, UserId by) {
        Attribute attribute = edit.attribute();
        if (edit.wanted().isEmpty()) {
            jdbc.sql("delete from case_attribute where case_id = :case and attribute_id = :attribute")
                    .param("case", caseFile.id().value())
                    .param("attribute", attribute.id())
                    .update();
        } else {
            jdbc.sql("""
                            insert into case_attribute (case_id, attribute_id, kind, value_text, value_number, value_date)
                            values (:case, :attribute, :kind, :text, :number::numeric, :date::date)
                            on conflict (case_id, attribute_id) do update
                               set value_text = excluded.value_text, value_number = excluded.value_number,
                                   value_date = excluded.value_date
                            """)
                    .param("case", caseFile.id().value())
                    .param("attribute", attribute.id())
                    .param("kind", attribute.kind().code())
                    .param("text", attribute.kind().column().equals("value_text") ? edit.wanted() : null)
                    .param("number", attribute.kind() == AttributeKind.NUMBER ? edit.wanted() : null)
                    .param("date", attribute.kind() == AttributeKind.DATE ? edit.wanted() : null)
                    .update();
        }
        jdbc.sql("""
                        insert into case_attribute_change (case_id, attribute_id, before, after, changed_at, changed_by)
                        values (:case, :attribute, nullif(:before, ''), nullif(:after, ''), :now, :by)
                        """)
                .param("case", caseFile.id().value())
                .param("attribute", attribute.id())
                .param("before", before)
                .param("after", edit.wanted())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("by", by.equals(UserId.SYSTEM) ? null : by.value())
                .update();
    }

    private void tell(CaseSummary caseFile, List<Edit> changed, UserId by) {
        if (changed.isEmpty()) {
            return;
        }
        String keys = changed.stream().map(edit -> edit.attribute().key()).collect(Collectors.joining(", "));
        events.publishEvent(Audited.ofCase("case.attributes-changed", caseFile.project(), caseFile.code(), by)
                .with("attributes", keys.length() <= LONGEST_KEYS ? keys : keys.substring(0, LONGEST_KEYS) + "…"));
    }

    private static Change change(ResultSet row, int number) throws SQLException {
        row.getLong("load_id");
        boolean loaded = !row.wasNull();
        return new Change(
                Attributes.attribute(row, number),
                row.getString("before"),
                row.getString("after"),
                Objects.requireNonNull(row.getObject("changed_at", OffsetDateTime.class))
                        .toInstant(),
                row.getString("by_name"),
                loaded);
    }
}
