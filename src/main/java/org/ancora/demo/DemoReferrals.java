package org.ancora.demo;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.referral.CaseReferrals;
import org.ancora.referral.CaseReferrals.Place;
import org.ancora.referral.ClientOutcome;
import org.ancora.referral.ReferralStatus;
import org.springframework.stereotype.Component;

/** Where the demo's clients were referred: one that came to a good end, one to ask about today, and one just made. */
@Component
class DemoReferrals {

    /** In the project's language. */
    private record Words(
            Place legal, String eviction, Place food, String groceries, Place course, String evenings, String went) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words(
                    new Place("Legal Aid York", "Tenants’ advice", "905 555 0160", "intake@legal-aid.example"),
                    "Advice about a notice to leave the flat",
                    new Place("Newmarket Food Pantry", "", "905 555 0171", "hello@pantry.example"),
                    "Groceries until the end of the month",
                    new Place("Learning Centre", "Evening classes", "905 555 0182", "desk@learning.example"),
                    "An English class in the evening",
                    "Went twice and knows the way now."),
            "es",
            new Words(
                    new Place(
                            "Defensa Pública Ayacucho",
                            "Consultorio jurídico",
                            "066 012 410",
                            "consultas@defensa.example"),
                    "Orientación sobre un aviso de desalojo",
                    new Place("Comedor Santa Rosa", "", "066 012 522", "comedor@santarosa.example"),
                    "Alimentos hasta fin de mes",
                    new Place("Centro de Aprendizaje", "Clases nocturnas", "066 012 633", "mesa@aprendizaje.example"),
                    "Clases de alfabetización por la noche",
                    "Fue dos veces y ya conoce el camino."),
            "it",
            new Words(
                    new Place(
                            "Sportello legale Po", "Consulenza inquilini", "011 555 0160", "sportello@legale.example"),
                    "Consulenza su una disdetta di locazione",
                    new Place("Emporio solidale", "", "011 555 0171", "ciao@emporio.example"),
                    "Spesa fino alla fine del mese",
                    new Place("Centro Studi Aurora", "Corsi serali", "011 555 0182", "info@aurora.example"),
                    "Un corso serale di italiano",
                    "È andata due volte e ora conosce la strada."));

    private final CaseReferrals referrals;
    private final Map<String, Long> made = new HashMap<>();

    DemoReferrals(CaseReferrals referrals) {
        this.referrals = referrals;
    }

    /** The first and the second, to be asked about on {@code ask}. */
    void begin(String code, Locale language, LocalDate ask, UserId by) {
        Words words = words(language);
        made.put(code, referrals.refer(code, words.food(), words.groceries(), ask, by));
        referrals.refer(code, words.legal(), words.eviction(), ask, by);
    }

    /** The first came to a good end; a third is made. */
    void goOn(String code, Locale language, LocalDate ask, UserId by) {
        Words words = words(language);
        referrals.found(
                code,
                Objects.requireNonNull(made.get(code)),
                ReferralStatus.COMPLETED,
                ClientOutcome.ATTENDED,
                words.went(),
                null,
                by);
        referrals.refer(code, words.course(), words.evenings(), ask, by);
    }

    private static Words words(Locale language) {
        return Objects.requireNonNull(WORDS.getOrDefault(language.getLanguage(), WORDS.get("en")));
    }
}
