package org.ancora.network;

import java.util.Locale;
import org.ancora.time.CalendarSpec;

/**
 * A project to be set up; network and organisation are made when they do not exist yet.
 *
 * @param network name of the network
 * @param organisation name of the organisation within it
 * @param key two to thirty-one lower-case letters, digits and hyphens, first a letter
 * @param name as people know it
 * @param codePrefix two to six capitals that begin its case codes
 * @param locale the project's language
 * @param accent colour of its bubble
 * @param initials one to three letters
 * @param calendar its office calendar; the version given here is where counting starts
 * @param settings what it decides for itself
 */
public record NewProject(
        String network,
        String organisation,
        String key,
        String name,
        String codePrefix,
        Locale locale,
        Accent accent,
        String initials,
        CalendarSpec calendar,
        ProjectSettings settings) {}
