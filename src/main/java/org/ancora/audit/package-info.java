/**
 * The activity log of changes and the log of reads, both written once and never rewritten.
 *
 * <p>A module publishes an {@link org.ancora.audit.Audited} event in the transaction of the change, and calls
 * {@link org.ancora.audit.ReadLog} where a personal record is shown. The words of an entry are the message
 * {@code activity.<action>}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"access"})
package org.ancora.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
