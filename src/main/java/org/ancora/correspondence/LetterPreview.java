package org.ancora.correspondence;

import java.util.Locale;

/**
 * A letter as it would be sent now.
 *
 * @param title its subject
 * @param html the words as clean HTML without scripts, styles or anything to fetch; safe to put into a page
 * @param text the same as plain text
 * @param language the language it is written in
 */
public record LetterPreview(String title, String html, String text, Locale language) {}
