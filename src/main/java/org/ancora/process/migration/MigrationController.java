package org.ancora.process.migration;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ancora.access.Hidden;
import org.ancora.access.Viewer;
import org.ancora.audit.ReadLog;
import org.ancora.process.migration.Match.Sureness;
import org.ancora.process.migration.Migration.Row;
import org.ancora.process.migration.Migration.State;
import org.ancora.process.migration.Releases.Release;
import org.ancora.process.migration.Releases.Standing;
import org.ancora.process.studio.Owners;
import org.ancora.web.CsvWriter;
import org.ancora.web.Download;
import org.ancora.web.Option;
import org.ancora.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Moving the cases under way to another version: choose where each goes on, try it out, move, watch. */
@Controller
class MigrationController {

    static final String FOLDER = "/studio/{folder:[a-z][a-z0-9-]{0,99}}";

    private static final String MIGRATION = "/studio/migrations/{id:[0-9]{1,18}}";

    /** As many are moved before the page answers; more in the background. */
    static final int AT_ONCE = 40;

    private static final int PAGE = 50;
    private static final int LATEST = 5;

    /** Nobody's turn takes so many seconds: a move that did not stir for longer stands still. */
    private static final int STILL = 120;

    private final Releases releases;
    private final MigrationRows rows;
    private final MigrationRunner runner;
    private final Migrations migrations;
    private final Plans plans;
    private final StepWords words;
    private final ReadLog reads;
    private final Clock clock;

    MigrationController(
            Releases releases,
            MigrationRows rows,
            MigrationRunner runner,
            Migrations migrations,
            Plans plans,
            StepWords words,
            ReadLog reads,
            Clock clock) {
        this.releases = releases;
        this.rows = rows;
        this.runner = runner;
        this.migrations = migrations;
        this.plans = plans;
        this.words = words;
        this.reads = reads;
        this.clock = clock;
    }

    /** A version as a choice, in words. */
    record Version(String deployment, int number, Instant at, int running) {}

    /** One diagram: the steps to be looked at, and how many go on where they are. */
    record Part(String name, List<Line> lines, int same) {}

    /**
     * One step of the old version, and where its cases go on.
     *
     * @param name of the control
     * @param goesOn id of the step that is chosen, or empty where the cases stay behind
     * @param wrong why it cannot be as chosen, or null
     */
    record Line(
            String name,
            String step,
            String kind,
            int waiting,
            Sureness sureness,
            List<Option> options,
            String goesOn,
            @Nullable String wrong) {}

    /** What became of one case, in words. */
    record Result(String code, String procedure, State state, String word, String why) {}

    /** So many of a state. */
    record Count(State state, String word, int number) {}

    @GetMapping(FOLDER + "/migrate")
    String choose(
            @PathVariable String folder,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            Viewer viewer,
            Model model) {
        List<Release> all = open(folder, viewer);
        Release target = to == null || to.isBlank() ? all.get(0) : Releases.find(all, to);
        Release source = from == null || from.isBlank() ? busiest(all, target) : Releases.find(all, from);
        return form(all, source, target, Choice.SAME, null, viewer, model);
    }

