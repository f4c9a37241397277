package org.ancora.casework;

import java.util.Locale;
import java.util.regex.Pattern;
import org.ancora.network.Project;

/** A number or address that was checked and brought into the form in which it is kept. */
record CheckedContact(String value, String display) {

    private static final Pattern EMAIL = Pattern.compile(
            "[^@\\s\\p{Cntrl},;:<>()\\[\\]\"\\\\]{1,64}@[\\p{L}\\p{M}\\p{N}.-]{1,190}\\.[\\p{L}\\p{M}\\p{N}-]{2,}");
    private static final int LONGEST = 300;

    static CheckedContact check(ContactKind kind, String typed, Project project) {
        String text = typed.strip().replaceAll("\\s*\\R\\s*", ", ").replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            throw new InvalidContact("contact.missing");
        }
        if (text.length() > LONGEST) {
            throw new InvalidContact("contact.too-long");
        }
        return switch (kind) {
            case PHONE, SMS ->
                PhoneNumbers.read(text, project.country())
                        .map(number -> new CheckedContact(number.value(), number.display()))
                        .orElseThrow(() -> new InvalidContact("contact.not-a-number"));
            case EMAIL -> {
                if (!EMAIL.matcher(text).matches()) {
                    throw new InvalidContact("contact.not-an-address");
                }
                String address = text.substring(0, text.indexOf('@'))
                        + text.substring(text.indexOf('@')).toLowerCase(Locale.ROOT);
                yield new CheckedContact(address, address);
            }
            case ADDRESS -> new CheckedContact(text, text);
        };
    }
}
