/** Registering an intake: the page that reception fills in, and what comes of it. */
@NullMarked
package org.ancora.engagement.intake;

import org.jspecify.annotations.NullMarked;
