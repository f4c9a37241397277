package org.ancora.referral;

import java.util.Locale;
import org.ancora.network.Wording;

/**
 * A choice about referrals as a project has set it (C137).
 *
 * @param id 0 while the project has said nothing of it
 * @param code Ancora's own for a status and an outcome
 * @param name a language may be empty where Ancora has a word
 * @param template with which the note of a follow-up of this kind begins; may be empty
 * @param offered whether people may choose it
 * @param version counts its changes, from 1; 0 while the project has said nothing of it
 */
record ProjectOption(
        long id, Part part, String code, Wording name, String template, boolean offered, int position, int version) {

    /** What it is a choice of. */
    enum Part {
        STATUS,
        OUTCOME,
        KIND;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Part of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** A choice of which the project has said nothing. */
    static ProjectOption unset(Part part, String code) {
        return new ProjectOption(0, part, code, new Wording("", "", ""), "", true, 0, 0);
    }

    /** As it stands in addresses: {@code status.accepted}. */
    String path() {
        return part.code() + "." + code;
    }
}
