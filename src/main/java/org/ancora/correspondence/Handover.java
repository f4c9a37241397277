package org.ancora.correspondence;

/** What came of handing a message over. */
sealed interface Handover {

    /** The server took it. */
    record Accepted(String reply) implements Handover {}

    /** It certainly did not go out: refused, or never reached, before the server had taken it. May be tried again. */
    record Refused(String reply) implements Handover {}

    /** There is nobody at this address: no later try will find anybody. A person looks for another one. */
    record Undeliverable(String reply) implements Handover {}

    /** The data was on its way when the connection broke: it may have gone out. Must not be tried again blindly. */
    record Unknown(String why) implements Handover {}

    /** There is no server; it was written to this file. */
    record Written(String file) implements Handover {}
}
