/** Starts and stops the embedded PostgreSQL of the demo and of a one-machine office, before anything else runs. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.ancora.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
