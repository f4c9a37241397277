/**
 * One procedure of one case, and what may be done to it: its path and journal, what could not be done and how to go on, and the
 * interventions that leave a reason behind (X3). Also every diagram as an outline in words, for whoever cannot or does not want
 * to see it drawn.
 */
@NamedInterface("steering")
@NullMarked
package org.ancora.process.steering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
