/** How the engine is set up and what it is forbidden to do. */
@NullMarked
package org.ancora.process.engine;

import org.jspecify.annotations.NullMarked;
