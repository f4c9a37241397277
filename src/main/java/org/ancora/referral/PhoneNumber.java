package org.ancora.referral;

import java.util.regex.Pattern;

/** Whether something typed can be an agency's telephone number: as people write it, short numbers and extensions too. */
final class PhoneNumber {

    private static final Pattern ONE =
            Pattern.compile("\\+?[0-9(][0-9 ().\\-/]{1,29}[0-9)]( ?(ext|x|int|anexo)\\.? ?[0-9]{1,6})?");

    private PhoneNumber() {}

    static boolean isOne(String typed) {
        return ONE.matcher(typed.strip()).matches();
    }
}
