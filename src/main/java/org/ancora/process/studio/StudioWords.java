package org.ancora.process.studio;

import static java.util.Map.entry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.process.OwnersWords;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Names and moments on the studio's pages. */
@Component
public class StudioWords {

    private static final Pattern CALLED = Pattern.compile("calledElement\\s*=\\s*[\"']([a-z0-9-]+)[\"']");
    private static final Pattern TASK = Pattern.compile("<[A-Za-z]*:?userTask\\b[^>]*>");
    private static final Pattern ID = Pattern.compile("\\sid\\s*=\\s*[\"']([a-z0-9-]+)[\"']");
    private static final Pattern FORM = Pattern.compile("formRef\\s*=\\s*[\"']([A-Za-z0-9_-]+)[\"']");

    private static final Pattern NAME = Pattern.compile("\\sname\\s*=\\s*(?:\"([^\"]+)\"|'([^']+)')");

    /** What the elements of a diagram are in the words of its editor, by the names of their tags. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            entry("userTask", "user-task"),
            entry("serviceTask", "step"),
            entry("businessRuleTask", "step"),
            entry("callActivity", "call"),
            entry("subProcess", "frame"),
            entry("sequenceFlow", "way"),
            entry("startEvent", "start"),
            entry("endEvent", "end"),
            entry("intermediateCatchEvent", "wait"),
            entry("boundaryEvent", "wait"),
            entry("exclusiveGateway", "choice"),
            entry("inclusiveGateway", "some"),
            entry("parallelGateway", "all"),
            entry("eventBasedGateway", "race"),
            entry("textAnnotation", "note"));

    private final MessageSource messages;
    private final OwnersWords own;
    private final Users users;
    private final Dates dates;
    private final ObjectProvider<ProjectFacts> projects;

    StudioWords(
            MessageSource messages, OwnersWords own, Users users, Dates dates, ObjectProvider<ProjectFacts> projects) {
        this.messages = messages;
        this.own = own;
        this.users = users;
        this.dates = dates;
        this.projects = projects;
    }

    /** The name of a procedure as the pages of its tasks call it. */
    public String flow(String process, Locale language) {
        String said = own.newest(process, "process." + process, language);
        return said != null ? said : named("process." + process, process, language);
    }

    /** What a folder is called on a page: the names of those of its procedures that are no part of another one. */
    public String folder(ProcessFolder folder, Locale language) {
        Set<String> called = called(folder);
        List<String> flows = keys(folder)
                .filter(key -> !called.contains(key))
                .map(key -> flow(key, language))
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
        return flows.isEmpty() ? folder.name() : String.join(", ", flows);
    }

    /** The names of a folder's procedures; those that are part of another one come last. */
    public List<String> flows(ProcessFolder folder, Locale language) {
        Set<String> called = called(folder);
        return keys(folder)
                .sorted(Comparator.<String, Boolean>comparing(called::contains)
                        .thenComparing(key -> flow(key, language), String.CASE_INSENSITIVE_ORDER))
                .map(key -> flow(key, language))
                .toList();
    }

    private static Stream<String> keys(ProcessFolder folder) {
        return folder.files().keySet().stream()
                .filter(path -> path.endsWith(".bpmn"))
                .map(path -> path.substring(0, path.length() - ".bpmn".length()));
    }

    private static Set<String> called(ProcessFolder folder) {
        return found(folder, CALLED).map(call -> call.group(1)).collect(Collectors.toSet());
    }

    /** By form, the name of the first task that shows it; a draft's diagrams may be broken, so they are not parsed. */
    public Map<String, String> forms(ProcessFolder folder, Locale language) {
        Map<String, String> names = new HashMap<>();
        folder.files().forEach((path, content) -> {
            if (path.endsWith(".bpmn")) {
                String process = path.substring(0, path.length() - ".bpmn".length());
                Matcher task = TASK.matcher(new String(content, StandardCharsets.UTF_8));
                while (task.find()) {
                    Matcher id = ID.matcher(task.group());
                    Matcher form = FORM.matcher(task.group());
                    if (id.find() && form.find()) {
                        names.putIfAbsent(form.group(1), task(process, id.group(1), language));
                    }
                }
            }
        });
        names.values().removeIf(String::isEmpty);
        return names;
    }

    /** The name of a task without what tells one of it from another; empty when it has none. */
    private String task(String process, String element, Locale language) {
        String key = "task." + process + "." + element;
        List<String> keys = List.of(key + ".step", key);
        return Stream.concat(
                        keys.stream().flatMap(each -> Stream.ofNullable(own.newest(process, each, language))),
                        keys.stream().map(each -> named(each, "", language)))
                .filter(words -> !words.isEmpty() && !words.contains("{"))
                .findFirst()
                .orElse("");
    }

