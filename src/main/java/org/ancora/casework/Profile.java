package org.ancora.casework;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client: who they are, what they speak, and how they may be reached (C8).
 *
 * @param id identity
 * @param person names and personal data
 * @param contactPoints those in use, by kind, the main one first
 * @param consents every answer ever given, the newest first
 * @param supportContacts those in use
 * @param createdAt when it was recorded
 * @param version counts the changes
 */
public record Profile(
        ProfileId id,
        Person person,
        List<ContactPoint> contactPoints,
        List<Consent> consents,
        List<SupportContact> supportContacts,
        Instant createdAt,
        int version) {

    /**
     * A client's names and personal data.
     *
     * @param anonymous whether the client gives no name; then the names are empty
     * @param givenName may be empty when the family name is not
     * @param familyName may be empty when the given name is not
     * @param pronouns "she/her"; may be empty
     * @param bornOn day of birth, where known
     * @param age in years, where the day of birth is not known
     * @param ageAsOf the day on which that age was true
     * @param languages language tags, the preferred one first; at least one
     * @param otherNames maiden name, nicknames, other spellings; may be empty
     * @param interpreter whether somebody has to interpret
     */
    public record Person(
            boolean anonymous,
            String givenName,
            String familyName,
            String pronouns,
            @Nullable LocalDate bornOn,
            @Nullable Integer age,
            @Nullable LocalDate ageAsOf,
            List<Locale> languages,
            String otherNames,
            boolean interpreter) {

        /** A client without other names, who needs nobody to interpret. */
        public Person(
                boolean anonymous,
                String givenName,
                String familyName,
                String pronouns,
                @Nullable LocalDate bornOn,
                @Nullable Integer age,
                @Nullable LocalDate ageAsOf,
                List<Locale> languages) {
            this(anonymous, givenName, familyName, pronouns, bornOn, age, ageAsOf, languages, "", false);
        }

        public Person {
            if (languages.isEmpty()) {
                throw new IllegalArgumentException("A client speaks at least one language");
            }
            if (!anonymous && (givenName + familyName).isBlank()) {
                throw new IllegalArgumentException("A client has a name unless they are anonymous");
            }
            languages = List.copyOf(languages);
        }

        /** A named client of whom nothing else is known but the languages, the preferred one first. */
        public static Person named(String givenName, String familyName, Locale... languages) {
            return new Person(false, givenName, familyName, "", null, null, null, List.of(languages));
        }

        /** A client who gives no name. */
        public static Person anonymous(Locale... languages) {
            return new Person(true, "", "", "", null, null, null, List.of(languages));
        }

        /** Returns given and family name; empty for an anonymous client. */
        public String name() {
            return (givenName + " " + familyName).strip();
        }

        /** Returns the language to write and speak to them in. */
        public Locale preferredLanguage() {
            return languages.get(0);
        }

        /** Returns how old they are on a day, as far as that is known. */
        public OptionalInt ageOn(LocalDate day) {
            if (bornOn != null) {
                return OptionalInt.of(Period.between(bornOn, day).getYears());
            }
            return age == null || ageAsOf == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(
                            age + Math.max(0, Period.between(ageAsOf, day).getYears()));
        }
    }

    /** Returns given and family name; empty for an anonymous client. */
    public String name() {
        return person.name();
    }

    /** Returns the contact points of a kind, the main one first. */
    public Stream<ContactPoint> contactPoints(ContactKind kind) {
        return contactPoints.stream().filter(point -> point.kind() == kind);
    }

    /** Returns the main contact point of a kind. */
    public Optional<ContactPoint> main(ContactKind kind) {
        return contactPoints(kind).filter(ContactPoint::main).findFirst();
    }

    /** Returns the answer that holds for a channel, whether agreed or refused. */
    public Optional<Consent> consentInForce(Channel channel) {
        return consents.stream()
                .filter(consent -> consent.channel() == channel && consent.isInForce())
                .findFirst();
    }

    /** Returns which ways of reaching the client are lawful, and why the others are not. */
    public LawfulWays lawfulWays() {
        return LawfulWays.of(this);
    }
}
