/** Kills, stops, cuts and delays the product as a second process, and counts what became of what it had said was done. */
@NullMarked
package org.ancora.faults;

import org.jspecify.annotations.NullMarked;
