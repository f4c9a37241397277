package org.ancora.referral;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.referral.directory.ResourceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A service of somebody else as it was when a client was referred to it: later changes in the directory do not rewrite
 * what was told (C97).
 *
 * @param id the directory's number of it; null where somebody typed it in
 * @param address empty where the place is confidential: nobody learns it from a referral
 * @param terms what kind of help it is
 * @param assuredOn when somebody last made sure of it, or null
 */
record Resource(
        @Nullable Long id,
        String organization,
        String service,
        String location,
        String address,
        String phone,
        String email,
        String website,
        String schedule,
        List<String> terms,
        @Nullable LocalDate assuredOn,
        boolean confidential) {

    Resource {
        terms = List.copyOf(terms);
        address = confidential ? "" : address;
        location = confidential ? "" : location;
    }

    /** One that is not in the directory. */
    static Resource typed(String organization, String service, String phone, String email, String address) {
        return new Resource(
                null,
                organization.strip(),
                service.strip(),
                "",
                address.strip(),
                phone.strip(),
                email.strip(),
                "",
                "",
                List.of(),
                null,
                false);
    }

    /** As it stood in the directory when it was chosen. */
    static Resource of(ResourceSnapshot chosen) {
        return new Resource(
                chosen.resourceId(),
                chosen.organization(),
                chosen.service(),
                known(chosen.location()),
                known(chosen.address()),
                known(chosen.phone()),
                known(chosen.email()),
                known(chosen.website()),
                known(chosen.schedule()),
                chosen.taxonomyTerms(),
                chosen.assuredOn(),
                chosen.confidential());
    }

    /** The place by its name, as it stands over the door, and its address; empty where it is confidential. */
    String where() {
        return Stream.of(location, address)
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String known(@Nullable String fact) {
        return fact == null ? "" : fact;
    }

    /** The same service with the e-mail address and telephone number by which it is really reached. */
    Resource reachedBy(String newEmail, String newPhone) {
        return new Resource(
                id,
                organization,
                service,
                location,
                address,
                newPhone.strip(),
                newEmail.strip(),
                website,
                schedule,
                terms,
                assuredOn,
                confidential);
    }

    /** "Legal Aid York, tenants' advice". */
    String title() {
        return Stream.of(organization, service)
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
