/** Networks of organisations and the projects in which they work, each with its calendar, letterhead and settings. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"time", "access", "audit", "web", "process", "process :: task", "process :: studio"})
package org.ancora.network;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
