/** How folders of procedures get into the engine: at the start from the release, later from their owners. */
@NullMarked
package org.ancora.process.deployment;

import org.jspecify.annotations.NullMarked;
