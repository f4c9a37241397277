package org.ancora.process.studio;

import java.time.Instant;
import org.ancora.access.UserId;

/**
 * A draft that one owner has put before the others. It stands for exactly the files it was made with.
 *
 * @param hash of the files
 * @param origin {@code owner} or {@code modeler}
 */
public record Proposal(
        long id,
        String folder,
        String baseDeployment,
        String hash,
        String origin,
        String note,
        UserId proposedBy,
        Instant proposedAt) {}
