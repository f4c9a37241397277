package org.ancora.casework;

import org.ancora.access.UserId;

/** Somebody who works on a case, by name. */
public record Colleague(UserId id, String name) {}
