package org.ancora.attention;

import java.util.Locale;
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
}
