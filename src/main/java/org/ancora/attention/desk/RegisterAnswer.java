package org.ancora.attention.desk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a register said, or that it said nothing. */
sealed interface RegisterAnswer {

    /** The facts that the desk understands, in the order in which they are shown; others are left out. */
    List<String> FACTS = List.of(
            "givenName",
            "familyName",
            "district",
            "province",
            "region",
            "householdCode",
            "householdState",
            "representative",
            "since",
            "lastPayment",
            "note");

    /** The code of the answer, for the log and the message keys. */
    String code();

    /**
     * The register knows the person.
     *
     * @param facts some of {@link #FACTS} and their values, none of them empty
     */
    record Found(Map<String, String> facts) implements RegisterAnswer {

        private static final int LONGEST = 200;

        public Found {
            Map<String, String> known = new LinkedHashMap<>();
            for (String fact : FACTS) {
                String value = facts.getOrDefault(fact, "").strip();
                if (!value.isEmpty()) {
                    known.put(fact, value.length() > LONGEST ? value.substring(0, LONGEST) : value);
                }
            }
            facts = Collections.unmodifiableMap(known);
        }

        @Override
        public String code() {
            return "found";
        }
    }

    /** The register knows nobody with this document. */
    record NotFound() implements RegisterAnswer {
        @Override
        public String code() {
            return "not-found";
        }
    }

    /** The register did not answer in time, or not in a way that could be understood. */
    record Unavailable() implements RegisterAnswer {
        @Override
        public String code() {
            return "unavailable";
        }
    }

    /** Nobody has loaded this register, and nobody has said where it can be asked. */
    record NotSetUp() implements RegisterAnswer {
        @Override
        public String code() {
            return "not-set-up";
        }
    }
}
