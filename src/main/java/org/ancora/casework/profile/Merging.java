package org.ancora.casework.profile;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.audit.Audited;
import org.ancora.casework.Channel;
import org.ancora.casework.Consent;
import org.ancora.casework.Profile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes one record of two that are of the same person, and two again. Everything moves to the record that stays: cases,
 * numbers and addresses, answers about channels, people close to the client; of two answers the stricter one holds, and the
 * client is protected when either record was. Callers ask who may.
 */
@Service
class Merging {

    private static final List<String> PARTS = List.of("contact_point", "consent", "support_contact");

    private final JdbcClient jdbc;
    private final Profiles profiles;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Merging(JdbcClient jdbc, Profiles profiles, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.events = events;
        this.clock = clock;
    }

    /** What is chosen from one record or the other. */
    enum Field {
        NAME,
        PRONOUNS,
        BIRTH,
        LANGUAGES,
        INTERPRETER;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A merge, for the list of those that may be undone.
     *
     * @param undone when it was, or null
     */
    record Merge(
            long id,
            ProfileId survivor,
            ProfileId absorbed,
            Instant at,
            String by,
            @Nullable Instant undone) {}

    /** Which of two answers about a channel will hold. */
    record Answer(Channel channel, String state, boolean stricter) {}

    /**
     * Returns which answer holds for each channel about which either record knows something: refused before withdrawn before
     * agreed, so that nobody is written to who said no once.
     */
    static List<Answer> answers(Profile one, Profile other) {
        List<Answer> answers = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            Standing a = Standing.of(one, channel);
            Standing b = Standing.of(other, channel);
            Standing holds = a.compareTo(b) >= 0 ? a : b;
            if (holds != Standing.UNASKED) {
                answers.add(new Answer(
                        channel,
                        holds.name().toLowerCase(Locale.ROOT),
                        a != b && a != Standing.UNASKED && b != Standing.UNASKED));
            }
        }
        return answers;
    }

    /** From the most to the least permissive but for not having asked, which says nothing. */
    private enum Standing {
        UNASKED,
        AGREED,
        WITHDRAWN,
        REFUSED;

        static Standing of(Profile profile, Channel channel) {
            Optional<Consent> holds = profile.consentInForce(channel).or(() -> profile.consents().stream()
                    .filter(consent -> consent.channel() == channel)
                    .findFirst());
            return holds.map(consent -> !consent.isInForce()
                            ? consent.given() ? WITHDRAWN : UNASKED
                            : consent.given() ? AGREED : REFUSED)
                    .orElse(UNASKED);
        }
    }

    /**
     * Merges.
     *
     * @param survivor the record that stays
     * @param absorbed the record that becomes part of it; its address leads to the other from now on
     * @param fromAbsorbed what is taken over from the absorbed record; the rest stays as the survivor has it
     * @param project for the log
     * @return identity of the merge
     * @throws Problem when either is part of another record already, or they belong to different networks
     */
    @Transactional
    long merge(ProfileId survivor, ProfileId absorbed, Set<Field> fromAbsorbed, ProjectId project, UserId by) {
        lock(survivor, absorbed);
        Profile one = profiles.get(survivor);
        Profile other = profiles.get(absorbed);
        long merge = jdbc.sql("""
                        insert into profile_merge (survivor, absorbed, merged_at, merged_by)
                        values (:survivor, :absorbed, :now, :by) returning id
                        """)
                .param("survivor", survivor.value())
                .param("absorbed", absorbed.value())
                .param("now", now())
                .param("by", by.equals(UserId.SYSTEM) ? null : by.value())
                .query(Long.class)
                .single();
        Map<String, Object> ids = Map.of("merge", merge, "survivor", survivor.value(), "absorbed", absorbed.value());
        remember(ids);
        settleConsents(one, other);
        settleContacts(ids);
        for (String part : PARTS) {
            jdbc.sql("update %s set profile_id = :survivor where profile_id = :absorbed".formatted(part))
                    .params(ids)
                    .update();
        }
        jdbc.sql("update case_file set profile_id = :survivor, version = version + 1 where profile_id = :absorbed")
                .params(ids)
                .update();
        person(one, other, fromAbsorbed, ids);
        keepResult(ids);
        tell("profile.merged", project, survivor, by, merge);
        return merge;
    }

