package org.ancora.process.rehearsal;

import java.util.List;

/**
 * Fields of a form that no module knows, named in the reader's language when they are shown.
 *
 * @param form id of the form
 */
record Answered(String form, List<Field> fields) {

    Answered {
        fields = List.copyOf(fields);
    }

    /**
     * One of them.
     *
     * @param label as the form's file has it; may be empty
     */
    record Field(String key, String label) {}
}
