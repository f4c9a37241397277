package org.ancora.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages Ancora speaks. */
public final class Languages {

    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"), Locale.ITALIAN);

    private Languages() {}

    /** The language among ours with this code ({@code es}, {@code es-PE}); null for any other, and for null. */
    static @Nullable Locale spoken(@Nullable String code) {
        if (code == null) {
            return null;
        }
        String language = Locale.forLanguageTag(code).getLanguage();
        return ALL.stream()
                .filter(known -> known.getLanguage().equals(language))
                .findFirst()
                .orElse(null);
    }
}
