package org.ancora.access;

import java.util.Locale;
import java.util.Optional;

/** What a person is in a project; the codes are also the candidate groups of the diagrams. */
public enum Role {
    CASEWORKER,
    COORDINATOR,
    SUPERVISOR,
    OWNER,
    MANAGER,
    RECEPTION,
    AGENT,
    UNIT,
    PRIVACY,
    ADMIN,
    CONTRIBUTOR;

    /** The lower-case word used in tables, diagrams and message keys ({@code role.<code>}). */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with this code, or empty when no role has it. */
    public static Optional<Role> of(String code) {
        for (Role role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
