/**
 * Rehearsals: a draft or a running version is tried out on an engine of its own in memory, with records that do not exist, and
 * what was tried can be kept as a scenario. Nothing here is stored in or sent from the real system but the scenarios.
 */
@NamedInterface("rehearsal")
@NullMarked
package org.ancora.process.rehearsal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
