package org.ancora.attention.desk;

import java.util.Locale;
import java.util.Optional;

/** A register outside that the desk may ask (J18, J23): who people are, and which households the programme knows. */
enum Register {
    CIVIL,
    BENEFICIARY;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Register> of(String code) {
        for (Register each : values()) {
            if (each.code().equals(code)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
