package org.ancora.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Telephone numbers as people and directories write them, one touch away; templates call it {@code telephones}. */
@Component
public class Telephones {

    private static final int FEWEST_FIGURES = 3;

    /** An extension or a remark behind the number, which nobody dials. */
    private static final Pattern REMARK = Pattern.compile("\\p{L}.*$", Pattern.DOTALL);

    /** Two numbers in one field. */
    private static final Pattern SEVERAL = Pattern.compile("\\d[^\\d/,;]*[/,;][^\\d/,;]*\\d");

    /** A slash behind an area code, as in Italy, which parts no numbers. */
    private static final Pattern AREA = Pattern.compile("^[^\\d+]*(?:\\+\\d{1,3}\\s*)?0\\d{1,3}\\)?\\s*/");

    /**
     * Where a touch calls.
     *
     * @return {@code tel:…}; null for what has too few figures, or those of several numbers, since a touch would call somebody else
     */
    public @Nullable String link(String number) {
        String dialled = REMARK.matcher(
                        AREA.matcher(number).replaceFirst(area -> area.group().replace('/', ' ')))
                .replaceFirst("");
        String figures = dialled.replaceAll("[^0-9+]", "");
        return figures.length() < FEWEST_FIGURES || SEVERAL.matcher(dialled).find() ? null : "tel:" + figures;
    }
}
