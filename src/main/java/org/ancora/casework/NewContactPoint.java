package org.ancora.casework;

/**
 * A number or address to be recorded.
 *
 * @param kind what it is
 * @param value as typed; telephone numbers are read in the project's country when they carry no country code
 * @param label what the client calls it; may be empty
 * @param main whether it becomes the first of its kind; the first one of a kind does in any case
 * @param safe whether it is safe to call or write there
 */
public record NewContactPoint(ContactKind kind, String value, String label, boolean main, boolean safe) {}
