package org.ancora.process.migration;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ancora.process.form.FormField;
import org.ancora.process.form.FormSchema;
import org.ancora.process.migration.Impact.Change;
import org.ancora.process.migration.Impact.FileChange;
import org.ancora.process.migration.Impact.Procedure;
import org.ancora.process.migration.Impact.Step;
import org.ancora.process.migration.Releases.Standing;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.OwnLabels;
import org.ancora.process.model.ProcessFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what another version of a folder means for the cases that run on one. */
@Component
class Impacts {

    private final Releases releases;
    private final StepWords words;

    Impacts(Releases releases, StepWords words) {
        this.releases = releases;
        this.words = words;
    }

    /**
     * Compares.
     *
     * @param deployment the version on which cases run
     * @param before its files
     * @param after files of another version or of a draft; a diagram or table that cannot be read is named and left out
     * @param walls codes of cases that are not counted, since the viewer must not see them
     */
    Impact between(String deployment, ProcessFolder before, ProcessFolder after, Set<String> walls, Locale language) {
        Standing standing = releases.standing(deployment, walls);
        List<FileChange> files = new ArrayList<>();
        Map<String, Diagram> old = releases.diagrams(deployment);
        Map<String, Diagram> young = diagrams(after, files, language);
        boolean unread = !files.isEmpty();
        UnaryOperator<String> titles = words.titles(after, language);
        Map<String, FileChange> changed = new LinkedHashMap<>();
        others(before, after, titles, young, unread, language).forEach(file -> changed.put(file.path(), file));
        List<Procedure> procedures = Stream.concat(old.keySet().stream(), young.keySet().stream())
                .distinct()
                .sorted()
                .map(key -> procedure(key, old.get(key), young.get(key), standing, changed, language))
                .toList();
        files.addAll(changed.values());
        return new Impact(
                standing.running().values().stream().mapToInt(Integer::intValue).sum(), procedures, files);
    }

    private Map<String, Diagram> diagrams(ProcessFolder folder, List<FileChange> unreadable, Locale language) {
        Map<String, Diagram> found = new TreeMap<>();
        folder.files().forEach((path, content) -> {
            if (!path.endsWith(".bpmn")) {
                return;
            }
            try {
                // The file of a draft is whatever its owner saved last: it is read only when the gate lets it in.
                if (ModelCheck.gate(path, content).stream().noneMatch(Finding::refuses)) {
                    Diagram diagram = Diagram.read(content);
                    found.put(diagram.key(), diagram);
                    return;
                }
            } catch (RuntimeException broken) {
                // Named below like one that the gate refuses; the check of the draft says what is wrong with it.
            }
            unreadable.add(new FileChange(
                    path,
                    words.titles(folder, language).apply(path),
                    Change.CHANGED,
                    "",
                    List.of(words.text("migration.impact.unreadable", language))));
        });
        return found;
    }

    private Procedure procedure(
            String key,
            @Nullable Diagram old,
            @Nullable Diagram young,
            Standing standing,
            Map<String, FileChange> files,
            Locale language) {
        Diagram shown = Objects.requireNonNull(young == null ? old : young);
        Change change = old == null ? Change.NEW : young == null ? Change.GONE : Change.SAME;
        List<Step> steps = new ArrayList<>();
        Map<String, Place> before = old == null ? Map.of() : old.places();
        Map<String, Place> after = young == null ? Map.of() : young.places();
        int same = 0;
        for (Place place : before.values()) {
            Step step = step(key, place, after.get(place.id()), standing.at(key, place.id()), files, language);
            if (step.change() != Change.SAME || step.waiting() > 0) {
                steps.add(step);
            } else if (place.waits()) {
                same++;
            }
        }
        if (old != null) {
            after.values().stream()
                    .filter(place -> !before.containsKey(place.id()))
                    .filter(place -> place.kind() != Place.Kind.OTHER)
                    .forEach(place -> steps.add(new Step(
                            place.id(),
                            words.step(key, place, null, language),
                            words.kind(place, language),
                            Change.NEW,
                            0,
                            List.of())));
        }
        boolean differs = steps.stream().anyMatch(step -> step.change() != Change.SAME);
        return new Procedure(
                key,
                words.procedure(key, shown.name(), language),
                change == Change.SAME && differs ? Change.CHANGED : change,
                standing.running(key),
                standing.called(key),
                steps.stream()
                        .filter(step -> step.waiting() > 0 || !step.kind().isEmpty())
                        .toList(),
                same);
    }

