package org.ancora.correspondence;

/** Takes a message out of the house. */
interface Carrier {

    /**
     * Hands one message over. It reports every failure as an outcome; an exception means a fault of ours, after which
     * nobody knows what happened.
     */
    Handover handOver(StoredMessage message);

    /** Whether what it takes goes out to people, rather than into a file beside the program. */
    default boolean goesOut() {
        return true;
    }
}
