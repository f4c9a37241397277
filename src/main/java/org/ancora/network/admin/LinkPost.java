package org.ancora.network.admin;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * Brings people the link by which they set their password, published as a bean by the module that writes mail. Where it
 * cannot, the page shows the link once, for the administrator to hand over.
 */
public interface LinkPost {

    /**
     * Sends a link to the person it is for.
     *
     * @param project under whose name it is sent
     * @param link known to nobody else; whoever opens it first chooses the password
     * @param by who asked for it
     * @return whether it is on its way; false where no mail leaves here, or the person has no address
     */
    boolean send(UserId person, ProjectId project, String link, UserId by);
}
