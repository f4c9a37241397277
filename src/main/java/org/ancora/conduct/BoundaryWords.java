package org.ancora.conduct;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.access.ProjectId;
import org.ancora.conduct.BoundaryRequest.Said;
import org.ancora.network.Letterhead;
import org.ancora.network.Projects;
import org.ancora.time.Dates;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Boundary requests in words, and what the organisation can offer instead of a private number (B6). */
@Component
class BoundaryWords {

    private final MessageSource messages;
    private final Projects projects;
    private final Dates dates;

    BoundaryWords(MessageSource messages, Projects projects, Dates dates) {
        this.messages = messages;
        this.projects = projects;
        this.dates = dates;
    }

    /** One fact of a record. */
    record Fact(String label, String words) {}

    /**
     * The ways that the organisation offers, by code, in the order in which one would offer them. Only what stands in the
     * project's letterhead: numbers of staff are nobody's to give (B-R5).
     */
    Map<String, String> channels(ProjectId project, Locale language) {
        Letterhead head = projects.get(project).settings().letterhead();
        Map<String, String> channels = new LinkedHashMap<>();
        put(channels, "office-phone", head.phone(), head.hours(), language);
        put(channels, "office-email", head.email(), "", language);
        put(channels, "office-visit", head.address(), head.hours(), language);
        channels.put("supervisor", text("conduct.channel.supervisor", language));
        channels.put("other-support", text("conduct.channel.other-support", language));
        return channels;
    }

    private void put(Map<String, String> channels, String code, String value, String hours, Locale language) {
        if (!value.isBlank()) {
            String words = text("conduct.channel." + code, language, value);
            channels.put(code, hours.isBlank() ? words : words + " (" + hours + ")");
        }
    }

    /** What was recorded, fact by fact; what was not answered is left out. */
    List<Fact> facts(Said said, ProjectId project, Locale language) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(field("askedOn.date", language), dates.dayAndYear(said.askedOn(), language)));
        code(facts, "channel", said.channel(), language);
        code(facts, "asked", said.asked(), language);
        free(facts, "reason", said.reason(), language);
        code(facts, "policy", said.policy(), language);
        Map<String, String> channels = channels(project, language);
        free(
                facts,
                "alternatives",
                said.alternatives().stream()
                        .map(each -> channels.getOrDefault(each, each))
                        .collect(Collectors.joining("; ")),
                language);
        code(facts, "choice", said.choice(), language);
        code(facts, "consulted", said.consulted(), language);
        free(facts, "note", said.note(), language);
        return facts;
    }

    private void code(List<Fact> facts, String field, String value, Locale language) {
        free(facts, field, value.isEmpty() ? "" : field(field + "." + value, language), language);
    }

    private void free(List<Fact> facts, String field, String words, Locale language) {
        if (!words.isBlank()) {
            facts.add(new Fact(field(field, language), words));
        }
    }

    private String field(String name, Locale language) {
        return text("form.boundary-request." + name, language);
    }

    /** A message of this module. */
    String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }
}