    /**
     * What an element of a file is called: a step, a field, a row of a table, words by their key.
     *
     * @param element its id, or the key of words
     * @return empty where nobody has said
     */
    public String element(String path, String element, Locale language) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.indexOf('.'));
        if (path.endsWith(".bpmn")) {
            String task = task(stem, element, language);
            return task.isEmpty() ? said(stem, "flow." + stem + "." + element, language) : task;
        }
        if (path.startsWith("labels/")) {
            String[] parts = element.split("\\.", -1);
            return parts.length < 2 ? "" : said(parts[1], element, language);
        }
        return said(stem, (path.endsWith(".dmn") ? "decision." : "form.") + stem + "." + element, language);
    }

    /**
     * What an element of a diagram is called for which there are no words: its name in the file, else what it is.
     *
     * @param content the diagram, which may be broken, so it is not parsed
     * @return empty where the file has no such element
     */
    String drawn(byte[] content, String element, Locale language) {
        Matcher tag = Pattern.compile(
                        "<(?:\\w+:)?(\\w+)\\b[^<>]*\\sid\\s*=\\s*[\"']" + Pattern.quote(element) + "[\"'][^<]*?>")
                .matcher(new String(content, StandardCharsets.UTF_8));
        if (!tag.find()) {
            return "";
        }
        Matcher name = NAME.matcher(tag.group());
        String kind = KINDS.get(tag.group(1));
        return name.find()
                ? HtmlUtils.htmlUnescape(Objects.requireNonNullElse(name.group(1), name.group(2)))
                : kind == null ? "" : text("studio.finding.unnamed", language, text("editor.kind." + kind, language));
    }

    private String said(String model, String key, Locale language) {
        String of = key.startsWith("decision.") ? "decision." + model : model;
        String own = this.own.newest(of, key, language);
        String words = own != null ? own : named(key, "", language);
        return words.contains("{") ? "" : words;
    }

    private static Stream<MatchResult> found(ProcessFolder folder, Pattern pattern) {
        return folder.files().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".bpmn"))
                .flatMap(file -> pattern.matcher(new String(file.getValue(), StandardCharsets.UTF_8))
                        .results());
    }

    /**
     * What a file is called by its path where files of all kinds stand together: a form by the task that shows it, a letter and the words
     * with their language.
     *
     * @param folder by whose diagrams forms are named
     */
    public UnaryOperator<String> titles(ProcessFolder folder, Locale language) {
        Map<String, String> forms = forms(folder, language);
        return path -> {
            String name = file(path, language);
            if (path.startsWith("forms/")) {
                return forms.getOrDefault(name, name);
            }
            if (path.startsWith("labels/")) {
                return text("editor.kind-of-file.words", language) + " – " + name;
            }
            return path.startsWith("letters/") ? name + " – " + language(path.split("\\.", -1)[1], language) : name;
        };
    }

    /** What a file is called on a page. */
    public String file(String path, Locale language) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.indexOf('.'));
        if (path.endsWith(".bpmn")) {
            return flow(stem, language);
        }
        if (path.endsWith(".dmn")) {
            String said = own.newest("decision." + stem, "decision." + stem, language);
            return said != null ? said : named("decision." + stem, stem, language);
        }
        if (path.startsWith("letters/")) {
            String kind = named("message.kind." + stem, stem, language);
            // The same words go out by e-mail and as a text message, each from a file of its own.
            return stem.endsWith("-sms") ? text("studio.letter.sms", language, kind) : kind;
        }
        if (path.startsWith("labels/")) {
            return language(stem, language);
        }
        return stem;
    }

    /** The name of a language; its code where it is none of ours. */
    public String language(String code, Locale language) {
        return named("web.language." + code, code, language);
    }

    /** A message. */
    public String text(String key, Locale language, Object... arguments) {
        return messages.getMessage(key, arguments, language);
    }

    private String named(String key, String otherwise, Locale language) {
        String words = messages.getMessage(key, new Object[0], null, language);
        return words == null ? otherwise : words;
    }

    /** When something was, in the words and the zone of the viewer's own project. */
    public String moment(Instant instant, Viewer viewer) {
        return dates.moment(instant, zone(viewer), viewer.locale());
    }

    private ZoneId zone(Viewer viewer) {
        ProjectFacts facts = projects.getIfAvailable();
        Set<ProjectId> own = viewer.projects();
        return facts == null || own.isEmpty()
                ? ZoneOffset.UTC
                : facts.describe(own).entrySet().stream()
                        .min(Map.Entry.comparingByKey(Comparator.comparingLong(ProjectId::value)))
                        .map(first -> first.getValue().calendar().zone())
                        .orElse(ZoneOffset.UTC);
    }

    /** The names of people, in one statement. */
    public Map<UserId, String> names(Collection<UserId> people) {
        return users.names(people.stream().distinct().toList());
    }

    /** Whoever made a version: a person, or the release it came with. */
    public String author(Version version, Map<UserId, String> names, Locale language) {
        @Nullable UserId by = version.by();
        return by == null
                ? text(version.shipped() ? "studio.by.release" : "studio.by.owner", language)
                : names.getOrDefault(by, "");
    }
}