    /**
     * Puts everything back as it was.
     *
     * @throws Problem with 409 when something was changed or added since that only one of the two can have
     */
    @Transactional
    void undo(long merge, ProjectId project, UserId by) {
        Merge done = find(merge)
                .filter(each -> each.undone() == null)
                .orElseThrow(() -> new Problem(HttpStatus.CONFLICT, "profile.merge.undone-already"));
        lockRows(done.survivor(), done.absorbed());
        Map<String, Object> ids = Map.of(
                "merge", merge,
                "survivor", done.survivor().value(),
                "absorbed", done.absorbed().value());
        refuseWhatChanged(ids);
        for (boolean first : List.of(true, false)) {
            // What goes back to the other record first: until then the survivor would have two answers in force.
            restore("contact_point", """
                    profile_id = was.profile_id, kind = was.kind, value = was.value, display = was.display,
                    label = was.label, main = was.main, safe = was.safe, failed_at = was.failed_at, failure = was.failure,
                    removed_at = was.removed_at, version = was.version""", first, ids);
            restore("consent", """
                    profile_id = was.profile_id, withdrawn_on = was.withdrawn_on, withdrawn_by = was.withdrawn_by,
                    withdrawn_note = was.withdrawn_note""", first, ids);
            restore("support_contact", "profile_id = was.profile_id", first, ids);
        }
        jdbc.sql("""
                        update case_file c
                           set profile_id = :absorbed,
                               version = case when c.version = (r.after ->> 'version')::int
                                              then (r.before ->> 'version')::int else c.version + 1 end
                          from profile_merge_row r
                         where r.merge_id = :merge and r.kind = 'case_file' and r.row_id = c.id and r.before <> r.after
                        """).params(ids).update();
        jdbc.sql("""
                        update profile p
                           set anonymous = was.anonymous, given_name = was.given_name, family_name = was.family_name,
                               other_names = was.other_names, pronouns = was.pronouns, born_on = was.born_on, age = was.age,
                               age_as_of = was.age_as_of, languages = was.languages, interpreter = was.interpreter,
                               search_name = was.search_name, protected_at = was.protected_at,
                               protected_by = was.protected_by, protection_reason = was.protection_reason,
                               merged_into = was.merged_into,
                               version = case when p.version = (r.after ->> 'version')::int
                                              then was.version else p.version + 1 end
                          from profile_merge_row r, jsonb_populate_record(null::profile, r.before) was
                         where r.merge_id = :merge and r.kind = 'profile' and r.row_id = p.id
                        """).params(ids).update();
        jdbc.sql("update profile_merge set undone_at = :now, undone_by = :by where id = :merge")
                .params(ids)
                .param("now", now())
                .param("by", by.equals(UserId.SYSTEM) ? null : by.value())
                .update();
        tell("profile.unmerged", project, done.survivor(), by, merge);
    }

    /** One merge. */
    Optional<Merge> find(long merge) {
        return merges("where m.id = :id", Map.of("id", merge)).stream().findFirst();
    }

    /** The newest merges of clients who have a case in one of these projects. */
    List<Merge> of(Set<ProjectId> projects, int limit) {
        return merges(
                """
                where exists (select from case_file c
                               where c.profile_id in (m.survivor, m.absorbed) and c.project_id = any(:projects))
                """, Map.of("projects", projects.stream().map(ProjectId::value).toArray(Long[]::new), "limit", limit));
    }

    /** The record that a merged one is part of now; itself for any other. */
    ProfileId survivor(ProfileId id) {
        return jdbc.sql("""
                        with recursive way (id, merged_into) as (
                            select id, merged_into from profile where id = :id
                            union all
                            select p.id, p.merged_into from way join profile p on p.id = way.merged_into)
                        select id from way where merged_into is null
                        """)
                .param("id", id.value())
                .query((row, number) -> new ProfileId(row.getLong(1)))
                .optional()
                .orElse(id);
    }

    private List<Merge> merges(String where, Map<String, ?> params) {
        return jdbc.sql("""
                        select m.id, m.survivor, m.absorbed, m.merged_at, m.undone_at, coalesce(a.name, 'Ancora') as by_name
                          from profile_merge m left join account a on a.id = m.merged_by
                        """ + where + " order by m.id desc limit " + (params.containsKey("limit") ? ":limit" : "1"))
                .params(params)
                .query((row, number) -> {
                    OffsetDateTime undone = row.getObject("undone_at", OffsetDateTime.class);
                    return new Merge(
                            row.getLong("id"),
                            new ProfileId(row.getLong("survivor")),
                            new ProfileId(row.getLong("absorbed")),
                            row.getObject("merged_at", OffsetDateTime.class).toInstant(),
                            row.getString("by_name"),
                            undone == null ? null : undone.toInstant());
                })
                .list();
    }

