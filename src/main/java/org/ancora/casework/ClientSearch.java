package org.ancora.casework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks whether somebody is on record already: by how their name sounds or is spelled, by day of birth, by any number or
 * address. What a viewer may not see is not found; that there may be somebody elsewhere in the network is said only on
 * strong evidence, only to those who may learn it, and without any data.
 */
@Service
public class ClientSearch {

    /** So many are shown; whoever looks for one among more has to say more. */
    static final int SHOWN = 12;

    private static final double ALIKE = 0.55;

    /** So much of what was typed has to stand in one piece of a name, where only a piece was typed. */
    private static final double PIECE = 0.6;

    /** Mario Russo sounds like Maria Rossi when only consonants count; so little in common does not make them one. */
    private static final double HEARD = 0.3;

    private static final int NEAR_DAYS = 31;

    private final JdbcClient jdbc;
    private final Clock clock;

    ClientSearch(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What is known of somebody.
     *
     * @param name given and family name in any order, or a part of them; may be empty
     * @param bornOn day of birth, where known
     * @param age in years, where the day of birth is not known
     * @param contacts numbers and e-mail addresses as they were typed; what is neither is passed over
     */
    public record Asked(
            String name,
            @Nullable LocalDate bornOn,
            @Nullable Integer age,
            List<String> contacts) {

        public Asked {
            contacts = List.copyOf(contacts);
        }

        /** What a new client's record says of them. */
        public static Asked about(NewProfile client) {
            return new Asked(
                    client.person().name(),
                    client.person().bornOn(),
                    client.person().age(),
                    client.contactPoints().stream()
                            .filter(point -> point.kind() != ContactKind.ADDRESS)
                            .map(NewContactPoint::value)
                            .toList());
        }
    }

    /** Why somebody was found; {@code client-search.why.<code>} says it. */
    public enum Why {
        SAME_PHONE(60),
        SAME_EMAIL(55),
        SAME_NAME(40),
        SOUNDS_LIKE(30),
        SIMILAR_NAME(15),
        SOUNDS_REMOTELY(10),
        SAME_BIRTHDAY(30),
        BIRTHDAY_NEAR(15),
        SAME_AGE(10),
        OTHER_BIRTHDAY(-25);

        private final int weight;

        Why(int weight) {
            this.weight = weight;
        }

        /** The lower-case word with hyphens used in message keys. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Somebody on record whom the viewer may see.
     *
     * @param cases codes of those of their cases that the viewer may open, the newest first; at least one
     * @param why what they have in common with the one looked for, the strongest first
     */
    public record Hit(
            ProfileId profile,
            String name,
            @Nullable LocalDate bornOn,
            @Nullable Integer age,
            List<String> cases,
            Set<Why> why) {

        int score() {
            return why.stream().mapToInt(each -> each.weight).sum();
        }

        /** Whether it may well be the same person, so that recording them again has to be explained. */
        public boolean isLikely() {
            return isLikely(why);
        }

        static boolean isLikely(Set<Why> why) {
            if (why.contains(Why.SAME_PHONE) || why.contains(Why.SAME_EMAIL)) {
                return true;
            }
            boolean named = why.contains(Why.SAME_NAME) || why.contains(Why.SOUNDS_LIKE);
            boolean born = why.contains(Why.SAME_BIRTHDAY) || why.contains(Why.BIRTHDAY_NEAR);
            boolean remotely = why.contains(Why.SIMILAR_NAME) || why.contains(Why.SOUNDS_REMOTELY);
            return (named && !why.contains(Why.OTHER_BIRTHDAY)) || (remotely && born);
        }
    }

    /**
     * What was found.
     *
     * @param hits the likeliest first
     * @param elsewhere whether somebody of another project may be the same person
     */
    public record Found(List<Hit> hits, boolean elsewhere) {

        /** Returns those who may well be the same person. */
        public List<Hit> likely() {
            return hits.stream().filter(Hit::isLikely).toList();
        }
    }

    /**
     * Looks for somebody in the network of a project.
     *
     * @param project whose country reads the numbers
     */
    @Transactional(readOnly = true)
    public Found find(Asked asked, Project project, Viewer viewer) {
        String name = SearchText.of(asked.name());
        List<String> values = values(asked.contacts(), project);
        if (name.isEmpty() && values.isEmpty()) {
            return new Found(List.of(), false);
        }
        // Of this transaction alone: how much of a name has to be the same to count as a slip of the pen.
        jdbc.sql("""
                        select set_config('pg_trgm.similarity_threshold', :alike, true),
                               set_config('pg_trgm.word_similarity_threshold', :piece, true)
                        """)
                .param("alike", String.valueOf(ALIKE))
                .param("piece", String.valueOf(PIECE))
                .query((row, number) -> row.getString(1))
                .single();
        Found found = among(candidates(name, values, asked, project, viewer), name, asked, project, viewer);
        // A surname alone, misspelt, is too little of the whole name for the usual ways; looked for only where they
        // fail.
        return found.hits().isEmpty() && !found.elsewhere() && !name.isEmpty()
                ? among(withAPiece(name, project, viewer), name, asked, project, viewer)
                : found;
    }

    private Found among(List<Candidate> candidates, String name, Asked asked, Project project, Viewer viewer) {
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), project.calendar().zone());
        List<Hit> hits = new ArrayList<>();
        boolean elsewhere = false;
        for (Candidate each : candidates) {
            Set<Why> why = why(each, name, asked, today);
            if (!each.cases().isEmpty()) {
                hits.add(new Hit(each.profile(), each.name(), each.bornOn(), each.ageOn(today), each.cases(), why));
            } else if (!each.isProtected() && isStrong(why)) {
                elsewhere = true;
            }
        }
        hits.removeIf(hit -> hit.score() <= 0);
        hits.sort(Comparator.comparingInt(Hit::score).reversed().thenComparing(hit -> hit.profile()
                .value()));
        return new Found(
                List.copyOf(hits.subList(0, Math.min(SHOWN, hits.size()))),
                elsewhere && viewer.may(Permission.FIND_ELSEWHERE, project.id()));
    }

