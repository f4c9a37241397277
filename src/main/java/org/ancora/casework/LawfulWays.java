package org.ancora.casework;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one answer to "in which ways may this client be reached?", for forms, panels and letters alike (A8, A9, A15, A18).
 *
 * <p>Calling needs a number that is safe and works. Voicemail, text messages and e-mail need consent besides. Post needs a
 * safe address, and family somebody who may be spoken to; both stay lawful until the client refuses or withdraws.
 */
public final class LawfulWays {

    /** A way of reaching a client. */
    public enum Way {
        /** Call the main number (A7, A11). */
        CALL_MAIN(ContactKind.PHONE, null),
        /** Leave a message on the main number (A8, A12). */
        VOICEMAIL(ContactKind.PHONE, Channel.VOICEMAIL),
        /** Call another number (A9, A13). */
        CALL_ALTERNATE(ContactKind.PHONE, null),
        /** Send a text message (A9, A13). */
        SMS(ContactKind.SMS, Channel.SMS),
        /** Write an e-mail (A9, A13, A18). */
        EMAIL(ContactKind.EMAIL, Channel.EMAIL),
        /** Write by post (A18, A-R7). */
        POST(ContactKind.ADDRESS, Channel.POST),
        /** Speak to somebody close to the client (A15). */
        FAMILY(null, Channel.FAMILY);

        private final @Nullable ContactKind kind;
        private final @Nullable Channel channel;

        Way(@Nullable ContactKind kind, @Nullable Channel channel) {
            this.kind = kind;
            this.channel = channel;
        }

        /** Returns the lower-case code used in forms and message keys ({@code way.<code>}). */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Returns the channel on which the client has a say; nothing for a mere call. */
        public Optional<Channel> channel() {
            return Optional.ofNullable(channel);
        }

        private boolean needsConsent() {
            return this == VOICEMAIL || this == SMS || this == EMAIL;
        }
    }

    /** Why a way is lawful or not. */
    public enum Why {
        /** Lawful: the client agreed. */
        AGREED,
        /** Lawful: no consent is needed, and nothing speaks against it. */
        SAFE,
        NONE_ON_FILE,
        NOT_SAFE,
        /** The number or address was tried and leads nowhere (A-R3). */
        FAILED,
        NOT_ASKED,
        REFUSED,
        WITHDRAWN,
        /** There are support contacts, and none may be spoken to. */
        MAY_NOT_BE_SPOKEN_TO;

        /** Returns the lower-case code used in message keys ({@code why.<code>}). */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isLawful() {
            return this == AGREED || this == SAFE;
        }
    }

    /**
     * The answer for one way.
     *
     * @param way which way
     * @param why the reason for the answer
     * @param since the day of the consent, refusal or withdrawal that decided it, where one did
     * @param point the number or address that would be used; absent when none is on file, and for family
     * @param person the one who would be spoken to, for family
     */
    public record Verdict(
            Way way,
            Why why,
            @Nullable LocalDate since,
            @Nullable ContactPoint point,
            @Nullable SupportContact person) {

        /** Returns whether this way may be used. */
        public boolean isLawful() {
            return why.isLawful();
        }
    }

    private final Profile profile;
    private final Map<Way, Verdict> verdicts = new EnumMap<>(Way.class);

    private LawfulWays(Profile profile) {
        this.profile = profile;
        for (Way way : Way.values()) {
            verdicts.put(way, way == Way.FAMILY ? family() : best(way));
        }
    }

    static LawfulWays of(Profile profile) {
        return new LawfulWays(profile);
    }

    /** Returns the answer for a way. */
    public Verdict verdict(Way way) {
        return verdicts.getOrDefault(way, new Verdict(way, Why.NONE_ON_FILE, null, null, null));
    }

    /** Returns whether a way may be used. */
    public boolean may(Way way) {
        return verdict(way).isLawful();
    }

    /** Returns every way with its answer, in the order in which they are tried. */
    public List<Verdict> all() {
        return List.copyOf(verdicts.values());
    }

    /** Returns the ways that may be used, in the order in which they are tried. */
    public List<Way> lawful() {
        return verdicts.values().stream()
                .filter(Verdict::isLawful)
                .map(Verdict::way)
                .toList();
    }

    /** Returns what may be done with one number or address: for a number, calling it and leaving a message there. */
    public List<Verdict> verdicts(ContactPoint point) {
        Stream<Way> ways =
                switch (point.kind()) {
                    case PHONE -> Stream.of(point.main() ? Way.CALL_MAIN : Way.CALL_ALTERNATE, Way.VOICEMAIL);
                    case SMS -> Stream.of(Way.SMS);
                    case EMAIL -> Stream.of(Way.EMAIL);
                    case ADDRESS -> Stream.of(Way.POST);
                };
        return ways.map(way -> judge(way, point)).toList();
    }

    private Verdict best(Way way) {
        List<Verdict> candidates = profile.contactPoints().stream()
                .filter(point -> point.kind() == way.kind && fits(way, point))
                .map(point -> judge(way, point))
                .toList();
        return candidates.stream()
                .filter(Verdict::isLawful)
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .orElseGet(() -> new Verdict(way, Why.NONE_ON_FILE, null, null, null));
    }

    private static boolean fits(Way way, ContactPoint point) {
        return switch (way) {
            case CALL_MAIN, VOICEMAIL -> point.main();
            case CALL_ALTERNATE -> !point.main();
            default -> true;
        };
    }

    private Verdict judge(Way way, ContactPoint point) {
        if (!point.safe()) {
            return new Verdict(way, Why.NOT_SAFE, null, point, null);
        }
        if (point.failure() != null) {
            return new Verdict(way, Why.FAILED, null, point, null);
        }
        Say say = say(way);
        return new Verdict(way, say.why, say.since, point, null);
    }

    private Verdict family() {
        if (profile.supportContacts().isEmpty()) {
            return new Verdict(Way.FAMILY, Why.NONE_ON_FILE, null, null, null);
        }
        Say say = say(Way.FAMILY);
        return profile.supportContacts().stream()
                .filter(SupportContact::mayBeSpokenTo)
                .findFirst()
                .map(person -> new Verdict(Way.FAMILY, say.why, say.since, null, person))
                .orElseGet(() -> new Verdict(
                        Way.FAMILY,
                        Why.MAY_NOT_BE_SPOKEN_TO,
                        null,
                        null,
                        profile.supportContacts().get(0)));
    }

    /** What the client's own answer makes of a way whose number, address or person is fit for use. */
    private Say say(Way way) {
        Channel channel = way.channel;
        if (channel == null) {
            return new Say(Why.SAFE, null);
        }
        // Where two records became one, what ended with that may be newer than the answer that holds.
        return profile.consentInForce(channel)
                .or(() -> profile.consents().stream()
                        .filter(consent -> consent.channel() == channel)
                        .findFirst())
                .map(newest -> {
                    if (newest.withdrawnOn() != null) {
                        // A refusal that was taken back leaves the question open again.
                        return newest.given()
                                ? new Say(Why.WITHDRAWN, newest.withdrawnOn())
                                : new Say(way.needsConsent() ? Why.NOT_ASKED : Why.SAFE, null);
                    }
                    return new Say(newest.given() ? Why.AGREED : Why.REFUSED, newest.givenOn());
                })
                .orElseGet(() -> new Say(way.needsConsent() ? Why.NOT_ASKED : Why.SAFE, null));
    }

    private record Say(Why why, @Nullable LocalDate since) {}
}
