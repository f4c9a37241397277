package org.ancora.web;

import java.util.Locale;
import org.ancora.access.Viewer;
import org.jspecify.annotations.Nullable;

/** The language of last resort, when neither the person has chosen one nor the browser asks for one that Ancora speaks. */
public interface FallbackLocale {

    /** The language of the viewer's project; null when there is none, or nobody is signed in. */
    @Nullable
    Locale of(@Nullable Viewer viewer);
}
