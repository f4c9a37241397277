/** Ancora's starting point; every feature lives in one of the modules below this package. */
@NullMarked
package org.ancora;

import org.jspecify.annotations.NullMarked;
