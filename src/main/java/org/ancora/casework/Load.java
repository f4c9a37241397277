package org.ancora.casework;

import org.ancora.access.UserId;

/**
 * How much a caseworker carries in a project.
 *
 * @param user who
 * @param name as shown to colleagues
 * @param active cases that are assigned or in service
 * @param waiting cases that wait until there is room
 * @param limit active cases at most: the worker's own limit, else the project's
 */
public record Load(UserId user, String name, int active, int waiting, int limit) {

    /** Returns whether one more case fits (A6). */
    public boolean hasRoom() {
        return active < limit;
    }
}
