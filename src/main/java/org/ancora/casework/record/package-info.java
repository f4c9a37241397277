/** What people write down about a case: notes, reminders, the care plan, and who has done what. */
@NamedInterface("record")
@NullMarked
package org.ancora.casework.record;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
