package org.ancora.referral.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.access.Permission;
import org.ancora.access.Scope;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseWords;
import org.ancora.casework.Cases;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Profiles;
import org.ancora.referral.directory.ResourceSearch.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The case for which somebody looks for a service, and whether the client seems to live where a service serves. Areas are names
 * that a source gives, and addresses are as somebody typed them, so this warns and never refuses.
 */
@Component
class SearchedFor {

    /** Words that tell no place from another. */
    private static final Set<String> ANYWHERE_A_WORD = Set.copyOf(List.of(
            ("and around of the in only all whole greater area areas region county district city town municipality province state"
                            + " y e de del la las los el en solo todo toda alrededores zona zonas distrito ciudad provincia departamento"
                            + " di della dello dei delle il lo gli le solo tutta tutto dintorni regione comune citta")
                    .split(" ")));

    /** Areas that leave nobody out. */
    private static final Set<String> EVERYWHERE = Set.of(
            "anywhere",
            "everywhere",
            "nationwide",
            "national",
            "online",
            "cualquier",
            "nacional",
            "ovunque",
            "nazionale",
            "dappertutto");

    private static final int SHORTEST = 3;

    /** So many areas are named in a sentence; of more it says how many. */
    private static final int NAMED = 5;

    private final ResourceParts parts;
    private final Cases cases;
    private final Profiles profiles;
    private final CaseWords words;
    private final MessageSource messages;
    private final JdbcClient jdbc;

    SearchedFor(
            ResourceParts parts,
            Cases cases,
            Profiles profiles,
            CaseWords words,
            MessageSource messages,
            JdbcClient jdbc) {
        this.parts = parts;
        this.cases = cases;
        this.profiles = profiles;
        this.words = words;
        this.messages = messages;
        this.jdbc = jdbc;
    }

    /**
     * A case, and where its client lives.
     *
     * @param client in words
     * @param town the first part of the address behind the street that names a place; empty where none is known
     * @param around every word of the address behind the street
     * @param searched the directories that whoever looks may search
     */
    record Client(CaseSummary caseFile, String client, String town, Set<String> around, Scope searched) {

        /** Where a service is referred to; public so that templates may ask. */
        public String referring() {
            return caseFile.path() + "/referrals/new";
        }
    }

    /**
     * The case of this code.
     *
     * @return empty where none is asked for, or where this person refers nobody in it
     * @throws org.ancora.access.Hidden when there is none that this person may see
     */
    Optional<Client> find(@Nullable String code, Viewer viewer) {
        if (code == null || code.isBlank()) {
            return Optional.empty();
        }
        CaseSummary caseFile = cases.byCode(code, viewer);
        boolean refers = !caseFile.concealed()
                && !caseFile.isClosed()
                && viewer.may(Permission.MAKE_REFERRALS, caseFile.project(), caseFile.isOwnOf(viewer.id()));
        return refers ? Optional.of(client(caseFile, viewer)) : Optional.empty();
    }

    private Client client(CaseSummary caseFile, Viewer viewer) {
        List<List<String>> places = new ArrayList<>();
        profiles.get(caseFile.profile())
                .main(ContactKind.ADDRESS)
                .map(address -> address.value().split(",", -1))
                .ifPresent(lines -> {
                    for (int line = 1; line < lines.length; line++) {
                        places.add(placeNames(lines[line]));
                    }
                });
        String town = places.stream()
                .filter(names -> !names.isEmpty())
                .findFirst()
                .map(names -> String.join(" ", names))
                .orElse("");
        Set<String> around = places.stream().flatMap(List::stream).collect(Collectors.toSet());
        return new Client(
                caseFile,
                words.client(caseFile, viewer.locale()),
                town,
                around,
                Scope.of(viewer, Permission.SEARCH_DIRECTORY));
    }

    /** Without postal codes, provinces in two letters, and words that stand in any name. */
    private static List<String> placeNames(String text) {
        return Plain.words(text).stream()
                .filter(word -> word.length() >= SHORTEST
                        && word.chars().noneMatch(Character::isDigit)
                        && !ANYWHERE_A_WORD.contains(word))
                .toList();
    }

    /**
     * Of these resources those that name where they serve, where nothing of that is known to be where the client lives: by id,
     * with a sentence that says so.
     */
    Map<Long, String> outside(List<Row> rows, @Nullable Client client, Locale locale) {
        Map<Long, String> outside = new HashMap<>();
        if (client == null || client.town().isEmpty()) {
            return outside;
        }
        Map<Long, List<String>> doubtful = parts.areas(rows);
        doubtful.values().removeIf(areas -> areas.stream().anyMatch(area -> isAround(area, client)));
        Set<String> asked = doubtful.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        Set<String> around = asked.isEmpty() ? Set.of() : servedFrom(client, asked);
        doubtful.forEach((id, areas) -> {
            if (areas.stream().noneMatch(around::contains)) {
                outside.put(
                        id,
                        messages.getMessage(
                                "directory.outside", new Object[] {named(areas, locale), client.client()}, locale));
            }
        });
        return outside;
    }

    /** "Aurora, Newmarket": the first of them, and how many there are besides. */
    private String named(List<String> areas, Locale locale) {
        String first = areas.stream().limit(NAMED).collect(Collectors.joining(", "));
        int more = areas.size() - NAMED;
        return more <= 0 ? first : messages.getMessage("directory.outside.more", new Object[] {first, more}, locale);
    }

    private static boolean isAround(String area, Client client) {
        List<String> all = Plain.words(area);
        Set<String> names = new HashSet<>(placeNames(area));
        boolean everywhere = names.isEmpty() || all.stream().anyMatch(EVERYWHERE::contains);
        names.retainAll(client.around());
        return everywhere || !names.isEmpty();
    }

    /** The areas that something in the client's town serves, whoever it is: the directory knows more of the country than we do. */
    private Set<String> servedFrom(Client client, Set<String> areas) {
        return new HashSet<>(jdbc.sql("""
                        select a.area from unnest(:areas::text[], :words::text[]) a (area, words)
                         where exists (select 1 from directory_resource r
                                        where r.active and not r.confidential and %s
                                          and r.area_words @@ plainto_tsquery('simple', a.words || ' ' || :town))
                        """.formatted(client.searched().sql("r.project_id")))
                .params(client.searched().params())
                .param("areas", areas.toArray(String[]::new))
                .param("words", areas.stream().map(Plain::of).toArray(String[]::new))
                .param("town", client.town())
                .query(String.class)
                .list());
    }
}
