/**
 * Professional limits: what a client asks of a worker beyond work, the prompts for it, its record and what follows (B1–B18).
 *
 * <p>What made a worker uncomfortable is an {@link org.ancora.conduct.Incident}, for the project's supervisors alone. It leaves
 * no trace in variables, logs, notes or lists that anybody else may read.
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
            "network",
            "casework",
            "casework :: record",
            "correspondence"
        })
package org.ancora.conduct;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
