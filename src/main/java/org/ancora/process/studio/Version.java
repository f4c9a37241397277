package org.ancora.process.studio;

import java.time.Instant;
import org.ancora.access.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A version of a folder of procedures: what was deployed together.
 *
 * @param deploymentId the engine's id
 * @param number counted per folder, from 1
 * @param folder the folder's name under {@code processes/}
 * @param origin {@code seed} (came with a release), {@code owner} or {@code modeler}
 * @param by who published it; null for what came with a release
 * @param note what its author said about it; empty for what came with a release
 */
public record Version(
        String deploymentId,
        int number,
        String folder,
        String origin,
        @Nullable UserId by,
        Instant at,
        String note) {

    /** Whether it came with a release. */
    public boolean shipped() {
        return origin.equals("seed");
    }
}
