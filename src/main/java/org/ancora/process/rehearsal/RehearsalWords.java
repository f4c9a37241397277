package org.ancora.process.rehearsal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.IdWords;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.StudioWords;
import org.ancora.process.task.FormsApart;
import org.ancora.time.Dates;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.stereotype.Component;

/** Rehearsals in a person's language: names of elements, journal lines, facts, and what is different in a scenario. */
@Component
class RehearsalWords {

    private static final Pattern TRACE = Pattern.compile("(\\S+) (\\w+) ?(\\S*)( .*)?");

    private final MessageSource messages;
    private final FormsApart forms;
    private final Dates dates;
    private final StudioWords studio;

    RehearsalWords(MessageSource messages, FormsApart forms, Dates dates, StudioWords studio) {
        this.messages = messages;
        this.forms = forms;
        this.dates = dates;
        this.studio = studio;
    }

    /** What a folder is called. */
    String folder(ProcessFolder folder, Locale language) {
        return studio.folder(folder, language);
    }

    String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    String text(MessageSourceResolvable message, Locale language) {
        return messages.getMessage(message, language);
    }

    String text(String key, String fallback, Locale language) {
        return Objects.requireNonNullElse(messages.getMessage(key, null, fallback, language), fallback);
    }

    String moment(Instant at, Rehearsal rehearsal, Locale language) {
        return dates.momentAndYear(at, rehearsal.setting().calendar().zone(), language);
    }

    /** A journal line: what its arguments name is named in the reader's language. */
    String line(JournalLine line, Rehearsal rehearsal, Locale language) {
        MessageSourceResolvable words = line.words();
        Object[] given = words.getArguments();
        Object[] arguments = given == null
                ? new Object[0]
                : Arrays.stream(given)
                        .map(argument -> argument(argument, rehearsal, language))
                        .toArray();
        String[] codes = Objects.requireNonNullElse(words.getCodes(), new String[] {""});
        String fallback = Objects.requireNonNullElse(words.getDefaultMessage(), codes[0]);
        return Objects.requireNonNullElse(messages.getMessage(codes[0], arguments, fallback, language), fallback);
    }

    private Object argument(Object argument, Rehearsal rehearsal, Locale language) {
        if (argument instanceof Named named) {
            return named(named, rehearsal.names(), language);
        }
        if (argument instanceof Instant at) {
            return moment(at, rehearsal, language);
        }
        if (argument instanceof Rehearsal.Event event) {
            return event(event.message(), language);
        }
        if (argument instanceof Rehearsal.Fact fact) {
            return text(
                    "rehearsal.is", language, fact(fact.name(), language), choice(fact.name(), fact.value(), language));
        }
        if (argument instanceof Letters.Mail mail) {
            return text(
                    "rehearsal.mail",
                    language,
                    letter(mail.template(), language),
                    channel(mail.channel(), language),
                    to(mail.to(), language));
        }
        if (argument instanceof Given given) {
            return given(given, rehearsal.names(), language);
        }
        if (argument instanceof Answered answered) {
            return answered.fields().stream()
                    .map(field -> field(answered.form(), field, rehearsal.names(), language))
                    .collect(Collectors.joining(", "));
        }
        return String.valueOf(argument);
    }

    /** A table by its name, a code by what it stands for: in the table's words, else in those of the step. */
    private String given(Given given, Names names, Locale language) {
        String key = given.input().equals("decision")
                ? "decision." + given.value()
                : "decision." + given.decision() + ".value." + given.value();
        String own = names.own(key, language);
        return own != null
                ? own
                : text(
                        key,
                        text(
                                "step." + given.step() + "." + given.input() + "." + given.value(),
                                IdWords.of(given.value()),
                                language),
                        language);
    }

    private String field(String form, Answered.Field field, Names names, Locale language) {
        String key = "form." + form + "." + field.key();
        String own = names.own(key, language);
        return own != null
                ? own
                : text(key, field.label().isEmpty() ? IdWords.of(field.key()) : field.label(), language);
    }

    /** What a letter is called, by the name of its files. */
    String letter(String template, Locale language) {
        return studio.file("letters/" + template + ".html", language);
    }

    private String channel(String code, Locale language) {
        return text("rehearsal.channel." + code, code, language);
    }

    private String to(String code, Locale language) {
        return text("rehearsal.to." + code, code, language);
    }

    String named(Named named, Names names, Locale language) {
        return named.element().isEmpty()
                ? process(named.process(), names, language)
                : element(named.process(), named.element(), names, language);
    }

    String process(String process, Names names, Locale language) {
        String own = names.own("process." + process, language);
        String words = own == null ? forms.procedure(process, language) : own;
        return words.equals(process) ? names.process(process) : words;
    }

