package org.ancora.process.steering;

import java.util.Map;

/**
 * What somebody wants to be done to a procedure, as they said it.
 *
 * @param what to which part: an id of a timer, wait or value; empty for all of it
 * @param to where it is to go, or what it is to be; may be empty
 * @param values for a procedure that begins again, by name
 * @param reason in their words
 */
record Order(Deed deed, String what, String to, Map<String, String> values, String reason) {

    Order {
        values = Map.copyOf(values);
    }

    /** One that needs nothing but a reason. */
    static Order plain(Deed deed, String reason) {
        return new Order(deed, "", "", Map.of(), reason);
    }
}
