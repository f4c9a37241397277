/** What a diagram, a decision table, a form or a letter must be like before it may run. */
@NullMarked
package org.ancora.process.model;

import org.jspecify.annotations.NullMarked;
