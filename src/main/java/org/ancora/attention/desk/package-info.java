/** The desk: visits and calls, the form that is filled in with the person, its receipt, and calls that were promised. */
@NamedInterface("desk")
@NullMarked
package org.ancora.attention.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
