/**
 * Clients with the ways in which they may lawfully be reached, and their cases: status, assignment, capacity and flags.
 *
 * <p>Other modules add to the case page by publishing {@link org.ancora.casework.CasePanel} and
 * {@link org.ancora.casework.CaseAction} beans.
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
            "process :: monitor",
            "network",
            "network :: admin"
        })
package org.ancora.casework;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
