package org.ancora.web;

/**
 * One answer of a select or of choice tiles.
 *
 * @param value what is submitted
 * @param label what is shown, in the person's language
 */
public record Option(String value, String label) {}
