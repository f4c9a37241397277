package org.ancora.casework;

import org.ancora.access.ProjectId;
import org.ancora.access.UserId;

/**
 * A case to be opened.
 *
 * @param project to which it belongs
 * @param profile the client
 * @param source who referred them
 * @param serviceMode how they are to be served
 * @param by who opens it; {@link UserId#SYSTEM} for Ancora itself
 */
public record NewCase(
        ProjectId project, ProfileId profile, ReferralSource source, ServiceMode serviceMode, UserId by) {}
