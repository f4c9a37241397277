package org.ancora.casework;

/**
 * Who referred the client to this service.
 *
 * @param kind agency, person, or the client themselves
 * @param name of the agency or person; empty for the client themselves
 * @param phone may be empty
 * @param email may be empty
 */
public record ReferralSource(SourceKind kind, String name, String phone, String email) {

    /** The client came by themselves. */
    public static final ReferralSource SELF = new ReferralSource(SourceKind.SELF, "", "", "");

    public ReferralSource {
        if (kind == SourceKind.SELF) {
            name = "";
            phone = "";
            email = "";
        } else if (name.isBlank()) {
            throw new IllegalArgumentException("A referral source needs a name");
        }
    }

    /** Returns whether there is somebody to tell and to ask (A-R6). */
    public boolean isSomebodyElse() {
        return kind != SourceKind.SELF;
    }
}
