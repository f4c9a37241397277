package org.ancora.process.steering;

import org.ancora.access.UserId;

/**
 * The same done to many procedures.
 *
 * @param what to which part of each: process and element of a timer or of a wait, process and name of a value, or a version;
 *     empty where the deed is done to the whole, and where nobody has said it yet
 * @param becomes where it is to go, or what it is to be; see {@link BatchOrders}
 * @param said the same in words, a line each, in the language of whoever said it
 * @param state {@code chosen} while it is looked at, {@code running}, {@code done}
 * @param changed to how many it was done
 * @param skipped how many had their turn and were left as they are
 */
record Batch(
        long id,
        UserId by,
        Deed deed,
        String what,
        String becomes,
        String said,
        String reason,
        String state,
        int total,
        int changed,
        int skipped) {

    public int done() {
        return changed + skipped;
    }

    boolean chosen() {
        return state.equals("chosen");
    }

    /** Whether it is not yet said what is to be done to each. */
    boolean open() {
        return chosen() && deed.asksMore() && what.isEmpty();
    }
}
