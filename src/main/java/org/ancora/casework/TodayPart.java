package org.ancora.casework;

import java.util.Map;
import org.ancora.access.Viewer;

/**
 * What a room has for somebody today, shown on the page where people land; published as a bean, so that the page need not
 * know it.
 *
 * <p>Its fragment sees {@code today}, the map that {@link #model} returned, and draws the inside of a card.
 */
public interface TodayPart {

    /** Returns its place among its neighbours, ascending. */
    int order();

    /** Returns the key of its title in the message files. */
    String titleKey();

    /** Returns its name in addresses, unique among parts: the card's anchor is {@code today-<name>}. */
    String anchor();

    /** Returns its fragment, {@code casework/record/panels :: today}. */
    String fragment();

    /** Returns what the fragment shows in one statement; an empty map when there is nothing, and then no card. */
    Map<String, Object> model(Viewer viewer);
}
