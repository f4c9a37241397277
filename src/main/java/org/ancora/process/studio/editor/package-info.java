/**
 * The pages on which process owners change diagrams, tables, forms, letters and words, and compare two versions of them. What is
 * saved goes through the studio's drafts; the editors themselves run in the browser.
 */
@NullMarked
package org.ancora.process.studio.editor;

import org.jspecify.annotations.NullMarked;