    /** What the rehearsed file says of a task that takes a number stands for all of its rounds. */
    String element(String process, String element, Names names, Locale language) {
        String drawn = names.element(process, element);
        for (String kind : List.of("task.", "flow.")) {
            String key = kind + process + "." + element;
            String own = names.own(key, language, "");
            String words = own == null ? messages.getMessage(key, new Object[] {""}, null, language) : own;
            if (words != null) {
                return words.strip();
            }
        }
        return drawn;
    }

    String title(OpenStep task, Rehearsal rehearsal, Locale language) {
        Object[] arguments = rehearsal.titleArguments(task);
        String key = "task." + task.process() + "." + task.element();
        String own =
                task.caller() == null ? null : rehearsal.names().own(key + "." + task.caller(), language, arguments);
        own = own == null ? rehearsal.names().own(key, language, arguments) : own;
        return own == null
                ? forms.title(task.process(), task.element(), task.caller(), arguments, task.name(), language)
                : own;
    }

    /** What the owner wants to be kept in mind, line by line. */
    List<String> guidance(OpenStep task, Rehearsal rehearsal, Locale language) {
        String key = "task." + task.process() + "." + task.element() + ".guidance";
        String own = rehearsal.names().own(key, language);
        String words = own == null ? text(key, task.guidance(), language) : own;
        return words.lines()
                .map(line -> line.strip().replaceFirst("^[-*•]\\s+", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    String role(String role, Locale language) {
        return text("role." + role, role, language);
    }

    String event(String message, Locale language) {
        return text("rehearsal.event." + message, message, language);
    }

    String fact(String name, Locale language) {
        return text("rehearsal.fact." + name, name, language);
    }

    String choice(String fact, String value, Locale language) {
        return switch (value) {
            case "yes" -> text("rehearsal.yes", language);
            case "no" -> text("rehearsal.no", language);
            default -> text("rehearsal.fact." + fact + "." + value, value, language);
        };
    }

    String value(String variable, String value, Locale language) {
        return text("rehearsal.value." + variable + "." + value, value, language);
    }

    /** What is different, in one sentence. */
    String difference(ScenarioRun.Difference difference, Names names, Locale language) {
        return text(
                difference.key(),
                language,
                trace(difference.expected(), names, language),
                trace(difference.happened(), names, language),
                taskName(difference.task(), names, language));
    }

    private String taskName(String task, Names names, Locale language) {
        int slash = task.indexOf('/');
        return slash < 0 ? task : element(task.substring(0, slash), task.substring(slash + 1), names, language);
    }

    /** One line of a trace in words: what, and when. */
    String trace(String line, Names names, Locale language) {
        Matcher parts = TRACE.matcher(line);
        if (!parts.matches()) {
            return line;
        }
        String rest = Objects.requireNonNullElse(parts.group(4), "");
        if (parts.group(2).equals("stopped")) {
            return text(
                    "rehearsal.trace.stopped",
                    language,
                    reason(parts.group(3), rest, language),
                    when(parts.group(1), language),
                    "");
        }
        boolean letter = parts.group(2).equals("sent");
        return text(
                "rehearsal.trace." + parts.group(2),
                language,
                letter
                        ? letter(parts.group(3).replaceFirst("\\..*", ""), language)
                        : place(parts.group(3), names, language),
                when(parts.group(1), language),
                letter ? sentTo(rest, language) : rest(rest, language));
    }

    private String place(String what, Names names, Locale language) {
        int slash = what.indexOf('/');
        return slash < 0
                ? (names.processes().containsKey(what) ? process(what, names, language) : what)
                : element(what.substring(0, slash), what.substring(slash + 1), names, language);
    }

    /** By which way, and to whom: two codes. */
    private String sentTo(String rest, Locale language) {
        String[] codes = rest.strip().split(" ", 2);
        return codes.length < 2 ? rest : " " + channel(codes[0], language) + " " + to(codes[1], language);
    }

    /** Why a rehearsal was stopped; the trace keeps of it the numbers alone. */
    private String reason(String key, String numbers, Locale language) {
        return numbers.isBlank()
                ? text("rehearsal.stopped", language)
                : text(
                        key,
                        language,
                        Stream.of(numbers.strip().split(" ", -1))
                                .map(Long::valueOf)
                                .toArray());
    }

    private String rest(String rest, Locale language) {
        StringBuilder words = new StringBuilder();
        for (String word : List.of(rest.strip().split(" ", -1))) {
            words.append(word.isEmpty() ? "" : " ")
                    .append(word.equals("due") ? text("rehearsal.trace.due", language) : when(word, language));
        }
        return words.toString();
    }

    private String when(String moment, Locale language) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(moment);
        } catch (DateTimeParseException aWord) {
            return moment;
        }
        return dates.momentAndYear(local.atZone(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC, language);
    }
}
