package org.ancora.correspondence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ancora.access.Hidden;
import org.ancora.access.Permission;
import org.ancora.access.ProjectId;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.network.Project;
import org.ancora.network.Projects;
import org.ancora.process.model.ProcessFolder;
import org.ancora.process.studio.LetterPreview;
import org.ancora.process.studio.PublishingCheck;
import org.ancora.process.studio.Version;
import org.ancora.process.studio.Versions;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Letters as their owners write them: how one would read, and whether each placeholder has a value when it is sent. */
@Component
class OwnersLetters implements LetterPreview, PublishingCheck {

    /** What every letter of a case can say; see {@link LetterWriter}. */
    private static final Set<String> ALWAYS = Set.of(
            "caseCode",
            "clientName",
            "sourceName",
            "workerName",
            "projectName",
            "organisationName",
            "organisationPhone",
            "organisationEmail",
            "organisationAddress",
            "organisationHours",
            "today");

    private final LetterWriter writer;
    private final Cases cases;
    private final Projects projects;
    private final ReadLog reads;
    private final Versions versions;
    private final StandIns standIns;
    private final MessageSource messages;

    OwnersLetters(
            LetterWriter writer,
            Cases cases,
            Projects projects,
            ReadLog reads,
            Versions versions,
            StandIns standIns,
            MessageSource messages) {
        this.writer = writer;
        this.cases = cases;
        this.projects = projects;
        this.reads = reads;
        this.versions = versions;
        this.standIns = standIns;
        this.messages = messages;
    }

    @Override
    @Transactional
    public Preview html(String folder, String name, String template, @Nullable String caseCode, Viewer viewer) {
        Locale language = language(name);
        LetterTemplate letter = new LetterTemplate(folder + "/letters/" + name, template);
        Map<String, Object> values = new HashMap<>();
        // Of what only the procedure knows it is said what would stand there.
        letter.placeholders()
                .forEach(placeholder -> values.put(placeholder, "«" + standIns.words(placeholder, language) + "»"));
        values.putAll(caseCode == null ? sample(viewer, language) : ofCase(caseCode, viewer, language));
        try {
            LetterText words = letter.fill(values);
            return new Preview(words.title(), words.html());
        } catch (LetterBroken broken) {
            throw new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "correspondence.owners.broken").causedBy(broken);
        }
    }

    @Override
    public Map<String, String> placeholders(String folder, String name, Locale language) {
        Set<String> known = new TreeSet<>(known(folder).getOrDefault(letter("letters/" + name), Set.of()));
        known.addAll(ALWAYS);
        Map<String, String> offered = new TreeMap<>();
        known.forEach(placeholder ->
                standIns.known(placeholder, language).ifPresent(words -> offered.put(placeholder, words)));
        return offered;
    }

    static Locale language(String name) {
        String[] parts = name.split("\\.", -1);
        return parts.length == 3 ? Locale.forLanguageTag(parts[1]) : Locale.ENGLISH;
    }

    private Map<String, Object> sample(Viewer viewer, Locale language) {
        ProjectId own = viewer.projects().stream()
                .min(Comparator.comparingLong(ProjectId::value))
                .orElseThrow(() -> new Hidden("project", "none"));
        Map<String, Object> values = writer.values(projects.get(own), language);
        for (String name : List.of("caseCode", "clientName", "sourceName", "workerName")) {
            values.put(name, standIns.sample(name, language));
        }
        return values;
    }

    private Map<String, Object> ofCase(String code, Viewer viewer, Locale language) {
        CaseSummary caseFile = cases.byCode(code, viewer);
        if (caseFile.concealed()
                || !viewer.may(Permission.READ_LETTERS, caseFile.project(), caseFile.isOwnOf(viewer.id()))) {
            throw new Hidden("case", code);
        }
        Project project = projects.get(caseFile.project());
        reads.record(viewer, caseFile.project(), code, "letter", "preview", "page");
        return writer.caseValues(caseFile, project, language);
    }

    @Override
    public List<Obstacle> obstacles(ProcessFolder draft, String folder, Locale language) {
        Map<String, Set<String>> known = known(folder);
        Set<String> anywhere = new TreeSet<>(ALWAYS);
        known.values().forEach(anywhere::addAll);
        List<Obstacle> obstacles = new ArrayList<>();
        draft.files().forEach((path, content) -> {
            if (path.startsWith("letters/")) {
                Set<String> unknown = new TreeSet<>(placeholders(content));
                unknown.removeAll(ALWAYS);
                unknown.removeAll(known.getOrDefault(letter(path), anywhere));
                unknown.forEach(placeholder -> obstacles.add(new Obstacle(
                        messages.getMessage(
                                "correspondence.owners.placeholder", new Object[] {path, placeholder}, language),
                        "/studio/" + folder + "/edit?file=" + path)));
            }
        });
        return obstacles;
    }

    /** By letter, what its code fills in: the placeholders of the version that runs and of the one that was shipped last. */
    private Map<String, Set<String>> known(String folder) {
        List<Version> all = versions.of(folder);
        List<Version> asked = new ArrayList<>(all.subList(0, Math.min(1, all.size())));
        all.stream().filter(Version::shipped).findFirst().ifPresent(asked::add);
        Map<String, Set<String>> known = new HashMap<>();
        for (Version version : asked) {
            versions.files(version.deploymentId()).files().forEach((path, content) -> {
                if (path.startsWith("letters/")) {
                    known.computeIfAbsent(letter(path), any -> new TreeSet<>()).addAll(placeholders(content));
                }
            });
        }
        return known;
    }

    private static Set<String> placeholders(byte[] content) {
        return new LetterTemplate("", new String(content, StandardCharsets.UTF_8)).placeholders();
    }

    private static String letter(String path) {
        return path.substring(0, path.indexOf('.'));
    }
}
