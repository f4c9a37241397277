package org.ancora.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Where strangers come from, as far as they can be told apart. */
public final class Networks {

    private static final int NETWORK_BYTES = 8;

    private Networks() {}

    /**
     * Returns what stands for one place when strangers are counted. One network of the newer protocol holds more addresses
     * than anybody can count, so its first half stands for all of it; an address of the older protocol stands for itself.
     *
     * @param address as the server tells the sender's
     */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A colon makes it a literal, so no name server is asked.
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
                    : parsed.getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return "unknown";
        }
    }
}
