package org.ancora.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.OncePerPage;
import org.ancora.access.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody has typed into a form and not sent yet, one draft a person and form, so that it is still there after
 * signing in again. Only the person who typed it ever reads it.
 *
 * <p>A form is kept while it is filled in when its template says {@code fragments/draft :: keep(place)} inside it; the rest
 * is done by {@link FormDrafts}. A form that a page fills in by itself says {@code data-draft} with its place instead; its
 * controller reads {@link #find} and, once saved, calls {@link #forget}; the notice is {@code fragments/draft :: kept}.
 *
 * <p>A draft holds the version and the earlier values of what it changes, where its form has them, so that a draft older
 * than what stands there now leads to {@link EditConflict}. Passwords, codes and files are never part of it.
 */
@Service
public class PageDrafts {

    private static final TypeReference<LinkedHashMap<String, String>> FIELDS = new TypeReference<>() {};

    /** Who has not come back to a form for so long will not. */
    private static final Duration KEPT_FOR = Duration.ofDays(30);

    /** Nobody has more forms half filled; the oldest give way. */
    private static final int MOST_OF_A_PERSON = 100;

    /** How many outdated drafts of everybody one keeping takes along. */
    private static final int SWEPT_AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    PageDrafts(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A draft.
     *
     * @param place the path of the form
     * @param fields what its fields hold, by name
     */
    public record Draft(String place, Map<String, String> fields, Instant savedAt) {

        /** What a field holds; empty when the draft does not know it. */
        public String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** Whether this person left this form half filled; a page of many forms asks once. */
    @Transactional(readOnly = true)
    public boolean has(UserId person, String place) {
        return OncePerPage.read("web.drafts " + person, () -> places(person)).contains(place);
    }

    private Set<String> places(UserId person) {
        return Set.copyOf(jdbc.sql("select place from page_draft where account_id = :person and saved_at >= :long")
                .param("person", person.value())
                .param("long", at(clock.instant().minus(KEPT_FOR)))
                .query(String.class)
                .list());
    }

    /** What this person typed into this form and never sent. */
    @Transactional(readOnly = true)
    public Optional<Draft> find(UserId person, String place) {
        return jdbc.sql("""
                        select place, fields, saved_at
                          from page_draft
                         where account_id = :person and place = :place and saved_at >= :long
                        """)
                .param("person", person.value())
                .param("place", place)
                .param("long", at(clock.instant().minus(KEPT_FOR)))
                .query(this::draft)
                .optional();
    }

    /** Keeps what a form holds now; an empty form is no draft. */
    @Transactional
    public Instant keep(UserId person, String place, Map<String, String> fields) {
        Instant now = clock.instant();
        sweep(now);
        jdbc.sql("""
                        insert into page_draft (account_id, place, fields, saved_at)
                        values (:person, :place, :fields::jsonb, :now)
                        on conflict (account_id, place)
                        do update set fields = excluded.fields, saved_at = excluded.saved_at
                        """)
                .param("person", person.value())
                .param("place", place)
                .param("fields", json.writeValueAsString(fields))
                .param("now", at(now))
                .update();
        jdbc.sql("""
                        delete from page_draft
                         where account_id = :person
                           and place in (select place from page_draft
                                          where account_id = :person
                                          order by saved_at desc, place
                                         offset :most)
                        """)
                .param("person", person.value())
                .param("most", MOST_OF_A_PERSON)
                .update();
        return now;
    }

    /** Whoever keeps a draft takes outdated ones of everybody along: those whose account has ended never come back. */
    private void sweep(Instant now) {
        jdbc.sql("""
                        delete from page_draft
                         where (account_id, place) in (select account_id, place from page_draft
                                                        where saved_at < :long
                                                        order by saved_at
                                                        limit :most
                                                          for update skip locked)
                        """)
                .param("long", at(now.minus(KEPT_FOR)))
                .param("most", SWEPT_AT_ONCE)
                .update();
    }

    /** The form was sent, or its draft thrown away. */
    @Transactional
    public void forget(UserId person, String place) {
        jdbc.sql("delete from page_draft where account_id = :person and place = :place")
                .param("person", person.value())
                .param("place", place)
                .update();
    }

    private Draft draft(ResultSet row, int number) throws SQLException {
        return new Draft(
                row.getString("place"),
                json.readValue(row.getString("fields"), FIELDS),
                row.getObject("saved_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
