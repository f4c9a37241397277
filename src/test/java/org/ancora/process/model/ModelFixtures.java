package org.ancora.process.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ancora.process.DeclaredMessages;
import org.ancora.process.DeclaredVariables;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Step;
import org.ancora.process.TaskStep;

/** The sound models under {@code src/test/resources/models/sound}, and each of the broken ones laid over them. */
public final class ModelFixtures {

    private static final Path MODELS = Path.of("src/test/resources/models");

    public static final ProcessVariable<Integer> ROUNDS = ProcessVariable.number("rounds");
    public static final ProcessVariable<java.time.Instant> DUE = ProcessVariable.instant("due");
    public static final ProcessVariable<java.time.Instant> OPENS = ProcessVariable.instant("opens");
    public static final DeclaredVariables VARIABLES = DeclaredVariables.of(
            "ask",
            ROUNDS,
            DUE,
            OPENS,
            ProcessVariable.number("round"),
            ProcessVariable.flag("riskFlag"),
            ProcessVariable.flag("closeAutomatically"),
            ProcessVariable.code("outcome"));
    public static final DeclaredMessages MESSAGES = DeclaredMessages.of("ask", "withdrawn");

    private ModelFixtures() {}

    static List<String> brokenModels() {
        try (Stream<Path> folders = Files.list(MODELS)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("sound"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The sound folder. */
    public static ProcessFolder sound() {
        return new ProcessFolder("ask", files(MODELS.resolve("sound")));
    }

    /** The sound folder with the broken files of one rule in place of its own. */
    public static ProcessFolder broken(String rule) {
        Map<String, byte[]> files = files(MODELS.resolve("sound"));
        files.putAll(files(MODELS.resolve(rule)));
        return new ProcessFolder("ask", files);
    }

    /** The folder with one file replaced. */
    public static ProcessFolder with(ProcessFolder folder, String path, byte[] content) {
        Map<String, byte[]> files = new TreeMap<>(folder.files());
        files.put(path, content);
        return new ProcessFolder(folder.name(), files);
    }

    static Catalogue catalogue() {
        return new Catalogue(
                Map.of(
                        "lookUpPolicy",
                        Step.named("lookUpPolicy")
                                .input("decision")
                                .input("track")
                                .writes(ROUNDS)
                                .does(step -> {}),
                        "planCall",
                        Step.named("planCall").writes(DUE, OPENS).does(step -> {}),
                        "tellSource",
                        Step.named("tellSource").input("kind").outward().does(step -> {})),
                Map.of("callOverdue", TaskStep.named("callOverdue").does(task -> {})),
                Set.of(VARIABLES),
                Set.of(MESSAGES),
                Map.of("answer", Set.of("outcome", "note")),
                Set.of(),
                Labels.of(words()));
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>(Set.of(
                "task.ask.call-client",
                "task.ask.call-client.guidance",
                "task.ask-again.call-again",
                "task.ask-again.call-again.guidance",
                "form.answer.outcome",
                "form.answer.outcome.reached",
                "form.answer.outcome.no-answer",
                "form.answer.note"));
        for (String step : List.of("lookUpPolicy", "planCall", "tellSource", "callOverdue")) {
            for (String part : List.of("title", "description", "rehearsal")) {
                words.add("step." + step + "." + part);
            }
        }
        return words;
    }

    private static Map<String, byte[]> files(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }
}
