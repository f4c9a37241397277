package org.ancora.process.studio;

import java.time.Instant;
import org.ancora.access.UserId;

/**
 * A file that a draft adds, changes or takes away.
 *
 * @param path inside the folder
 * @param version never 0 and never given twice, whatever became of the draft
 * @param removed whether the draft takes the file away
 */
public record DraftFile(String path, int version, UserId savedBy, Instant savedAt, boolean removed) {}
