/**
 * The only door to the engine: procedures drawn as diagrams, their steps, tasks, decisions, deadlines and deployments.
 */
@ApplicationModule(allowedDependencies = {"time", "access", "audit", "web"})
@NullMarked
package org.ancora.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
