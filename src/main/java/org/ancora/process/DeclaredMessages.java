package org.ancora.process;

import java.util.Set;

/**
 * The messages that our code sends to the diagrams of one folder, such as "the client is in touch". A diagram that waits
 * for another message would wait for ever, and one nobody hears would be lost, so the model check asks for both ways.
 *
 * @param folder the folder's name, such as {@code engagement}
 */
public record DeclaredMessages(String folder, Set<String> names) {

    public DeclaredMessages {
        names = Set.copyOf(names);
    }

    /** The messages that diagrams of a folder may wait for, by the names they have there. */
    public static DeclaredMessages of(String folder, String... names) {
        return new DeclaredMessages(folder, Set.of(names));
    }
}
