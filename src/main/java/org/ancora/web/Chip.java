package org.ancora.web;

import org.jspecify.annotations.Nullable;

/**
 * A word on its colour.
 *
 * @param tone code of a {@link Tone}
 * @param icon name of a Tabler icon without prefix, or null
 * @param text the word, in the person's language
 */
public record Chip(String tone, @Nullable String icon, String text) {

    /**
     * A word in this tone.
     *
     * @param icon name of a Tabler icon without prefix, or null
     */
    public static Chip of(Tone tone, @Nullable String icon, String text) {
        return new Chip(tone.code(), icon, text);
    }
}
