/**
 * The written procedures: each deployed diagram with its decision tables in words, as page and on paper, and where to find help
 * (A3, C140, C141). Everything is read from what runs, so nothing here can disagree with it.
 */
@NullMarked
package org.ancora.process.guide;

import org.jspecify.annotations.NullMarked;
