package org.ancora.casework;

import java.util.regex.Pattern;

/**
 * Why a case was closed (C48, C53). Each project keeps its own list; those named here are in every list, since procedures
 * close with them.
 *
 * @param code lower-case letters, digits and hyphens, as in {@code project_closing_reason}
 */
public record ClosingReason(String code) {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public static final ClosingReason NO_CONTACT = new ClosingReason("no-contact");
    public static final ClosingReason DECLINED = new ClosingReason("declined");
    public static final ClosingReason WITHDRAWN = new ClosingReason("withdrawn");
    public static final ClosingReason TRANSFERRED = new ClosingReason("transferred");
    public static final ClosingReason TRANSFERRED_TO_GROUP = new ClosingReason("transferred-to-group");
    public static final ClosingReason DECEASED = new ClosingReason("deceased");
    public static final ClosingReason HANDED_OVER = new ClosingReason("handed-over");

    /** The intake was not accepted. */
    public static final ClosingReason REFUSED = new ClosingReason("refused");

    public static final ClosingReason CLOSED_BY_HAND = new ClosingReason("closed-by-hand");

    public ClosingReason {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("not the code of a closing reason: " + code);
        }
    }

    /**
     * Returns the reason with this code.
     *
     * @throws IllegalArgumentException when no reason can have it
     */
    public static ClosingReason of(String code) {
        return new ClosingReason(code);
    }
}
