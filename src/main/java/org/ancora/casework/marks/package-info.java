/** What a project marks its cases with: its own kinds of flags, and its attributes with their loads from files. */
@NamedInterface("marks")
@NullMarked
package org.ancora.casework.marks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
