package org.ancora.referral;

import java.util.regex.Pattern;

/** Whether something typed can be an e-mail address; the outbox takes no other. */
final class EmailAddress {

    private static final int LONGEST = 254;
    private static final Pattern ONE =
            Pattern.compile("[A-Za-z0-9_%+'-]+(\\.[A-Za-z0-9_%+'-]+)*@([A-Za-z0-9](-?[A-Za-z0-9])*\\.)+[A-Za-z]{2,24}");

    private EmailAddress() {}

    static boolean isOne(String typed) {
        return typed.strip().length() <= LONGEST && ONE.matcher(typed.strip()).matches();
    }
}
