package org.ancora.process.studio;

import org.ancora.access.UserId;

/** A new version of a folder runs from now on; published as an event inside the transaction. */
public record ProcedurePublished(Version before, Version now, UserId by) {}
