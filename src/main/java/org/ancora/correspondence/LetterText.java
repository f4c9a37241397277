package org.ancora.correspondence;

/**
 * A letter's words, filled in and cleaned: no script, no style, nothing that a reader's machine would fetch.
 *
 * @param title its subject, plain text
 * @param html the body's inner HTML
 * @param text the same as plain text
 */
record LetterText(String title, String html, String text) {}
