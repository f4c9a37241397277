package org.ancora.demo;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ancora.access.UserId;
import org.ancora.casework.record.CaseRecord;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the demo's people wrote down: notes, a reminder for the first day, and the beginnings of a care plan. */
@Component
@Profile("demo")
class DemoRecords {

    /** In the project's language. */
    private record Words(String talked, String next, String remember, String moved, String goal, String step) {}

    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words(
                    "Talked for half an hour. The landlord has given notice for the end of January.\nThey want to stay near the school.",
                    "Ask the housing office about the waiting list",
                    "Ask the housing office about the waiting list",
                    "Brought the lease along. The notice is valid.",
                    "A flat near the school",
                    "Fill in the form of the housing office"),
            "es",
            new Words(
                    "Conversación de media hora. El dueño pidió la casa para fines de enero.\nQuiere quedarse cerca de la escuela.",
                    "Preguntar en la municipalidad por el programa de vivienda",
                    "Preguntar en la municipalidad por el programa de vivienda",
                    "Trajo el contrato. El aviso es válido.",
                    "Una vivienda cerca de la escuela",
                    "Llenar la solicitud de la municipalidad"),
            "it",
            new Words(
                    "Colloquio di mezz'ora. Il proprietario ha dato disdetta per fine gennaio.\nVuole restare vicino alla scuola.",
                    "Chiedere all'ufficio casa della graduatoria",
                    "Chiedere all'ufficio casa della graduatoria",
                    "Ha portato il contratto. La disdetta è valida.",
                    "Una casa vicino alla scuola",
                    "Compilare la domanda dell'ufficio casa"));

    private final CaseRecord record;

    DemoRecords(CaseRecord record) {
        this.record = record;
    }

    /** Two notes, a reminder for {@code remindOn}, and a goal with its first step. */
    void of(String code, Locale language, LocalDate talkedOn, LocalDate remindOn, UserId by) {
        Words words = Objects.requireNonNull(WORDS.getOrDefault(language.getLanguage(), WORDS.get("en")));
        record.note(code, words.talked(), talkedOn, words.next(), by);
        record.note(code, words.moved(), null, "", by);
        record.remind(code, words.remember(), remindOn, by);
        record.plan(code, words.goal(), words.step(), 5, by);
    }
}
