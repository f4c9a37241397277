/** A person's part of a procedure: the task list, one task with its form, and what other modules put beside it. */
@NamedInterface("task")
@NullMarked
package org.ancora.process.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
