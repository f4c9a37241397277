package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ancora.access.Hidden;
import org.ancora.access.OncePerPage;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of a client. */
@Repository
class ProfileRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    ProfileRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Profile> find(ProfileId id) {
        return OncePerPage.read("casework.profile " + id, () -> select(id));
    }

    private Optional<Profile> select(ProfileId id) {
        return jdbc.sql("""
                        select p.*,
                               (select coalesce(json_agg(c order by array_position(array['phone', 'sms', 'email', 'address'], c.kind), c.main desc, c.id), '[]')::text
                                  from contact_point c where c.profile_id = p.id and c.removed_at is null) as points,
                               (select coalesce(json_agg(c order by c.id desc), '[]')::text
                                  from consent c where c.profile_id = p.id) as consents,
                               (select coalesce(json_agg(s order by s.id), '[]')::text
                                  from support_contact s where s.profile_id = p.id and s.removed_at is null) as supports
                          from profile p
                         where p.id = :id
                        """).param("id", id.value()).query(ProfileRows::profile).optional();
    }

    ProfileId insert(long network, Profile.Person person, Instant now) {
        Map<String, @Nullable Object> params = person(person);
        params.put("network", network);
        params.put("now", now.atOffset(ZoneOffset.UTC));
        return jdbc.sql("""
                        insert into profile (network_id, anonymous, given_name, family_name, pronouns, born_on, age, age_as_of,
                                             languages, other_names, interpreter, search_name, created_at)
                        values (:network, :anonymous, :givenName, :familyName, :pronouns, :bornOn, :age, :ageAsOf,
                                :languages, :otherNames, :interpreter, :searchName, :now)
                        returning id
                        """)
                .params(params)
                .query((row, number) -> new ProfileId(row.getLong(1)))
                .single();
    }

    void update(ProfileId id, Profile.Person person, int version) {
        int changed = jdbc.sql("""
                        update profile
                           set anonymous = :anonymous, given_name = :givenName, family_name = :familyName,
                               pronouns = :pronouns, born_on = :bornOn, age = :age, age_as_of = :ageAsOf,
                               languages = :languages, other_names = :otherNames, interpreter = :interpreter,
                               search_name = :searchName, version = version + 1
                         where id = :id and version = :version
                        """)
                .params(person(person))
                .param("id", id.value())
                .param("version", version)
                .update();
        if (changed == 0) {
            throw new OptimisticLockingFailureException("profile %s is no longer at version %d".formatted(id, version));
        }
    }

    void protect(ProfileId id, String reason, UserId by, Instant now) {
        jdbc.sql("""
                        update profile
                           set protected_at = coalesce(protected_at, :now), protected_by = :by, protection_reason = :reason,
                               version = version + 1
                         where id = :id
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("by", Columns.account(by))
                .param("reason", reason)
                .param("id", id.value())
                .update();
    }

    boolean isProtected(ProfileId id) {
        return jdbc.sql("select protected_at is not null from profile where id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    boolean unprotect(ProfileId id) {
        return jdbc.sql("""
                                update profile
                                   set protected_at = null, protected_by = null, protection_reason = '', version = version + 1
                                 where id = :id and protected_at is not null
                                """).param("id", id.value()).update() > 0;
    }

    /** Counts a change; the row lock also keeps two changes of one client in order. */
    void touch(ProfileId id) {
        jdbc.sql("update profile set version = version + 1 where id = :id")
                .param("id", id.value())
                .update();
    }

    ContactPointId insert(ProfileId profile, NewContactPoint point, CheckedContact checked) {
        makeWay(profile, point);
        return jdbc.sql("""
                        insert into contact_point (profile_id, kind, value, display, label, main, safe)
                        values (:profile, :kind, :value, :display, :label,
                                not exists (select from contact_point
                                             where profile_id = :profile and kind = :kind and main and removed_at is null),
                                :safe)
                        returning id
                        """)
                .params(point(profile, point, checked))
                .query((row, number) -> new ContactPointId(row.getLong(1)))
                .single();
    }

    void update(
            ProfileId profile,
            ContactPointId id,
            @Nullable Integer version,
            NewContactPoint point,
            CheckedContact checked) {
        expect("contact_point", profile, id.value(), version);
        makeWay(profile, point);
        int changed = jdbc.sql("""
                        update contact_point
                           set display = :display, label = :label, safe = :safe, main = main or :main,
                               failed_at = case when value = :value then failed_at end,
                               failure = case when value = :value then failure end,
                               value = :value, version = version + 1
                         where id = :id and profile_id = :profile and kind = :kind and removed_at is null
                        """)
                .params(point(profile, point, checked))
                .param("main", point.main())
                .param("id", id.value())
                .update();
        require(changed, id);
    }

    /** The profile is locked, so what holds here holds until the change is made. */
    private void expect(String table, ProfileId profile, long id, @Nullable Integer version) {
        boolean moved = version != null
                && jdbc.sql("select version from " + table + " where id = :id and profile_id = :profile")
                        .param("id", id)
                        .param("profile", profile.value())
                        .query(Integer.class)
                        .optional()
                        .filter(now -> now.intValue() != version)
                        .isPresent();
        if (moved) {
            throw new OptimisticLockingFailureException(
                    "%s %d is no longer at version %d".formatted(table, id, version));
        }
    }

    ContactKind remove(ProfileId profile, ContactPointId id, Instant now) {
        ContactKind kind = jdbc.sql("""
                        update contact_point set removed_at = :now, main = false, version = version + 1
                         where id = :id and profile_id = :profile and removed_at is null
                        returning kind
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id.value())
                .param("profile", profile.value())
                .query(String.class)
                .optional()
                .map(ContactKind::of)
                .orElseThrow(() -> new Hidden("contact point", id));
        jdbc.sql("""
                        update contact_point set main = true
                         where id = (select min(id) from contact_point
                                      where profile_id = :profile and kind = :kind and removed_at is null)
                           and not exists (select from contact_point
                                            where profile_id = :profile and kind = :kind and main and removed_at is null)
                        """)
                .param("profile", profile.value())
                .param("kind", kind.code())
                .update();
        return kind;
    }

    ContactKind fail(ProfileId profile, ContactPointId id, Failure failure, Instant now) {
        return jdbc.sql("""
                        update contact_point
                           set failed_at = coalesce(failed_at, :now), failure = coalesce(failure, :failure),
                               version = version + 1
                         where id = :id and profile_id = :profile
                        returning kind
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("failure", failure.code())
                .param("id", id.value())
                .param("profile", profile.value())
                .query(String.class)
                .optional()
                .map(ContactKind::of)
                .orElseThrow(() -> new Hidden("contact point", id));
    }

    void insert(ProfileId profile, NewConsent consent, UserId by, Instant now) {
        jdbc.sql("""
                        insert into consent (profile_id, channel, given, given_by, given_on, wording_version, how, note,
                                             recorded_by, recorded_at)
                        values (:profile, :channel, :given, :givenBy, :givenOn, :wording, :how, :note, :by, :now)
                        """)
                .param("profile", profile.value())
                .param("channel", consent.channel().code())
                .param("given", consent.given())
                .param("givenBy", consent.givenBy())
                .param("givenOn", consent.givenOn())
                .param("wording", consent.wordingVersion())
                .param("how", consent.how())
                .param("note", consent.note())
                .param("by", Columns.account(by))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Ends the answer in force; returns whether there was one. */
    boolean withdraw(ProfileId profile, Channel channel, LocalDate on, String note, UserId by) {
        return jdbc.sql("""
                                update consent set withdrawn_on = greatest(:on, given_on), withdrawn_by = :by,
                                       withdrawn_note = :note
                                 where profile_id = :profile and channel = :channel and withdrawn_on is null
                                """)
                        .param("on", on)
                        .param("note", note)
                        .param("by", Columns.account(by))
                        .param("profile", profile.value())
                        .param("channel", channel.code())
                        .update()
                > 0;
    }

    void insert(ProfileId profile, NewSupportContact contact) {
        jdbc.sql("""
                        insert into support_contact (profile_id, name, relation, phone, may_be_spoken_to)
                        values (:profile, :name, :relation, :phone, :may)
                        """).params(support(profile, contact)).update();
    }

    void update(ProfileId profile, long id, @Nullable Integer version, NewSupportContact contact) {
        expect("support_contact", profile, id, version);
        int changed =
                jdbc.sql("""
                        update support_contact
                           set name = :name, relation = :relation, phone = :phone, may_be_spoken_to = :may,
                               version = version + 1
                         where id = :id and profile_id = :profile and removed_at is null
                        """).params(support(profile, contact)).param("id", id).update();
        require(changed, id);
    }

    private void makeWay(ProfileId profile, NewContactPoint point) {
        if (point.main()) {
            jdbc.sql("""
                            update contact_point set main = false
                             where profile_id = :profile and kind = :kind and main and removed_at is null
                            """)
                    .param("profile", profile.value())
                    .param("kind", point.kind().code())
                    .update();
        }
    }

    private static void require(int changed, Object id) {
        if (changed == 0) {
            throw new Hidden("contact", id);
        }
    }

    private static Map<String, @Nullable Object> person(Profile.Person person) {
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("anonymous", person.anonymous());
        params.put("givenName", person.givenName());
        params.put("familyName", person.familyName());
        params.put("pronouns", person.pronouns());
        params.put("bornOn", person.bornOn());
        params.put("age", person.age());
        params.put("ageAsOf", person.ageAsOf());
        params.put(
                "languages",
                person.languages().stream().map(Locale::toLanguageTag).toArray(String[]::new));
        params.put("otherNames", person.otherNames());
        params.put("interpreter", person.interpreter());
        params.put("searchName", SearchText.of(person.name() + " " + person.otherNames()));
        return params;
    }

    private static Map<String, Object> point(ProfileId profile, NewContactPoint point, CheckedContact checked) {
        return Map.of(
                "profile", profile.value(),
                "kind", point.kind().code(),
                "value", checked.value(),
                "display", checked.display(),
                "label", point.label().strip(),
                "safe", point.safe());
    }

    private static Map<String, Object> support(ProfileId profile, NewSupportContact contact) {
        return Map.of(
                "profile", profile.value(),
                "name", contact.name().strip(),
                "relation", contact.relation().strip(),
                "phone", contact.phone().strip(),
                "may", contact.mayBeSpokenTo());
    }

    private static Profile profile(ResultSet row, int number) throws SQLException {
        Profile.Person person = new Profile.Person(
                row.getBoolean("anonymous"),
                row.getString("given_name"),
                row.getString("family_name"),
                row.getString("pronouns"),
                row.getObject("born_on", LocalDate.class),
                row.getObject("age", Integer.class),
                row.getObject("age_as_of", LocalDate.class),
                Columns.languages(row.getArray("languages")),
                row.getString("other_names"),
                row.getBoolean("interpreter"));
        return new Profile(
                new ProfileId(row.getLong("id")),
                person,
                list(row.getString("points"), ProfileRows::contactPoint),
                list(row.getString("consents"), ProfileRows::consent),
                list(row.getString("supports"), ProfileRows::supportContact),
                Columns.instant(row, "created_at"),
                row.getInt("version"));
    }

    private static <T> List<T> list(String json, Function<JsonNode, T> reader) {
        List<T> values = new ArrayList<>();
        JSON.readTree(json).forEach(node -> values.add(reader.apply(node)));
        return List.copyOf(values);
    }

    private static ContactPoint contactPoint(JsonNode node) {
        String failedAt = text(node, "failed_at");
        String failure = text(node, "failure");
        return new ContactPoint(
                new ContactPointId(node.get("id").asLong()),
                ContactKind.of(node.get("kind").asString()),
                node.get("value").asString(),
                node.get("display").asString(),
                node.get("label").asString(),
                node.get("main").asBoolean(),
                node.get("safe").asBoolean(),
                failedAt == null ? null : OffsetDateTime.parse(failedAt).toInstant(),
                failure == null ? null : Failure.of(failure),
                node.get("version").asInt());
    }

    private static Consent consent(JsonNode node) {
        String withdrawn = text(node, "withdrawn_on");
        return new Consent(
                node.get("id").asLong(),
                Channel.of(node.get("channel").asString()),
                node.get("given").asBoolean(),
                node.get("given_by").asString(),
                LocalDate.parse(node.get("given_on").asString()),
                node.get("wording_version").asString(),
                withdrawn == null ? null : LocalDate.parse(withdrawn),
                node.get("how").asString(),
                node.get("note").asString(),
                node.get("withdrawn_note").asString());
    }

    private static SupportContact supportContact(JsonNode node) {
        return new SupportContact(
                node.get("id").asLong(),
                node.get("name").asString(),
                node.get("relation").asString(),
                node.get("phone").asString(),
                node.get("may_be_spoken_to").asBoolean(),
                node.get("version").asInt());
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value.asString();
    }
}