    private void lock(ProfileId survivor, ProfileId absorbed) {
        List<Long> networks = lockRows(survivor, absorbed);
        if (networks.size() != 2) {
            throw new Problem(HttpStatus.CONFLICT, "profile.merge.not-two");
        }
        if (!networks.get(0).equals(networks.get(1))) {
            throw new Problem(HttpStatus.CONFLICT, "profile.merge.networks");
        }
    }

    private List<Long> lockRows(ProfileId one, ProfileId other) {
        return jdbc.sql("""
                        select network_id from profile
                         where id in (:one, :other) and (merged_into is null or merged_into in (:one, :other))
                         order by id for update
                        """)
                .param("one", one.value())
                .param("other", other.value())
                .query(Long.class)
                .list();
    }

    /** Every row of both records as it is before anything moves. */
    private void remember(Map<String, Object> ids) {
        for (String part : PARTS) {
            jdbc.sql("""
                            insert into profile_merge_row (merge_id, kind, row_id, before, after)
                            select :merge, '%1$s', t.id, to_jsonb(t), to_jsonb(t)
                              from %1$s t where t.profile_id in (:survivor, :absorbed)
                            """.formatted(part)).params(ids).update();
        }
        jdbc.sql("""
                        insert into profile_merge_row (merge_id, kind, row_id, before, after)
                        select :merge, 'profile', p.id, to_jsonb(p), to_jsonb(p)
                          from profile p where p.id in (:survivor, :absorbed)
                        """).params(ids).update();
        jdbc.sql("""
                        insert into profile_merge_row (merge_id, kind, row_id, before, after)
                        select :merge, 'case_file', c.id,
                               jsonb_build_object('profile_id', c.profile_id, 'version', c.version),
                               jsonb_build_object('profile_id', :survivor, 'version',
                                                  c.version + (c.profile_id = :absorbed)::int)
                          from case_file c where c.profile_id in (:survivor, :absorbed)
                        """).params(ids).update();
    }

    /** And as it is after; whatever did not change is forgotten, so that later changes to it are nobody's concern. */
    private void keepResult(Map<String, Object> ids) {
        for (String part : List.of("contact_point", "consent", "support_contact", "profile")) {
            jdbc.sql("""
                            update profile_merge_row r set after = to_jsonb(t)
                              from %1$s t where r.merge_id = :merge and r.kind = '%1$s' and r.row_id = t.id
                            """.formatted(part)).params(ids).update();
        }
    }

    /** Of two answers in force one ends: the laxer one, or else the one that moves. */
    private void settleConsents(Profile survivor, Profile absorbed) {
        for (Channel channel : Channel.values()) {
            Standing stays = Standing.of(survivor, channel);
            Standing moves = Standing.of(absorbed, channel);
            boolean both = survivor.consentInForce(channel).isPresent()
                    && absorbed.consentInForce(channel).isPresent();
            if (stays == Standing.AGREED && moves.compareTo(Standing.AGREED) > 0) {
                end(survivor.id(), channel);
            } else if (both || (moves == Standing.AGREED && stays.compareTo(Standing.AGREED) > 0)) {
                end(absorbed.id(), channel);
            }
        }
    }

