package org.ancora.access;

import java.util.List;

/** Accounts that the sign-in page offers by name and password: a bean of this type exists in the demo profile only. */
public interface DemoAccounts {

    /** The accounts in the order in which they are shown; all open with {@link #password()}. */
    List<Account> accounts();

    /** The one password of all of them, in clear. */
    String password();

    /**
     * One account offered.
     *
     * @param role decides the wording beside it and its place in the list
     */
    record Account(String signInName, String name, Role role) {}
}
