package org.ancora.attention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An office that attends users.
 *
 * @param jurisdiction ISO 3166-2 code of the region it serves, or null
 * @param head whether it is the head office
 * @param phone may be empty, as may {@code fax}
 * @param toCheck codes of what is doubtful about the entry and should be asked before it is relied on: {@code phone},
 *     {@code address}, {@code email}
 */
public record Office(
        OfficeId id,
        String name,
        @Nullable String jurisdiction,
        boolean head,
        String address,
        String phone,
        String fax,
        List<String> toCheck) {

    public Office {
        toCheck = List.copyOf(toCheck);
    }
}
