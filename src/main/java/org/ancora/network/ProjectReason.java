package org.ancora.network;

import java.util.Locale;

/**
 * A reason for which a project closes cases (C48).
 *
 * @param id identity
 * @param key what the case keeps, {@code services-delivered}; unique in its project
 * @param name in the three languages
 * @param offered whether people may choose it; the others are set by procedures, or no longer used
 * @param needsNote whether whoever chooses it says more in a note
 * @param position among the project's reasons, ascending
 * @param version counts its changes
 */
public record ProjectReason(
        long id, String key, Wording name, boolean offered, boolean needsNote, int position, int version) {

    /** Returns its name in the reader's language. */
    public String name(Locale locale) {
        return name.in(locale);
    }
}