    /** A name alone says nothing about somebody of whom the viewer may know nothing. */
    private static boolean isStrong(Set<Why> why) {
        return why.contains(Why.SAME_PHONE)
                || why.contains(Why.SAME_EMAIL)
                || (why.contains(Why.SAME_BIRTHDAY) && (why.contains(Why.SAME_NAME) || why.contains(Why.SOUNDS_LIKE)));
    }

    private record Candidate(
            ProfileId profile,
            String name,
            String searchName,
            @Nullable LocalDate bornOn,
            @Nullable Integer age,
            @Nullable LocalDate ageAsOf,
            boolean isProtected,
            boolean sounds,
            boolean hasPiece,
            double alike,
            List<String> same,
            List<String> cases) {

        @Nullable
        Integer ageOn(LocalDate day) {
            if (bornOn != null) {
                return Period.between(bornOn, day).getYears();
            }
            return age == null || ageAsOf == null
                    ? null
                    : Integer.valueOf(
                            age + Math.max(0, Period.between(ageAsOf, day).getYears()));
        }
    }

    private List<Candidate> candidates(String name, List<String> values, Asked asked, Project project, Viewer viewer) {
        Map<String, Object> params = new HashMap<>();
        List<String> ways = new ArrayList<>();
        if (!values.isEmpty()) {
            ways.add("""
                    (select t.profile_id from contact_point t
                      where lower(t.value) = any(:values) and t.removed_at is null limit 50)""");
        }
        if (!name.isEmpty()) {
            ways.add("""
                    (select p.id from profile p
                      where p.network_id = :network and p.sounds @> name_sounds(:name) limit 200)""");
            ways.add("(select p.id from profile p where p.network_id = :network and p.search_name % :name limit 100)");
            LocalDate bornOn = asked.bornOn();
            if (bornOn != null) {
                params.put("bornFrom", bornOn.minusDays(NEAR_DAYS));
                params.put("bornUntil", bornOn.plusDays(NEAR_DAYS));
                ways.add("""
                        (select p.id from profile p
                          where p.network_id = :network and p.born_on between :bornFrom and :bornUntil
                            and p.sounds && name_sounds(:name) limit 100)""");
            }
        }
        return candidates(ways, params, name, values, project, viewer);
    }

    private List<Candidate> withAPiece(String name, Project project, Viewer viewer) {
        String way = "(select p.id from profile p where p.network_id = :network and :name <% p.search_name limit 100)";
        return candidates(List.of(way), Map.of(), name, List.of(), project, viewer);
    }

