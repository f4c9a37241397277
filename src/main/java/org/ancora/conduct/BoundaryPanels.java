package org.ancora.conduct;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Viewer;
import org.ancora.conduct.BoundaryRequest.Kind;
import org.ancora.process.task.TaskContext;
import org.ancora.process.task.TaskPanel;
import org.springframework.stereotype.Component;

/** What stands beside the tasks of a boundary request: the fifteen prompts, and what was recorded. */
final class BoundaryPanels {

    /** As the source numbers them (B2–B16). */
    private static final int PROMPTS = 15;

    private BoundaryPanels() {}

    private static boolean isOurs(TaskContext task) {
        return task.processKey().equals(ConductProcess.KEY);
    }

    /** One of the fifteen. */
    record Prompt(String title, String words) {}

    /** The prompts in their order; nothing has to be ticked (B-R2). */
    @Component
    static class Prompts implements TaskPanel {

        private final BoundaryWords words;

        Prompts(BoundaryWords words) {
            this.words = words;
        }

        @Override
        public int order() {
            return 5;
        }

        @Override
        public Column column() {
            return Column.LEFT;
        }

        @Override
        public boolean concerns(TaskContext task) {
            return isOurs(task) && !task.element().equals("decide-on-safety");
        }

        @Override
        public String fragment() {
            return "conduct/panels :: prompts";
        }

        @Override
        public Map<String, ?> model(TaskContext task, Viewer viewer) {
            Locale language = viewer.locale();
            List<Prompt> prompts = new ArrayList<>();
            for (int number = 1; number <= PROMPTS; number++) {
                prompts.add(new Prompt(
                        words.text("conduct.prompt." + number, language),
                        words.text("conduct.prompt." + number + ".words", language)));
            }
            return Map.of(
                    "conductPrompts",
                    prompts,
                    "conductChannels",
                    List.copyOf(words.channels(task.projectId(), language).values()),
                    "conductRecording",
                    task.element().equals("record-request"));
        }
    }

    /** What was recorded, for whoever decides or answers; a worry and a question each to the one who is asked. */
    @Component
    static class AgreedRecord implements TaskPanel {

        private final BoundaryRequests requests;
        private final BoundaryWords words;

        AgreedRecord(BoundaryRequests requests, BoundaryWords words) {
            this.requests = requests;
            this.words = words;
        }

        @Override
        public int order() {
            return 4;
        }

        @Override
        public Column column() {
            return Column.LEFT;
        }

        @Override
        public boolean concerns(TaskContext task) {
            return isOurs(task) && !task.element().equals("record-request");
        }

        @Override
        public String fragment() {
            return "conduct/panels :: record";
        }

        @Override
        public Map<String, ?> model(TaskContext task, Viewer viewer) {
            BoundaryRequest request = requests.get(task.get(ConductProcess.REQUEST));
            BoundaryRequest.Said said = request.said();
            Kind kind = task.element().equals("decide-on-safety") ? Kind.SAFETY : Kind.QUESTION;
            return Map.of(
                    "conductFacts",
                    said == null ? List.of() : words.facts(said, request.project(), viewer.locale()),
                    "conductAuthor",
                    request.askedOfName(),
                    "conductWords",
                    request.followUp(kind).map(BoundaryRequest.FollowUp::words).orElse(""),
                    "conductKind",
                    kind.code());
        }
    }
}
