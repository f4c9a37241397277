package org.ancora.correspondence;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.ancora.casework.CaseSummary;
import org.ancora.network.Letterhead;
import org.ancora.network.Project;
import org.ancora.process.DeployedFiles;
import org.ancora.time.Dates;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts a letter's words, its values and the organisation's head together. */
@Component
class LetterWriter {

    /** Placeholders from which one could learn who the client is. */
    private static final Set<String> NAMES = Set.of("clientName", "sourceName");

    private static final Pattern LINES = Pattern.compile("\\s*(?:,|\\R)\\s*");

    private final DeployedFiles files;
    private final Dates dates;
    private final MessageSource messages;
    private final Clock clock;

    LetterWriter(DeployedFiles files, Dates dates, MessageSource messages, Clock clock) {
        this.files = files;
        this.dates = dates;
        this.messages = messages;
        this.clock = clock;
    }

    /** @throws LetterBroken when there is no such template, or a placeholder in it has no value */
    LetterText words(LetterKind kind, CaseSummary caseFile, Project project, Locale language, Map<String, ?> more) {
        return fill(kind, kind.file(language.getLanguage()), caseValues(caseFile, project, language), more);
    }

    /** As {@link #words}, for somebody who must not learn who the client is: a template that names them is broken. */
    LetterText anonymousWords(
            LetterKind kind, CaseSummary caseFile, Project project, Locale language, Map<String, ?> more) {
        Map<String, Object> values = caseValues(caseFile, project, language);
        values.keySet().removeAll(NAMES);
        return fill(kind, kind.file(language.getLanguage()), values, more);
    }

    /** As {@link #words(LetterKind, CaseSummary, Project, Locale, Map)}, for a letter that belongs to no case. */
    LetterText words(LetterKind kind, Project project, Locale language, Map<String, ?> more) {
        return fill(kind, kind.file(language.getLanguage()), values(project, language), more);
    }

    private LetterText fill(LetterKind kind, String file, Map<String, Object> values, Map<String, ?> more) {
        byte[] template = files.read(kind.folder(), file)
                .orElseThrow(() -> new LetterBroken("There is no letter " + kind.folder() + "/" + file));
        values.putAll(more);
        return new LetterTemplate(kind.folder() + "/" + file, new String(template, StandardCharsets.UTF_8))
                .fill(values);
    }

    /** Whether the folder has this letter in a language. */
    boolean has(LetterKind kind, Locale language) {
        return files.read(kind.folder(), kind.file(language.getLanguage())).isPresent();
    }

    /** What every letter about a case can say. */
    Map<String, Object> caseValues(CaseSummary caseFile, Project project, Locale language) {
        Map<String, Object> values = values(project, language);
        values.put("caseCode", caseFile.code());
        values.put("clientName", caseFile.client());
        values.put("sourceName", caseFile.source().name());
        values.put("workerName", Objects.requireNonNullElse(caseFile.assigneeName(), ""));
        return values;
    }

    /** What every letter of a project can say. */
    Map<String, Object> values(Project project, Locale language) {
        Letterhead head = project.settings().letterhead();
        Map<String, Object> values = new HashMap<>();
        values.put("projectName", project.name());
        values.put("organisationName", head.name());
        values.put("organisationPhone", head.phone());
        values.put("organisationEmail", head.email());
        values.put("organisationAddress", head.address());
        values.put("organisationHours", head.hours());
        values.put("today", dates.longDay(today(project), language));
        return values;
    }

    private LocalDate today(Project project) {
        return LocalDate.ofInstant(clock.instant(), project.calendar().zone());
    }

    /** The whole sheet, as it is printed. */
    LetterSheet sheet(LetterText words, String about, Project project, Recipient recipient, boolean post) {
        List<String> to = new java.util.ArrayList<>();
        if (!recipient.name().isBlank()) {
            to.add(recipient.name());
        }
        to.addAll(post ? List.of(LINES.split(recipient.address())) : List.of(recipient.address()));
        Letterhead head = project.settings().letterhead();
        String reference =
                messages.getMessage("correspondence.letter.reference", new Object[] {about}, recipient.language());
        return new LetterSheet(
                recipient.language().toLanguageTag(),
                head.name() + " · " + reference,
                head,
                to,
                List.of(dates.longDay(today(project), recipient.language()), reference),
                words);
    }

    /** The letter as the body of an e-mail, with the organisation below it. */
    String email(LetterText words, Project project, Locale language) {
        Letterhead head = project.settings().letterhead();
        Document page = EmailPage.titled(head.name(), language);
        page.body().append(words.html());
        Element signature = page.body().appendElement("div").addClass("signature");
        for (String line : List.of(head.name(), head.address(), head.phone(), head.hours())) {
            if (!line.isBlank()) {
                signature.appendText(line).appendElement("br");
            }
        }
        return page.outerHtml();
    }

    /** The same in plain text. */
    String plainEmail(LetterText words, Project project) {
        Letterhead head = project.settings().letterhead();
        StringBuilder text = new StringBuilder(words.text()).append("\n\n-- \n");
        for (String line : List.of(head.name(), head.address(), head.phone(), head.hours())) {
            if (!line.isBlank()) {
                text.append(line).append('\n');
            }
        }
        return text.toString().strip();
    }
}
