package org.ancora.referral.directory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.referral.directory.DirectoryLoads.Load;
import org.ancora.referral.directory.DirectoryLoads.Source;
import org.ancora.referral.directory.DirectoryLoads.State;
import org.springframework.stereotype.Service;

/** Files that come into the directory without a person who looks at them first. */
@Service
public class DirectoryFiles {

    private final DirectoryLoads loads;
    private final DirectoryLoader loader;

    DirectoryFiles(DirectoryLoads loads, DirectoryLoader loader) {
        this.loads = loads;
        this.loader = loader;
    }

    /** Begins a source; returns its id. */
    public long begin(ProjectId project, String name) {
        return loads.begin(project, name, UserId.SYSTEM);
    }

    /**
     * Reads a file in any of the forms and stores it.
     *
     * @param fileName with its ending
     * @throws IllegalStateException when a row of it cannot be used, naming the first
     */
    public void store(long source, String fileName, byte[] content) {
        Source found = loads.source(source, Viewer.system());
        long id;
        try {
            id = loads.take(found, fileName, new ByteArrayInputStream(content), content.length, UserId.SYSTEM);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        loader.goOn(id);
        Load load = loads.find(id).orElseThrow();
        if (load.state() != State.CHECKED || load.bad() > 0) {
            throw new IllegalStateException(fileName + ": " + loads.faults(load, 1));
        }
        loads.store(load, UserId.SYSTEM);
        loader.goOn(id);
    }
}
