/**
 * Where process owners change procedures: drafts, the check, publishing, and going back to an earlier version.
 *
 * <p>Whatever runs came in through {@link org.ancora.process.deployment.Deployments}; what is only drafted touches no engine.
 */
@NamedInterface("studio")
@NullMarked
package org.ancora.process.studio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
