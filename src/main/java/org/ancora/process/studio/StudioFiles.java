package org.ancora.process.studio;

import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.process.deployment.ShippedFolders;
import org.ancora.process.model.ProcessFolder;
import org.springframework.stereotype.Service;

/** The files of a folder at any point that can be looked at or compared: a version, the draft, what runs, what was shipped. */
@Service
public class StudioFiles {

    /** The draft, or what runs where there is none. */
    public static final String DRAFT = "draft";

    /** The newest version. */
    public static final String RUNNING = "running";

    /** What came with this release, whether it runs or not. */
    public static final String RELEASE = "release";

    private final Owners owners;
    private final Versions versions;
    private final Drafts drafts;
    private final ShippedFolders shipped;

    StudioFiles(Owners owners, Versions versions, Drafts drafts, ShippedFolders shipped) {
        this.owners = owners;
        this.versions = versions;
        this.drafts = drafts;
        this.shipped = shipped;
    }

    /**
     * The files.
     *
     * @param which {@code draft}, {@code running}, {@code release} or the engine's id of one of the folder's versions
     * @throws Hidden when the folder has nothing of that name
     */
    public ProcessFolder of(String folder, String which, Viewer viewer) {
        Version running = owners.open(folder, viewer);
        return switch (which) {
            case DRAFT -> drafts.current(folder);
            case RUNNING -> versions.files(running.deploymentId());
            case RELEASE ->
                shipped.all().stream()
                        .filter(each -> each.name().equals(folder))
                        .findFirst()
                        .orElseThrow(() -> new Hidden("version", which));
            default ->
                versions.files(versions.find(which)
                        .filter(version -> version.folder().equals(folder))
                        .orElseThrow(() -> new Hidden("version", which))
                        .deploymentId());
        };
    }
}
