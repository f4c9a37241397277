package org.ancora.process.studio;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ancora.access.UserId;

/**
 * What owners are changing about a folder.
 *
 * @param baseDeployment the version over which it lies
 * @param files what it adds, changes or takes away, by path
 */
public record Draft(
        String folder, String baseDeployment, UserId begunBy, Instant begunAt, Map<String, DraftFile> files) {

    public Draft {
        files = new TreeMap<>(files);
    }

    /** The file as the draft has it; empty when it is still as in the version below. */
    public Optional<DraftFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** When something in it was changed last. */
    public Instant lastSaved() {
        return files.values().stream()
                .map(DraftFile::savedAt)
                .max(Instant::compareTo)
                .orElse(begunAt);
    }
}
