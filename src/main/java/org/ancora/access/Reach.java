package org.ancora.access;

/** How far a permission carries from the project of the membership that gives it. */
public enum Reach {
    /** Only what is the viewer's own: assigned to them, shared with them. */
    OWN,
    /** Everything in the project of the membership. */
    PROJECT,
    /** Every project of the organisation that runs the membership's project. */
    ORGANISATION,
    /** Every project of the network. */
    NETWORK
}