    private List<Candidate> candidates(
            List<String> ways,
            Map<String, Object> bounds,
            String name,
            List<String> values,
            Project project,
            Viewer viewer) {
        Scope scope = Scope.of(viewer, Permission.READ_PROFILE);
        return jdbc.sql("""
                        select p.id, p.given_name, p.family_name, p.search_name, p.born_on, p.age, p.age_as_of,
                               p.protected_at is not null as is_protected,
                               :name <> '' and p.sounds @> name_sounds(:name) as sounds_alike,
                               :name <%% p.search_name as has_piece,
                               similarity(p.search_name, :name) as alike,
                               array(select distinct case when t.kind = 'email' then 'email' else 'phone' end
                                       from contact_point t
                                      where t.profile_id = p.id and lower(t.value) = any(:values)
                                        and t.removed_at is null) as same,
                               array(select c.code from case_file c
                                      where c.profile_id = p.id and %s and not %s
                                      order by c.opened_at desc, c.id desc limit 5) as cases
                          from profile p
                         where p.id in (%s) and p.network_id = :network and p.merged_into is null
                        """.formatted(
                        scope.sql("c.project_id", CaseRows.OWN), CaseRows.CONCEALED, String.join("\nunion\n", ways)))
                .params(scope.params())
                .params(bounds)
                .param("network", project.network().id())
                .param("values", values.toArray(String[]::new))
                .param("name", name)
                .query(ClientSearch::candidate)
                .list();
    }

    private static Candidate candidate(ResultSet row, int number) throws SQLException {
        return new Candidate(
                new ProfileId(row.getLong("id")),
                (row.getString("given_name") + " " + row.getString("family_name")).strip(),
                row.getString("search_name"),
                row.getObject("born_on", LocalDate.class),
                row.getObject("age", Integer.class),
                row.getObject("age_as_of", LocalDate.class),
                row.getBoolean("is_protected"),
                row.getBoolean("sounds_alike"),
                row.getBoolean("has_piece"),
                row.getDouble("alike"),
                List.of((String[]) row.getArray("same").getArray()),
                List.of((String[]) row.getArray("cases").getArray()));
    }

    private static Set<Why> why(Candidate candidate, String name, Asked asked, LocalDate today) {
        Set<Why> why = EnumSet.noneOf(Why.class);
        if (candidate.same().contains("phone")) {
            why.add(Why.SAME_PHONE);
        }
        if (candidate.same().contains("email")) {
            why.add(Why.SAME_EMAIL);
        }
        if (!name.isEmpty() && words(candidate.searchName()).equals(words(name))) {
            why.add(Why.SAME_NAME);
        } else if (candidate.sounds()) {
            why.add(candidate.alike() >= HEARD ? Why.SOUNDS_LIKE : Why.SOUNDS_REMOTELY);
        } else if (!name.isEmpty() && (candidate.alike() >= ALIKE || candidate.hasPiece())) {
            why.add(Why.SIMILAR_NAME);
        }
        LocalDate born = candidate.bornOn();
        LocalDate bornOn = asked.bornOn();
        if (born != null && bornOn != null) {
            long days = Math.abs(ChronoUnit.DAYS.between(born, bornOn));
            why.add(
                    days == 0
                            ? Why.SAME_BIRTHDAY
                            : days <= NEAR_DAYS || isSlip(born, bornOn) ? Why.BIRTHDAY_NEAR : Why.OTHER_BIRTHDAY);
        } else {
            Integer age = candidate.ageOn(today);
            Integer years = bornOn == null
                    ? asked.age()
                    : Integer.valueOf(Period.between(bornOn, today).getYears());
            if (age != null && years != null) {
                if (Math.abs(age - years) <= 1) {
                    why.add(Why.SAME_AGE);
                } else if (Math.abs(age - years) > 5) {
                    why.add(Why.OTHER_BIRTHDAY);
                }
            }
        }
        return why;
    }

    /** Day and month changed places, or only the year is another. */
    private static boolean isSlip(LocalDate one, LocalDate other) {
        boolean sameYear = one.getYear() == other.getYear();
        boolean swapped = one.getMonthValue() == other.getDayOfMonth() && one.getDayOfMonth() == other.getMonthValue();
        return (sameYear && swapped)
                || (one.getMonthValue() == other.getMonthValue() && one.getDayOfMonth() == other.getDayOfMonth());
    }

    private static Set<String> words(String name) {
        return Set.copyOf(List.of(name.split(" ")));
    }

    /** Numbers in any spelling and e-mail addresses, as they stand in the index. */
    private static List<String> values(List<String> typed, Project project) {
        return typed.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> text.contains("@")
                        ? Stream.of(text.toLowerCase(Locale.ROOT))
                        : PhoneNumbers.read(text, project.country()).stream().map(PhoneNumbers.Read::value))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
