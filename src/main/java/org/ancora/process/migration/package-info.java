/** What a changed procedure means for the cases under way, and moving them to it. */
@NamedInterface("migration")
@NullMarked
package org.ancora.process.migration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
