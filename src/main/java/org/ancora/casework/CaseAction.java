package org.ancora.casework;

import org.ancora.access.Viewer;

/** A button at the head of the case page, published as a bean by the module that acts: "The client got in touch". */
public interface CaseAction {

    /** Returns its place among the buttons, ascending; assigning stands at 50, closing at 90. */
    int order();

    /** Returns the key of its label in the message files. */
    String labelKey();

    /** Returns the icon's name in the icon font, {@code phone-check}. */
    String icon();

    /** Returns whether this viewer may do it to this case now. */
    boolean shownTo(Viewer viewer, CaseSummary caseFile);

    /** Returns the page that the button opens; it asks or confirms before anything changes. */
    String path(CaseSummary caseFile);
}