    /** @param form {@code from}, {@code to}, what to {@code do}, and a choice for each step */
    @PostMapping(FOLDER + "/migrate")
    String choose(
            @PathVariable String folder,
            @RequestParam MultiValueMap<String, String> form,
            Viewer viewer,
            Model model,
            HttpServletResponse response) {
        List<Release> all = open(folder, viewer);
        Release source = Releases.find(all, text(form.getFirst("from")));
        Release target = Releases.find(all, text(form.getFirst("to")));
        requireTwo(source, target);
        Choice choice = choice(source, target, form);
        Map<String, String> wrong = wrong(source, target, choice);
        if (!wrong.isEmpty()) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return form(all, source, target, choice, wrong, viewer, model);
        }
        boolean trial = !"move".equals(form.getFirst("do"));
        return go(runner.begin(source, target, choice, trial, viewer.id()), source.running());
    }

    @GetMapping(MIGRATION)
    String show(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "") String after,
            Viewer viewer,
            Model model) {
        Migration migration = open(id, viewer);
        Locale locale = viewer.locale();
        Map<State, Integer> counts = rows.counts(id, viewer.walls());
        State only = state(state);
        List<Row> page = rows.page(id, only, after, PAGE + 1, viewer);
        int total = counts.values().stream().mapToInt(Integer::intValue).sum();
        int waiting = counts.getOrDefault(State.WAITING, 0);
        model.addAttribute("migration", migration);
        model.addAttribute(
                "folderTitle",
                releases.release(migration.to())
                        .map(target -> words.folder(releases.files(target), locale))
                        .orElse(migration.folder()));
        model.addAttribute("path", "/studio/migrations/" + id);
        model.addAttribute("running", migration.running());
        model.addAttribute("trial", migration.trial());
        model.addAttribute("total", total);
        model.addAttribute("done", total - waiting);
        model.addAttribute("moved", counts.getOrDefault(State.MOVED, 0));
        model.addAttribute("failed", counts.getOrDefault(State.FAILED, 0));
        model.addAttribute(
                "still",
                migration.running() && migration.stirredAt().plusSeconds(STILL).isBefore(clock.instant()));
        model.addAttribute(
                "counts",
                counts.entrySet().stream()
                        .map(each -> new Count(each.getKey(), word(migration, each.getKey(), locale), each.getValue()))
                        .toList());
        model.addAttribute(
                "results",
                page.stream()
                        .limit(PAGE)
                        .map(row -> result(migration, row, locale))
                        .toList());
        model.addAttribute("unnamed", rows.unnamed(id, only, viewer));
        model.addAttribute("only", only);
        model.addAttribute("after", after);
        model.addAttribute("next", page.size() > PAGE ? page.get(PAGE - 1).instance() : null);
        return "process/migration/result";
    }

    /** After a trial: the same once more, and this time for good. */
    @PostMapping(MIGRATION + "/move")
    String move(@PathVariable long id, Viewer viewer) {
        Migration trial = open(id, viewer);
        List<Release> all = releases.of(trial.folder());
        Release source = Releases.find(all, trial.from());
        Release target = Releases.find(all, trial.to());
        requireTwo(source, target);
        return go(runner.begin(source, target, trial.choice(), false, viewer.id()), source.running());
    }

    /** Gives those that failed another turn. */
    @PostMapping(MIGRATION + "/retry")
    String retry(@PathVariable long id, Viewer viewer) {
        open(id, viewer);
        int failed = rows.counts(id, Set.of()).getOrDefault(State.FAILED, 0);
        runner.again(id, viewer.id());
        return go(id, failed);
    }

    /** Begins again where it stands still, since whatever did it was stopped. */
    @PostMapping(MIGRATION + "/go-on")
    String goOn(@PathVariable long id, Viewer viewer) {
        if (open(id, viewer).running()) {
            runner.goOnLater(id);
        }
        return "redirect:/studio/migrations/" + id;
    }

    @GetMapping(MIGRATION + ".csv")
    void table(@PathVariable long id, Viewer viewer, HttpServletResponse response) throws IOException {
        Migration migration = open(id, viewer);
        reads.record(viewer, null, null, "procedures", migration.folder(), "export");
        Locale locale = viewer.locale();
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                Download.attachment(
                        "%s-%d-%d.csv".formatted(migration.folder(), migration.fromNumber(), migration.toNumber())));
        response.setContentType(Download.CSV.toString());
        try (CsvWriter csv = new CsvWriter(response.getOutputStream(), locale)) {
            csv.row(List.of(
                    words.text("migration.case", locale),
                    words.text("migration.procedure", locale),
                    words.text("migration.result", locale),
                    words.text("migration.reason", locale)));
            String after = "";
            List<Row> page;
            do {
                page = rows.page(id, null, after, 1000, viewer);
                for (Row row : page) {
                    Result result = result(migration, row, locale);
                    csv.row(List.of(result.code(), result.procedure(), result.word(), result.why()));
                    after = row.instance();
                }
            } while (page.size() == 1000);
            int unnamed = rows.unnamed(id, null, viewer);
            if (unnamed > 0) {
                csv.row(List.of(words.text("migration.unnamed", locale, unnamed), "", "", ""));
            }
        }
    }

    private static void requireTwo(Release source, Release target) {
        if (source.equals(target)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "migration.same-version");
        }
    }

    private String go(long id, int many) {
        // The job has been begun as well: whatever comes in between, somebody goes on.
        for (int turn = 0; many <= AT_ONCE && turn <= AT_ONCE / MigrationRunner.CHUNK + 1; turn++) {
            if (!runner.goOn(id)) {
                break;
            }
        }
        return "redirect:/studio/migrations/" + id;
    }

    private String form(
            List<Release> all,
            Release source,
            Release target,
            Choice choice,
            @Nullable Map<String, String> wrong,
            Viewer viewer,
            Model model) {
        Locale locale = viewer.locale();
        Standing standing = releases.standing(source.deployment(), viewer.walls());
        List<Part> parts = source.equals(target) ? List.of() : parts(source, target, standing, choice, wrong, locale);
        model.addAttribute("folder", source.folder());
        model.addAttribute("folderTitle", words.folder(releases.files(source), locale));
        model.addAttribute(
                "versions", all.stream().map(MigrationController::version).toList());
        model.addAttribute("from", version(source));
        model.addAttribute("to", version(target));
        model.addAttribute("onlyNewest", runner.onlyNewest());
        model.addAttribute("parts", parts);
        model.addAttribute("wrong", wrong != null);
        model.addAttribute("latest", rows.latest(source.folder(), LATEST));
        return "process/migration/migrate";
    }

    private List<Part> parts(
            Release source,
            Release target,
            Standing standing,
            Choice choice,
            @Nullable Map<String, String> wrong,
            Locale locale) {
        List<Part> parts = new ArrayList<>();
        Map<String, Diagram> young = releases.diagrams(target.deployment());
        releases.diagrams(source.deployment()).forEach((key, diagram) -> {
            Match match = Match.of(diagram, young.getOrDefault(key, new Diagram(key, key, Map.of())));
            List<Line> lines = new ArrayList<>();
            int same = 0;
            for (Match.Proposal proposal : match.proposals()) {
                Line line = line(match, proposal, standing, choice, wrong == null ? Map.of() : wrong, locale);
                if (line.sureness() == Sureness.SAME && line.wrong() == null && line.waiting() == 0) {
                    same++;
                } else {
                    lines.add(line);
                }
            }
            lines.sort(Comparator.comparing((Line line) -> line.sureness() == Sureness.SAME));
            if (!lines.isEmpty()) {
                parts.add(new Part(words.procedure(key, diagram.name(), locale), lines, same));
            }
        });
        return parts;
    }

    private Line line(
            Match match,
            Match.Proposal proposal,
            Standing standing,
            Choice choice,
            Map<String, String> wrong,
            Locale locale) {
        Place place = proposal.place();
        String process = match.from().key();
        String control = "step." + process + "." + place.id();
        String chosen = choice.steps().getOrDefault(process, Map.of()).get(place.id());
        String goesOn =
                chosen != null ? chosen : proposal.goesOn().map(Place::id).orElse(Choice.STAY);
        return new Line(
                control,
                words.step(process, place, null, locale),
                words.kind(place, locale),
                standing.at(process, place.id()),
                proposal.sureness(),
                match.possible(place).stream()
                        .map(other -> new Option(
                                other.id(),
                                words.step(process, other, match.from().places().get(other.id()), locale)))
                        .toList(),
                goesOn,
                wrong.get(control));
    }

    private Choice choice(Release source, Release target, MultiValueMap<String, String> form) {
        Map<String, Map<String, String>> steps = new TreeMap<>();
        Map<String, Diagram> young = releases.diagrams(target.deployment());
        releases.diagrams(source.deployment())
                .forEach((key, diagram) -> diagram.waits().forEach(place -> {
                    String chosen = form.getFirst("step." + key + "." + place.id());
                    if (chosen == null) {
                        return;
                    }
                    boolean known = chosen.equals(Choice.STAY)
                            || Optional.ofNullable(young.get(key))
                                    .flatMap(other -> other.find(chosen))
                                    .filter(place::fits)
                                    .isPresent();
                    if (!known) {
                        throw new Problem(HttpStatus.BAD_REQUEST, "migration.unreadable");
                    }
                    steps.computeIfAbsent(key, any -> new TreeMap<>()).put(place.id(), chosen);
                }));
        return new Choice(steps);
    }

    /** Why the engine will not have some steps as chosen, by control. */
    private Map<String, String> wrong(Release source, Release target, Choice choice) {
        Map<String, String> wrong = new HashMap<>();
        Map<String, String> targets = releases.definitions(target.deployment());
        releases.definitions(source.deployment()).forEach((key, definition) -> {
            String other = targets.get(key);
            if (other != null) {
                plans.plan(definition, other, choice)
                        .refused()
                        .forEach(step -> wrong.put("step." + key + "." + step, "migration.cannot-go-on-there"));
            }
        });
        return wrong;
    }

    private Result result(Migration migration, Row row, Locale locale) {
        return new Result(
                Objects.requireNonNullElse(row.caseCode(), ""),
                words.procedure(row.process(), row.process(), locale),
                row.outcome().state(),
                word(migration, row.outcome().state(), locale),
                migrations.why(row.outcome(), migration.from(), locale));
    }

    private String word(Migration migration, State state, Locale locale) {
        return words.text((migration.trial() ? "migration.trial." : "migration.state.") + state.code(), locale);
    }

    private static @Nullable State state(@Nullable String code) {
        for (State state : State.values()) {
            if (state.code().equals(code)) {
                return state;
            }
        }
        return null;
    }

    static Version version(Release release) {
        return new Version(release.deployment(), release.number(), release.at(), release.running());
    }

    /** From where most people want to move cases: the version with the most of them. */
    private static Release busiest(List<Release> all, Release target) {
        return all.stream()
                .filter(release -> !release.equals(target))
                .max(Comparator.comparingInt(Release::running).thenComparingInt(Release::number))
                .orElse(target);
    }

    private List<Release> open(String folder, Viewer viewer) {
        Owners.require(viewer);
        List<Release> all = releases.of(folder, viewer.walls());
        if (all.isEmpty()) {
            throw new Hidden("procedures", folder);
        }
        return all;
    }

    private Migration open(long id, Viewer viewer) {
        Owners.require(viewer);
        return rows.find(id).orElseThrow(() -> new Hidden("migration", id));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
