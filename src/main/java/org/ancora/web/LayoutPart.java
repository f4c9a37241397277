package org.ancora.web;

import java.util.Map;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/** Something that a module shows in the frame of every page, such as the bell, the choice of project or the demo's clock. */
public interface LayoutPart {

    /** The places of the frame. */
    enum Place {
        /** At the start of the top bar: the choice of project. */
        TOP_START,
        /** At the end of the top bar, before the language: the bell. */
        TOP_END,
        /** At the foot of the window, the page's height reserved for it: the demo's clock. Also on pages before sign-in. */
        FOOT
    }

    Place place();

    /** Position among the parts of the same place, lowest first. */
    default int order() {
        return 0;
    }

    /** The fragment to insert, as {@code template :: name}. It finds its model as the variable {@code part}. */
    String fragment();

    /** Whether to show it; nobody is signed in when the viewer is null. */
    default boolean shownTo(@Nullable Viewer viewer) {
        return viewer != null;
    }

    /** What the fragment shows, read once for every page: keep it to one cheap statement. */
    Map<String, Object> model(@Nullable Viewer viewer);
}
