package org.ancora.attention;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Pattern;

/**
 * An office by the code with which its registration numbers begin.
 *
 * @param value two to six capitals and one digit, {@code AYA1}: the digit keeps a number from looking like a case code
 */
public record OfficeId(String value) {

    private static final Pattern CODE = Pattern.compile("[A-Z]{2,6}[0-9]");

    public OfficeId {
        if (!CODE.matcher(value).matches()) {
            throw new IllegalArgumentException("An office code is two to six capitals and a digit");
        }
    }

    /** As a directory's file writes it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static OfficeId of(String value) {
        return new OfficeId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
