/**
 * The one clock, the business calendars of each jurisdiction, and deadlines that can say why they are when they are.
 *
 * <p>Depends on no other module. Words live in {@code messages/time*.properties}; holidays that the holiday library lacks,
 * names of holidays in three languages and the rule for holidays that fall on a weekend live in {@code calendars/*.json}.
 */
@NullMarked
@ApplicationModule(
        displayName = "Time",
        allowedDependencies = {})
package org.ancora.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
