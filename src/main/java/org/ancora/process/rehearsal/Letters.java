package org.ancora.process.rehearsal;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.ancora.process.LetterFilling;
import org.ancora.process.RehearsalRecord;
import org.ancora.process.rehearsal.JournalLine.Kind;
import org.ancora.process.rehearsal.JournalLine.Letter;

/** The letters of one rehearsal: filled in and put into its journal, and sent nowhere. */
final class Letters {

    private final Setting setting;
    private final Map<String, byte[]> files;
    private final LetterFilling filling;
    private final RehearsalRecord record;
    private final Journal journal;

    Letters(
            Setting setting,
            Map<String, byte[]> files,
            LetterFilling filling,
            RehearsalRecord record,
            Journal journal) {
        this.setting = setting;
        this.files = files;
        this.filling = filling;
        this.record = record;
        this.journal = journal;
    }

    /** A letter in a journal line. */
    record Mail(String template, String channel, String to) {}

    /** Puts into the journal what would have been sent, or that there is no such letter in its language. */
    void send(RehearsalRecord.Said.Letter letter) {
        String language = letter.language().isEmpty() ? "en" : letter.language();
        String path = "letters/" + letter.template() + "." + language + ".html";
        byte[] template = files.get(path);
        String text = template == null
                ? ""
                : filling.fill(path, new String(template, StandardCharsets.UTF_8), values(letter, language));
        journal.add(
                Kind.SENT,
                "",
                "",
                "sent " + letter.template() + "." + language + " " + letter.channel() + " " + letter.to(),
                Flow.words(
                        template == null ? "rehearsal.journal.no-letter" : "rehearsal.journal.sent",
                        new Mail(letter.template(), letter.channel(), letter.to())),
                template == null ? null : new Letter(letter.template(), letter.channel(), letter.to(), text));
    }

    private Map<String, String> values(RehearsalRecord.Said.Letter letter, String language) {
        Map<String, String> values = new HashMap<>();
        values.put("caseCode", record.caseCode());
        values.put("projectName", setting.projectName());
        values.put("organisationName", setting.projectName());
        values.put(
                "today",
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(Locale.forLanguageTag(language))
                        .format(record.now().atZone(setting.calendar().zone())));
        values.putAll(letter.values());
        return values;
    }
}
