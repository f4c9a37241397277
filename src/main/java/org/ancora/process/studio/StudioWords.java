package org.ancora.process.studio;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ancora.access.ProjectId;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Viewer;
import org.ancora.process.OwnersWords;
import org.ancora.process.task.ProjectFacts;
import org.ancora.time.Dates;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Names and moments on the studio's pages. */
@Component
public class StudioWords {

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

    /** What a folder's files are called on a page: the names of its procedures. */
    public String folder(Collection<String> paths, String folder, Locale language) {
        List<String> flows = flows(paths, language).toList();
        return flows.isEmpty() ? folder : String.join(", ", flows);
    }

    /** The names of the procedures among these files. */
    public Stream<String> flows(Collection<String> paths, Locale language) {
        return paths.stream()
                .filter(path -> path.endsWith(".bpmn"))
                .map(path -> flow(path.substring(0, path.length() - ".bpmn".length()), language))
                .sorted(String.CASE_INSENSITIVE_ORDER);
    }

    /** What a file is called on a page. */
    public String file(String path, Locale language) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String stem = name.substring(0, name.indexOf('.'));
        if (path.endsWith(".bpmn")) {
            return flow(stem, language);
        }
        if (path.endsWith(".dmn")) {
            return named("decision." + stem, stem, language);
        }
        if (path.startsWith("letters/")) {
            return named("letter." + stem, stem, language);
        }
        if (path.startsWith("labels/")) {
            return text("web.language." + stem, language);
        }
        return stem;
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
