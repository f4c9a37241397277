package org.ancora.process;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The variables that the diagrams of one folder may use. Each module that ships a folder under {@code processes/}
 * publishes one such bean beside its process class; the model check knows no other variables.
 *
 * @param folder the folder's name, such as {@code engagement}
 */
public record DeclaredVariables(String folder, Set<ProcessVariable<?>> variables) {

    public DeclaredVariables {
        variables = Set.copyOf(variables);
    }

    /** The variables that diagrams and tables of a folder may name. */
    public static DeclaredVariables of(String folder, ProcessVariable<?>... variables) {
        return new DeclaredVariables(folder, new LinkedHashSet<>(Arrays.asList(variables)));
    }
}
