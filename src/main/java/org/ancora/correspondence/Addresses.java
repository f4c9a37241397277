package org.ancora.correspondence;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.ancora.casework.Channel;

/** Addresses as they enter the outbox: exactly one, and nothing that could end a header line. */
final class Addresses {

    private Addresses() {}

    /**
     * Returns the address without surrounding space.
     *
     * @throws IllegalArgumentException when it is none, or several, or hides a line break
     */
    static String one(Channel channel, String address) {
        String bare = address.strip();
        if (bare.isEmpty() || bare.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A message needs exactly one address");
        }
        if (channel == Channel.EMAIL) {
            return mail(bare).getAddress();
        }
        if (!bare.matches("\\+?[0-9][0-9 ().-]{3,30}")) {
            throw new IllegalArgumentException("Not a telephone number that takes text messages");
        }
        return bare;
    }

    static InternetAddress mail(String bare) {
        try {
            InternetAddress address = new InternetAddress(bare, true);
            if (address.isGroup() || !bare.equals(address.getAddress())) {
                throw new IllegalArgumentException("Not a bare e-mail address");
            }
            return address;
        } catch (AddressException malformed) {
            // The address is personal data: neither it nor the cause, which quotes it, goes where a log may write it.
            throw new IllegalArgumentException("Not an e-mail address");
        }
    }
}
