package org.ancora.casework;

import java.util.List;
import org.ancora.access.ProjectId;

/**
 * A client to be recorded.
 *
 * @param project whose network the client becomes part of, and whose country reads the telephone numbers
 * @param person names and personal data
 * @param contactPoints may be empty
 * @param consents may be empty; at most one answer per channel
 * @param supportContacts may be empty
 */
public record NewProfile(
        ProjectId project,
        Profile.Person person,
        List<NewContactPoint> contactPoints,
        List<NewConsent> consents,
        List<NewSupportContact> supportContacts) {}
