/**
 * What managers watch: every procedure that runs or ran, read from tables of its own which the engine's history keeps up to
 * date.
 */
@NamedInterface("monitor")
@NullMarked
package org.ancora.process.monitor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
