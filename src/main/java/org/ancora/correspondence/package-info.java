/**
 * Letters, e-mail and text messages that go out once, the print queue, and notices to staff.
 *
 * <p>A message is a row with a state ({@link org.ancora.correspondence.MessageState}) and a small process that delivers
 * it; a letter is kept for good exactly as it was sent.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "time",
            "access",
            "audit",
            "web",
            "process",
            "process :: task",
            "process :: studio",
            "process :: steering",
            "network",
            "network :: admin",
            "casework",
            "database"
        })
package org.ancora.correspondence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
