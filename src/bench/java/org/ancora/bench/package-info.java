/** Ancora beside its peers: measured in one run, on the same data and machine; started by {@code mvn -Pbench verify}. */
@NullMarked
package org.ancora.bench;

import org.jspecify.annotations.NullMarked;
