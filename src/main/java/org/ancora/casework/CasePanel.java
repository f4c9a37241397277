package org.ancora.casework;

import java.util.Map;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * A part of the case page, published as a bean by the module whose matter it shows.
 *
 * <p>Its fragment sees {@code caseFile}, the {@link CaseSummary}, and {@code panel}, the map that {@link #model} returned. It
 * draws the inside of a card; the page draws the card with the title.
 */
public interface CasePanel {

    /** Where on the case page a panel stands. */
    enum Place {
        /** A card in the wide column of the overview. */
        MAIN,
        /** A card in the narrow column of the overview. */
        SIDE,
        /** A tab of its own at {@code /cases/<code>/<path>}. */
        TAB
    }

    /** Returns its place among its neighbours, ascending. */
    int order();

    /** Returns the key of its title in the message files. */
    String titleKey();

    /** Returns its name in addresses: the tab's last step, or the card's anchor; unique among panels. */
    String path();

    /** Returns where it stands. */
    Place place();

    /** Returns whether this viewer gets to see it on this case. */
    boolean shownTo(Viewer viewer, CaseSummary caseFile);

    /** Returns its fragment, {@code engagement/panels :: attempts}. */
    String fragment();

    /** Returns what the fragment shows; asked only when {@link #shownTo} said yes. */
    Map<String, Object> model(Viewer viewer, CaseSummary caseFile);

    /**
     * As {@link #model(Viewer, CaseSummary)}, for a tab whose list goes on over several pages.
     *
     * @param after what the page before named as its end, from the address; null on the first page
     */
    default Map<String, Object> model(Viewer viewer, CaseSummary caseFile, @Nullable Long after) {
        return model(viewer, caseFile);
    }

    /**
     * As {@link #model(Viewer, CaseSummary, Long)}, for a tab whose list can be searched or filtered.
     *
     * @param filters what the address asks for besides, by name; whatever somebody typed there
     */
    default Map<String, Object> model(
            Viewer viewer, CaseSummary caseFile, @Nullable Long after, Map<String, String> filters) {
        return model(viewer, caseFile, after);
    }
}
