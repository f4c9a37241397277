package org.ancora.process.studio;

import java.util.Optional;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Somebody else has saved the file since it was opened: nothing was kept, and both are there to compare. */
public final class Overtaken extends Problem {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable DraftFile theirs;
    private final transient byte[] content;

    Overtaken(@Nullable DraftFile theirs, byte[] content) {
        super(HttpStatus.CONFLICT, "studio.overtaken");
        this.theirs = theirs;
        this.content = content;
    }

    /** Who saved it and when; empty when the draft no longer changes the file. */
    public Optional<DraftFile> theirs() {
        return Optional.ofNullable(theirs);
    }

    /** What the draft holds now; empty when the file was taken away. */
    public byte[] content() {
        return content.clone();
    }
}
