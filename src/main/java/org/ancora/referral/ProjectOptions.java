package org.ancora.referral;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.casework.Channel;
import org.ancora.referral.ProjectOption.Part;

/**
 * What a project may choose from about referrals, and by which ways it writes about them (C103, C137).
 *
 * @param byEmail whether client and agency may be written e-mails
 * @param bySms whether the client may be written text messages
 * @param own what the project has set, in its order
 */
record ProjectOptions(boolean byEmail, boolean bySms, List<ProjectOption> own) {

    /** Those of a project that has set nothing. */
    static final ProjectOptions USUAL = new ProjectOptions(true, true, List.of());

    boolean sends() {
        return byEmail || bySms;
    }

    boolean sends(Channel channel) {
        return channel == Channel.SMS ? bySms : byEmail;
    }

    /** A referral can always be brought to an end. */
    boolean offers(ReferralStatus status) {
        return isAlwaysOffered(Part.STATUS, status.code())
                || find(Part.STATUS, status.code()).map(ProjectOption::offered).orElse(true);
    }

    /** That nobody knows can always be said. */
    boolean offers(ClientOutcome outcome) {
        return isAlwaysOffered(Part.OUTCOME, outcome.code())
                || find(Part.OUTCOME, outcome.code())
                        .map(ProjectOption::offered)
                        .orElse(true);
    }

    static boolean isAlwaysOffered(Part part, String code) {
        return switch (part) {
            case STATUS -> code.equals(ReferralStatus.COMPLETED.code());
            case OUTCOME -> code.equals(ClientOutcome.UNKNOWN.code());
            case KIND -> false;
        };
    }

    Optional<ProjectOption> find(Part part, String code) {
        return own.stream()
                .filter(option -> option.part() == part && option.code().equals(code))
                .findFirst();
    }

    /** How somebody may follow up, as the project calls it; none until an administrator sets some. */
    List<ProjectOption> kinds() {
        return ofKind().filter(ProjectOption::offered).toList();
    }

    /** A kind, be it offered still or not. */
    Optional<ProjectOption> kind(long id) {
        return ofKind().filter(option -> option.id() == id).findFirst();
    }

    private Stream<ProjectOption> ofKind() {
        return own.stream().filter(option -> option.part() == Part.KIND);
    }
}