    private void end(ProfileId profile, Channel channel) {
        jdbc.sql("""
                        update consent set withdrawn_on = greatest(:today, given_on)
                         where profile_id = :profile and channel = :channel and withdrawn_on is null
                        """)
                .param("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("profile", profile.value())
                .param("channel", channel.code())
                .update();
    }

    /**
     * A number that both have stays once, as the more careful of the two has it; what moves gives way as the main one of its
     * kind.
     */
    private void settleContacts(Map<String, Object> ids) {
        jdbc.sql("""
                        update contact_point stays
                           set safe = stays.safe and moves.safe,
                               failed_at = coalesce(stays.failed_at, moves.failed_at),
                               failure = coalesce(stays.failure, moves.failure), version = stays.version + 1
                          from contact_point moves
                         where stays.profile_id = :survivor and moves.profile_id = :absorbed
                           and stays.removed_at is null and moves.removed_at is null
                           and stays.kind = moves.kind and stays.value = moves.value
                        """).params(ids).update();
        jdbc.sql("""
                        update contact_point moves
                           set removed_at = :now, main = false, version = moves.version + 1
                         where moves.profile_id = :absorbed and moves.removed_at is null
                           and exists (select from contact_point stays
                                        where stays.profile_id = :survivor and stays.removed_at is null
                                          and stays.kind = moves.kind and stays.value = moves.value)
                        """).params(ids).param("now", now()).update();
        jdbc.sql("""
                        update contact_point moves set main = false, version = moves.version + 1
                         where moves.profile_id = :absorbed and moves.main
                           and exists (select from contact_point stays
                                        where stays.profile_id = :survivor and stays.removed_at is null
                                          and stays.kind = moves.kind and stays.main)
                        """).params(ids).update();
    }

    private void person(Profile one, Profile other, Set<Field> fromAbsorbed, Map<String, Object> ids) {
        Map<Field, Profile.Person> from = new EnumMap<>(Field.class);
        EnumSet.allOf(Field.class)
                .forEach(field -> from.put(field, fromAbsorbed.contains(field) ? other.person() : one.person()));
        Profile.Person named = person(from, Field.NAME);
        Profile.Person unnamed = named.equals(one.person()) ? other.person() : one.person();
        Profile.Person born = person(from, Field.BIRTH);
        Profile.Person merged = new Profile.Person(
                named.anonymous(),
                named.givenName(),
                named.familyName(),
                person(from, Field.PRONOUNS).pronouns(),
                born.bornOn(),
                born.age(),
                born.ageAsOf(),
                person(from, Field.LANGUAGES).languages(),
                otherNames(named, unnamed),
                person(from, Field.INTERPRETER).interpreter());
        profiles.settle(one.id(), merged);
        jdbc.sql("""
                        update profile stays
                           set protected_at = moves.protected_at, protected_by = moves.protected_by,
                               protection_reason = moves.protection_reason
                          from profile moves
                         where stays.id = :survivor and moves.id = :absorbed
                           and stays.protected_at is null and moves.protected_at is not null
                        """).params(ids).update();
        jdbc.sql("update profile set merged_into = :survivor, version = version + 1 where id = :absorbed")
                .params(ids)
                .update();
    }

    private static Profile.Person person(Map<Field, Profile.Person> from, Field field) {
        return java.util.Objects.requireNonNull(from.get(field), field.code());
    }

    /** The name that was not chosen is kept, so that the client is still found by it. */
    private static String otherNames(Profile.Person named, Profile.Person unnamed) {
        List<String> names = new ArrayList<>();
        for (String each : List.of(named.otherNames(), unnamed.name(), unnamed.otherNames())) {
            if (!each.isBlank() && !each.equalsIgnoreCase(named.name()) && !names.contains(each)) {
                names.add(each);
            }
        }
        return String.join(", ", names);
    }

    private void restore(String part, String columns, boolean first, Map<String, Object> ids) {
        jdbc.sql("""
                        update %1$s t set %2$s
                          from profile_merge_row r, jsonb_populate_record(null::%1$s, r.before) was
                         where r.merge_id = :merge and r.kind = '%1$s' and r.row_id = t.id and r.before <> r.after
                           and (was.profile_id = :absorbed) = %3$s
                        """.formatted(part, columns, first)).params(ids).update();
    }

    /** Each reason has its own words, so that somebody knows what to look at. */
    private void refuseWhatChanged(Map<String, Object> ids) {
        Map<String, String> changed = new LinkedHashMap<>();
        for (String part : List.of("contact_point", "consent", "support_contact", "profile")) {
            changed.put(part, """
                    select exists (select from profile_merge_row r left join %1$s t on t.id = r.row_id
                                    where r.merge_id = :merge and r.kind = '%1$s' and r.before <> r.after
                                      and to_jsonb(t) - '%2$s' is distinct from r.after - '%2$s')
                    """.formatted(part, part.equals("profile") ? "version" : ""));
        }
        for (String part : PARTS) {
            changed.merge(part, """
                     or exists (select from %1$s t where t.profile_id in (:survivor, :absorbed)
                                 and not exists (select from profile_merge_row r
                                                  where r.merge_id = :merge and r.kind = '%1$s' and r.row_id = t.id))
                    """.formatted(part), String::concat);
        }
        changed.put("case_file", """
                select exists (select from case_file c
                                where c.profile_id in (:survivor, :absorbed)
                                  and not exists (select from profile_merge_row r
                                                   where r.merge_id = :merge and r.kind = 'case_file' and r.row_id = c.id))
                       or exists (select from profile_merge_row r join case_file c on c.id = r.row_id
                                   where r.merge_id = :merge and r.kind = 'case_file' and c.profile_id <> :survivor)
                """);
        changed.forEach((part, sql) -> {
            if (jdbc.sql(sql).params(ids).query(Boolean.class).single()) {
                throw new Problem(HttpStatus.CONFLICT, "profile.merge.changed." + part.replace('_', '-'));
            }
        });
    }

    private void tell(String action, ProjectId project, ProfileId survivor, UserId by, long merge) {
        events.publishEvent(new Audited(
                action, project, null, "profile", survivor.toString(), by, Map.of("merge", String.valueOf(merge))));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
