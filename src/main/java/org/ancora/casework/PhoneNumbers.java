package org.ancora.casework;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/** Telephone numbers as people type them, read and written in a country's own way. */
final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /** A number for machines (E.164) and for people. */
    record Read(String value, String display) {}

    /**
     * Reads a number.
     *
     * @param typed as typed, with or without a country code
     * @param country ISO 3166 code of the country in which it was typed
     * @return nothing when it cannot be a telephone number
     */
    static Optional<Read> read(String typed, String country) {
        try {
            PhoneNumber number = NUMBERS.parse(typed, country);
            if (!NUMBERS.isPossibleNumber(number)) {
                return Optional.empty();
            }
            boolean atHome = number.getCountryCode() == NUMBERS.getCountryCodeForRegion(country);
            String display =
                    NUMBERS.format(number, atHome ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
            return Optional.of(new Read(NUMBERS.format(number, PhoneNumberFormat.E164), display));
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }
}
