package org.ancora.network.admin;

import java.util.List;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * What a person still holds in a project, published as a bean by the module that knows: when their access ends it stays
 * theirs, and is listed so that somebody gives it to another (C-R11).
 */
public interface HeldWork {

    /** Returns what this person holds in this project, what matters most first. */
    List<Item> of(UserId person, ProjectId project);

    /**
     * One thing.
     *
     * @param icon name of a Tabler icon, without prefix
     * @param text a case's code or the like; never a client's name
     * @param path where it can be given to somebody else
     */
    record Item(String icon, String text, String path) {}
}
