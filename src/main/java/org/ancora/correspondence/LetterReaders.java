package org.ancora.correspondence;

import java.util.Collection;
import java.util.Set;
import org.ancora.access.Viewer;

/** Who may read letters that belong to no case; published by the module under whose references they are kept. */
public interface LetterReaders {

    /** Those of the references that are this module's and whose letters the viewer may read. */
    Set<String> readable(Collection<String> references, Viewer viewer);

    /** The page of what the reference stands for. */
    String path(String reference);
}
