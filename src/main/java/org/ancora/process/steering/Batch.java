package org.ancora.process.steering;

import org.ancora.access.UserId;

/**
 * The same done to many procedures.
 *
 * @param state {@code chosen} while it is looked at, {@code running}, {@code done}
 * @param changed to how many it was done
 * @param skipped how many had their turn and were left as they are
 */
record Batch(long id, UserId by, Deed deed, String reason, String state, int total, int changed, int skipped) {

    public int done() {
        return changed + skipped;
    }
}
