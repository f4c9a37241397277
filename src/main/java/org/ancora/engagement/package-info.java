/** Reaching clients: intakes, contact attempts and rounds, and the engagement procedures (A1–A35). */
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
            "process :: steering",
            "network",
            "casework",
            "correspondence"
        })
package org.ancora.engagement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
