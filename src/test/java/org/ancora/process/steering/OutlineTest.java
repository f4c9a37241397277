package org.ancora.process.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ancora.process.Procedures.Visit;
import org.ancora.testing.AncoraTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every diagram can be read without seeing it, and how far a procedure has come in it. */
@AncoraTest
class OutlineTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @Autowired
    private Outlines outlines;

    @Autowired
    private RepositoryService repository;

    @ParameterizedTest
    @ValueSource(strings = {"en", "es", "it"})
    void namesEveryTaskOfEveryDiagramOnceAndInOrder(String language) {
        Locale locale = Locale.forLanguageTag(language);
        for (ProcessDefinition each :
                repository.createProcessDefinitionQuery().latestVersion().list()) {
            List<Outline.Line> lines = outlines.of(each.getId(), locale).steps().toList();

            Set<String> tasks =
                    repository.getBpmnModelInstance(each.getId()).getModelElementsByType(UserTask.class).stream()
                            .map(FlowNode::getId)
                            .collect(Collectors.toSet());
            assertThat(lines).as(each.getKey()).extracting(Outline.Line::id).doesNotHaveDuplicates();
            assertThat(lines.stream()
                            .filter(line -> line.kind().equals("task"))
                            .map(Outline.Line::id)
                            .collect(Collectors.toSet()))
                    .as(each.getKey())
                    .isEqualTo(tasks);
            assertThat(lines).as(each.getKey()).allSatisfy(line -> {
                assertThat(line.title()).isNotBlank().doesNotContain("{", "??");
                assertThat(line.number()).isNotBlank();
                assertThat(line.follows()).noneMatch(follow -> follow.contains("{"));
            });
            assertThat(lines.get(0).kind()).as(each.getKey()).isEqualTo("start");
        }
    }

    @Test
    void saysWhereAProcedureStandsAndSinceWhen() {
        List<Visit> visits = List.of(
                visit("intake-registered", "2026-11-20T14:00:00Z", "2026-11-20T14:00:00Z", false),
                visit("accept-intake", "2026-11-20T14:00:00Z", "2026-11-23T14:00:00Z", false),
                visit("check-capacity", "2026-11-23T14:00:00Z", "2026-11-23T14:00:00Z", false),
                visit("check-capacity", "2026-11-24T14:00:00Z", "2026-11-24T14:00:00Z", false),
                visit("await-capacity", "2026-11-24T14:00:00Z", "2026-11-24T15:00:00Z", true),
                visit("assign-caseworker", "2026-11-24T15:00:00Z", null, false));

        var lines = outlines.of(entry(), Locale.ENGLISH, visits, TORONTO)
                .steps()
                .collect(Collectors.toMap(Outline.Line::id, Function.identity()));

        assertThat(lines.get("accept-intake").state()).isEqualTo("done");
        assertThat(lines.get("accept-intake").when()).startsWith("Done").contains("23 Nov");
        assertThat(lines.get("check-capacity").when()).contains("24 Nov").endsWith("2 times in all");
        assertThat(lines.get("await-capacity").state()).isEqualTo("dropped");
        assertThat(lines.get("assign-caseworker").isPresent()).isTrue();
        assertThat(lines.get("assign-caseworker").when())
                .startsWith("Now, since")
                .contains("24 Nov");
        assertThat(lines.get("plan-letter").state()).isEmpty();
        assertThat(lines.get("assign-caseworker").number()).contains(".");
        assertThat(lines.get("await-capacity").follows())
                .anyMatch(follow -> follow.startsWith("If meanwhile “There is room”, instead: go to"));
    }

    private String entry() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("engagement-on-entry")
                .latestVersion()
                .singleResult()
                .getId();
    }

    private static Visit visit(
            String element, String entered, @org.jspecify.annotations.Nullable String left, boolean dropped) {
        return new Visit(element, "any", Instant.parse(entered), left == null ? null : Instant.parse(left), dropped);
    }
}