    private Step step(
            String process,
            Place before,
            @Nullable Place after,
            int waiting,
            Map<String, FileChange> files,
            Locale language) {
        String name = words.step(process, before, null, language);
        String kind = before.kind() == Place.Kind.OTHER ? "" : words.kind(before, language);
        if (after == null) {
            return new Step(before.id(), name, kind, Change.GONE, waiting, List.of());
        }
        List<String> what = new ArrayList<>();
        if (!before.name().equals(after.name())) {
            what.add(words.text("migration.change.name", language, before.name(), after.name()));
        }
        if (before.kind() != after.kind() || before.waits() != after.waits()) {
            what.add(words.text("migration.change.kind", language, kind, words.kind(after, language)));
        }
        if (!before.frames().equals(after.frames())) {
            what.add(words.text("migration.change.place", language));
        }
        before.changes(after)
                .forEach(fact -> what.add(words.text(
                        "migration.change.fact",
                        language,
                        words.text("migration.fact." + fact, language),
                        String.valueOf(before.facts().getOrDefault(fact, "–")),
                        String.valueOf(after.facts().getOrDefault(fact, "–")))));
        FileChange form = files.get("forms/" + after.facts().get("form") + ".form");
        if (form != null && form.change() == Change.CHANGED) {
            what.add(words.text("migration.change.form", language, String.join(" ", form.what())));
        }
        FileChange table = files.get(after.facts().get("decision") + ".dmn");
        if (table != null && table.change() == Change.CHANGED) {
            what.add(words.text("migration.change.limits", language));
        }
        return new Step(before.id(), name, kind, what.isEmpty() ? Change.SAME : Change.CHANGED, waiting, what);
    }

    /** @param unread whether a diagram could not be read: then nobody knows what uses a file, and nothing is said of it */
    private List<FileChange> others(
            ProcessFolder before,
            ProcessFolder after,
            UnaryOperator<String> titles,
            Map<String, Diagram> diagrams,
            boolean unread,
            Locale language) {
        List<FileChange> changes = new ArrayList<>();
        Map<String, String> own = OwnLabels.of(after.files()).getOrDefault(language.getLanguage(), Map.of());
        TreeSet<String> paths = new TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        for (String path : paths) {
            byte[] one = before.files().get(path);
            byte[] other = after.files().get(path);
            if (path.endsWith(".bpmn") || Arrays.equals(one, other)) {
                continue;
            }
            Change change = one == null ? Change.NEW : other == null ? Change.GONE : Change.CHANGED;
            changes.add(new FileChange(
                    path,
                    titles.apply(path),
                    change,
                    change == Change.GONE || unread ? "" : used(path, diagrams.values(), language),
                    one == null || other == null ? List.of() : what(path, one, other, own, language)));
        }
        return changes;
    }

    /** At how many places of how many diagrams a form is asked or a table is looked up; a change to it is a change to each. */
    private String used(String path, Collection<Diagram> diagrams, Locale language) {
        boolean form = path.endsWith(".form");
        if (!form && !path.endsWith(".dmn")) {
            return "";
        }
        String name = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
        List<Long> places = diagrams.stream()
                .map(diagram -> diagram.places().values().stream()
                        .map(place -> place.facts().getOrDefault(form ? "form" : "decision", ""))
                        .filter(named -> List.of(named.split(", ")).contains(name))
                        .count())
                .filter(count -> count > 0)
                .toList();
        return places.isEmpty()
                ? words.text("migration.impact.unused", language)
                : words.text(
                        "migration.impact.used",
                        language,
                        places.stream().mapToLong(Long::longValue).sum(),
                        places.size());
    }

    /** A file that is not yet what it should be differs, and that is all that can be said of it. */
    private List<String> what(String path, byte[] one, byte[] other, Map<String, String> own, Locale language) {
        try {
            return path.endsWith(".form")
                    ? form(path, one, other, own, language)
                    : path.endsWith(".dmn") ? table(path, one, other, language) : List.of();
        } catch (RuntimeException broken) {
            return List.of(words.text("migration.impact.unreadable", language));
        }
    }

    private List<String> form(String path, byte[] one, byte[] other, Map<String, String> own, Locale language) {
        String id = path.substring("forms/".length(), path.length() - ".form".length());
        Function<FormField, String> label = field -> words.field(id, field, own, language);
        Map<String, FormField> old = fields(one);
        Map<String, FormField> young = fields(other);
        List<String> what = new ArrayList<>();
        young.forEach((key, field) -> {
            FormField before = old.get(key);
            if (before == null) {
                what.add(words.text("migration.form.added", language, label.apply(field)));
            } else if (!before.source().equals(field.source())) {
                what.add(words.text("migration.form.changed", language, label.apply(field)));
            }
        });
        old.forEach((key, field) -> {
            if (!young.containsKey(key)) {
                what.add(words.text("migration.form.gone", language, label.apply(field)));
            }
        });
        return what;
    }

    private static Map<String, FormField> fields(byte[] form) {
        return FormSchema.parse(new String(form, StandardCharsets.UTF_8)).fields().stream()
                .collect(Collectors.toMap(
                        field -> field.path().isEmpty() ? field.id() : String.join(".", field.path()),
                        field -> field,
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private List<String> table(String path, byte[] one, byte[] other, Locale language) {
        if (Stream.of(one, other)
                .anyMatch(each -> ModelCheck.gate(path, each).stream().anyMatch(Finding::refuses))) {
            return List.of(words.text("migration.impact.unreadable", language));
        }
        return DecisionChanges.between(one, other).stream()
                .map(cell -> {
                    DecisionChanges.Named column = cell.column();
                    if (column == null) {
                        return words.text(
                                cell.before() == null ? "migration.table.added" : "migration.table.gone",
                                language,
                                words.cell(cell.row(), language));
                    }
                    return words.text(
                            "migration.table.cell",
                            language,
                            words.cell(cell.row(), language),
                            words.cell(column, language),
                            String.valueOf(cell.before()),
                            String.valueOf(cell.after()));
                })
                .toList();
    }
}
