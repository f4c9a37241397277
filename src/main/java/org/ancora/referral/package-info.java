/** Sending clients to services of others, and finding out what became of it (C97–C114). */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "time",
            "access",
            "audit",
            "web",
            "process",
            "process :: task",
            "process :: monitor",
            "network",
            "network :: admin",
            "casework",
            "casework :: record",
            "correspondence"
        })
package org.ancora.referral;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
