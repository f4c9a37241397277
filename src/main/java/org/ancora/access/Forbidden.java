package org.ancora.access;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The viewer knows of the thing but may not do this to it: answered 403. {@link Refusals} puts into words what is missing
 * and who can change it.
 */
@ResponseStatus(HttpStatus.FORBIDDEN)
public class Forbidden extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Permission permission;
    private final @Nullable ProjectId project;

    /** @param project where it is missing; null when it is missing everywhere */
    public Forbidden(Permission permission, @Nullable ProjectId project) {
        super("permission %s is missing in project %s".formatted(permission.code(), project));
        this.permission = permission;
        this.project = project;
    }

    /** What the viewer would have needed. */
    public Permission permission() {
        return permission;
    }

    /** Where; null when the action belongs to no single project. */
    public @Nullable ProjectId project() {
        return project;
    }
}
