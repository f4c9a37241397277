package org.ancora.attention;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who asks, as it was written down with one petition; see {@link NewPetitioner}. */
public record Petitioner(
        PetitionerId id,
        String document,
        String givenName,
        String familyName,
        Beneficiary beneficiary,
        String householdCode,
        String representative,
        String district,
        String province,
        String region,
        String phone,
        String callBackNumber,
        String email,
        String address,
        String safeTimes,
        Locale language) {

    /** Given and family name. */
    public String name() {
        return (givenName + " " + familyName).strip();
    }

    /** District, province and region, as far as they are known. */
    public String home() {
        return Stream.of(district, province, region)
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /**
     * Whether what was written down twice tells of one person: the same document, or, where one of them gave none, a way in which
     * both are reached. A name alone is no such thing.
     */
    public boolean isLike(Petitioner other) {
        if (!document.isBlank() && !other.document.isBlank()) {
            return document.strip().equalsIgnoreCase(other.document.strip());
        }
        Set<String> ways = other.ways().collect(Collectors.toSet());
        return ways().anyMatch(ways::contains);
    }

    private Stream<String> ways() {
        return Stream.of(
                        email.strip().toLowerCase(Locale.ROOT),
                        digits(phone),
                        digits(callBackNumber),
                        address.isBlank() ? "" : (name() + ", " + address.strip()).toLowerCase(Locale.ROOT))
                .filter(Predicate.not(String::isEmpty));
    }

    private static String digits(String number) {
        return number.replaceAll("\\D", "");
    }
}
