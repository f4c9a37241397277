/** Answers to petitions that were not solved at once: promised dates, the flow to the answer, and the wall (J37, J-R1–J-R12). */
@NullMarked
package org.ancora.attention.complaint;

import org.jspecify.annotations.NullMarked;
