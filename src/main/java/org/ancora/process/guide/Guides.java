package org.ancora.process.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ancora.access.OncePerPage;
import org.ancora.process.Step;
import org.ancora.process.guide.Guide.Link;
import org.ancora.process.guide.Guide.TableView;
import org.ancora.process.guide.Plan.Kind;
import org.ancora.process.guide.Plan.Node;
import org.ancora.time.Dates;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.function.SingletonSupplier;

/**
 * Every procedure that new cases get now, in words. What a deployed version says never changes, so it is read and worded once for
 * each version and language.
 */
@Service
class Guides {

    private final RepositoryService repository;
    private final GuideWords words;
    private final Dates dates;
    private final Supplier<Map<String, Step>> steps;

    private final Map<String, Plan> plans = new ConcurrentHashMap<>();
    private final Map<String, List<Table>> tables = new ConcurrentHashMap<>();
    private final Map<String, LocalDate> days = new ConcurrentHashMap<>();
    private final Map<String, Guide> worded = new ConcurrentHashMap<>();

    Guides(RepositoryService repository, GuideWords words, Dates dates, ObjectProvider<Step> steps) {
        this.repository = repository;
        this.words = words;
        this.dates = dates;
        this.steps = SingletonSupplier.of(() -> steps.stream().collect(Collectors.toMap(Step::name, each -> each)));
    }

    /** All of them by name; after the first time in one statement. */
    @Transactional(readOnly = true)
    public List<Guide> all(Locale language) {
        Map<String, ProcessDefinition> newest = newest();
        return newest.values().stream()
                .map(definition -> guide(definition, newest, language))
                .sorted(Comparator.comparing(Guide::title, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /** One of them; empty when no procedure has this key. */
    @Transactional(readOnly = true)
    public Optional<Guide> find(String key, Locale language) {
        Map<String, ProcessDefinition> newest = newest();
        return Optional.ofNullable(newest.get(key)).map(definition -> guide(definition, newest, language));
    }

    /** The engine's id of the newest version. */
    @Transactional(readOnly = true)
    public Optional<String> definition(String key) {
        return Optional.ofNullable(newest().get(key)).map(ProcessDefinition::getId);
    }

    private Map<String, ProcessDefinition> newest() {
        return OncePerPage.read("guide.newest", () -> {
            Map<String, ProcessDefinition> newest = new TreeMap<>();
            repository
                    .createProcessDefinitionQuery()
                    .latestVersion()
                    .active()
                    .list()
                    .forEach(definition -> newest.put(definition.getKey(), definition));
            return newest;
        });
    }

    /** What calls it is not part of a version, so it is added afterwards. */
    private Guide guide(ProcessDefinition definition, Map<String, ProcessDefinition> newest, Locale language) {
        Map<String, Plan> others = new HashMap<>();
        newest.forEach((key, each) -> others.put(key, plan(each)));
        Guide guide = worded.computeIfAbsent(
                definition.getId() + " " + language.getLanguage(), any -> write(definition, others, language));
        return new Guide(
                guide.key(),
                guide.title(),
                guide.about(),
                guide.version(),
                guide.since(),
                callers(definition.getKey(), others, language),
                guide.items(),
                guide.tables(),
                guide.worked());
    }

    private List<Link> callers(String key, Map<String, Plan> others, Locale language) {
        return others.values().stream()
                .filter(other -> other.byId().values().stream().anyMatch(node -> key.equals(node.called())))
                .map(other -> new Link("/help/" + other.key(), words.procedure(other.key(), other.name(), language)))
                .sorted(Comparator.comparing(Link::title, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    private Guide write(ProcessDefinition definition, Map<String, Plan> others, Locale language) {
        Plan plan = plan(definition);
        List<Table> all = tables.computeIfAbsent(definition.getDeploymentId(), this::readTables);
        Limits limits = new Limits(plan, steps.get(), all, words, language);
        List<String> asked = new ArrayList<>(plan.decisions());
        asked.addAll(limits.tablesUsed());
        List<TableView> shown = all.stream()
                .filter(table -> asked.contains(table.key()))
                .map(table -> words.table(table, language))
                .toList();
        Map<String, String> titles =
                shown.stream().collect(Collectors.toMap(TableView::key, TableView::title, (one, same) -> one));
        return new Guide(
                plan.key(),
                words.procedure(plan.key(), plan.name(), language),
                words.about(plan, language),
                definition.getVersion(),
                dates.longDay(days.computeIfAbsent(definition.getDeploymentId(), this::readDay), language),
                List.of(),
                new GuideWriter(plan, others, titles, limits, words, language).items(),
                shown,
                plan.byId().values().stream().map(Node::kind).anyMatch(Kind.TASK::equals));
    }

    private Plan plan(ProcessDefinition definition) {
        return plans.computeIfAbsent(definition.getId(), id -> PlanReader.read(repository.getBpmnModelInstance(id)));
    }

    private LocalDate readDay(String deployment) {
        return LocalDate.ofInstant(
                repository
                        .createDeploymentQuery()
                        .deploymentId(deployment)
                        .singleResult()
                        .getDeploymentTime()
                        .toInstant(),
                ZoneOffset.UTC);
    }

    private List<Table> readTables(String deployment) {
        List<Table> found = new ArrayList<>();
        for (String name : repository.getDeploymentResourceNames(deployment)) {
            if (name.endsWith(".dmn")) {
                try (InputStream file = repository.getResourceAsStream(deployment, name)) {
                    found.add(Table.read(file.readAllBytes()));
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return found;
    }
}
