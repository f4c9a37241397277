/** What only the demo has: its projects, people and cases, and a clock that visitors move. Exists in the demo profile alone. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "database",
            "time",
            "access",
            "web",
            "process",
            "process :: task",
            "process :: studio",
            "network",
            "casework",
            "casework :: marks",
            "casework :: people",
            "casework :: record",
            "engagement",
            "attention",
            "referral",
            "referral :: directory",
            "attention :: desk"
        })
package org.ancora.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
