package org.ancora.process.studio;

import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.Viewer;
import org.springframework.stereotype.Component;

/** Who may enter the studio: process owners of any project, since a folder of procedures serves them all. */
@Component
public class Owners {

    private final Versions versions;

    Owners(Versions versions) {
        this.versions = versions;
    }

    /** Whether this person may change procedures. */
    public static boolean is(Viewer viewer) {
        return viewer.isSystem() || !viewer.projects(Permission.EDIT_PROCEDURES).isEmpty();
    }

    /** Refuses with {@link Forbidden} whoever may not change procedures. */
    public static void require(Viewer viewer) {
        if (!is(viewer)) {
            throw new Forbidden(Permission.EDIT_PROCEDURES, null);
        }
    }

    /**
     * The version of a folder that runs now, for an owner.
     *
     * @throws Forbidden for anybody else
     * @throws Hidden when there is no such folder
     */
    public Version open(String folder, Viewer viewer) {
        require(viewer);
        return versions.running(folder).orElseThrow(() -> new Hidden("procedure", folder));
    }
}
