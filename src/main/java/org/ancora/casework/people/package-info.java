/** Who works on a case together: collaborators, teams with what their project shares, and cases that belong together. */
@NamedInterface("people")
@NullMarked
package org.ancora.casework.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
