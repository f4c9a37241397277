package org.ancora.process.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One option of a field whose options come from the module ({@code valuesKey}).
 *
 * @param value what is sent back
 * @param label what the person reads, in the language of the task's viewer
 * @param disabled why the option cannot be chosen ("no consent"), or null when it can; it is shown, but refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Choice(String value, String label, @Nullable String disabled) {

    /** An option that can be chosen. */
    public Choice(String value, String label) {
        this(value, label, null);
    }

    /** The same option, shown but not to be chosen. */
    public Choice disabled(String reason) {
        return new Choice(value, label, reason);
    }
}
