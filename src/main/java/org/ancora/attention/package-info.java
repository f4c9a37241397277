/** User service: visits, calls, petitions with their numbers, offices, and the answers that were promised (J1–J98). */
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
            "correspondence",
            "engagement"
        })
package org.ancora.attention;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
