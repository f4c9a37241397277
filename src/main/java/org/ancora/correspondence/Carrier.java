package org.ancora.correspondence;

/** Takes a message out of the house. */
sealed interface Carrier permits MailCarrier, SmsGateway, FileDrop {

    /**
     * Hands one message over. It reports every failure as an outcome; an exception means a fault of ours, after which
     * nobody knows what happened.
     */
    Handover handOver(StoredMessage message);
}
