package org.ancora.process;

/** A message came for which no flow of the case is waiting, any more or yet: the person sees "the flow is not waiting". */
public final class NotWaiting extends RuntimeException {

    private final String messageName;
    private final String caseCode;

    NotWaiting(String messageName, String caseCode) {
        super("No flow of case " + caseCode + " is waiting for " + messageName);
        this.messageName = messageName;
        this.caseCode = caseCode;
    }

    /** The message's name as the diagrams write it, such as {@code client-in-touch}. */
    public String messageName() {
        return messageName;
    }

    /** The case that no procedure listens for. */
    public String caseCode() {
        return caseCode;
    }
}
