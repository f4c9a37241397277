package org.ancora.correspondence;

import java.util.Locale;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Channel;
import org.ancora.casework.ContactPoint;
import org.ancora.casework.LawfulWays;
import org.ancora.casework.LawfulWays.Way;
import org.ancora.casework.Profile;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;

/**
 * Whom a letter goes to and where. Where a client may be written to is casework's answer, asked at the moment of sending.
 *
 * @param language the recipient's where we speak it, else the project's
 */
record Recipient(String name, String address, Locale language) {

    /** The same in another language, if one was chosen. */
    Recipient in(@Nullable Locale chosen) {
        return chosen == null ? this : new Recipient(name, address, chosen);
    }

    static Recipient of(RecipientKind kind, Channel channel, CaseSummary caseFile, Profile client, Project project) {
        return switch (kind) {
            case CLIENT -> client(channel, client, project);
            case SOURCE -> source(channel, caseFile, project);
            case AGENCY -> throw new IllegalArgumentException("An agency is written to at the address it is given");
            case STAFF -> throw new IllegalArgumentException("Staff get notices, not letters");
            case PETITIONER -> throw new IllegalArgumentException("A petitioner has no case; see OpenLetter");
        };
    }

    /** The language of the client's letters, whatever the channel. */
    static Locale language(Profile client, Project project) {
        return client.person().languages().stream()
                .filter(Languages::isSpoken)
                .findFirst()
                .orElse(project.locale());
    }

    private static Recipient client(Channel channel, Profile client, Project project) {
        LawfulWays.Verdict verdict = client.lawfulWays().verdict(way(channel));
        ContactPoint point = verdict.point();
        if (!verdict.isLawful() || point == null) {
            throw new NotLawful(channel, verdict.why().code());
        }
        return new Recipient(client.name(), point.value(), language(client, project));
    }

    private static Recipient source(Channel channel, CaseSummary caseFile, Project project) {
        if (channel != Channel.EMAIL || caseFile.source().email().isBlank()) {
            throw new NotLawful(channel, LawfulWays.Why.NONE_ON_FILE.code());
        }
        return new Recipient(caseFile.source().name(), caseFile.source().email(), project.locale());
    }

    private static Way way(Channel channel) {
        return switch (channel) {
            case EMAIL -> Way.EMAIL;
            case SMS -> Way.SMS;
            case POST -> Way.POST;
            case VOICEMAIL, FAMILY -> throw new IllegalArgumentException("Nothing is written by " + channel.code());
        };
    }
}
