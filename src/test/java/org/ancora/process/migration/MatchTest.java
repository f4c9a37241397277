package org.ancora.process.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.ancora.process.migration.Match.Proposal;
import org.ancora.process.migration.Match.Sureness;
import org.junit.jupiter.api.Test;

class MatchTest {

    private static final String TASK = "<bpmn:userTask id=\"%s\" name=\"%s\" camunda:formRef=\"%s\"/>";
    private static final String TIMER =
            "<bpmn:intermediateCatchEvent id=\"%s\" name=\"Wait\"><bpmn:timerEventDefinition>"
                    + "<bpmn:timeDate>${%s}</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>";

    @Test
    void theSameStepIsChosenByItself() {
        Match match = match(task("call", "Call", "call"), task("call", "Ring", "other"));

        assertThat(sureness(match)).containsExactly(Map.entry("call", Sureness.SAME));
        assertThat(Choice.SAME.pairs(match)).containsExactly(Map.entry("call", "call"));
    }

    @Test
    void aStepWithAnotherNameIsOfferedButNotChosen() {
        Match match = match(
                task("call", "Call the client", "call"),
                task("ring", "Call the client today", "call") + task("write", "Write", "letter"));

        assertThat(match.proposals()).singleElement().satisfies(proposal -> {
            assertThat(proposal.sureness()).isEqualTo(Sureness.ALIKE);
            assertThat(proposal.goesOn()).map(Place::id).contains("ring");
        });
        assertThat(Choice.SAME.pairs(match)).isEmpty();
    }

    @Test
    void nothingIsOfferedWhereNothingIsAlike() {
        Match match = match(task("call", "Call the client", "call"), task("write", "Write", "letter"));

        assertThat(sureness(match)).containsExactly(Map.entry("call", Sureness.NONE));
        assertThat(match.possible(match.from().find("call").orElseThrow()))
                .extracting(Place::id)
                .containsExactly("write");
    }

    @Test
    void aWaitNeverBecomesATask() {
        Match match = match(TIMER.formatted("pause", "opens"), task("pause", "Pause", "call"));

        assertThat(sureness(match)).containsExactly(Map.entry("pause", Sureness.NONE));
        assertThat(match.possible(match.from().find("pause").orElseThrow())).isEmpty();
    }

    @Test
    void aStepGoesOnOnlyInTheFrameThatTakesThePlaceOfItsOwn() {
        String before = frame("search", task("call", "Call", "call") + TIMER.formatted("pause", "opens"));
        String after = frame("looking", task("call", "Call", "call") + TIMER.formatted("pause", "opens"))
                + task("file", "File", "call");

        Match match = match(before, after);

        assertThat(match.frames()).containsExactly(Map.entry("search", "looking"));
        assertThat(match.possible(match.from().find("call").orElseThrow()))
                .extracting(Place::id)
                .containsExactly("call");
    }

    @Test
    void whatMayHappenMeanwhileGoesAlongSoThatItsTimerRunsOn() {
        String before = task("call", "Call", "call") + boundary("week", "call");
        String after = task("ring", "Ring", "call") + boundary("seven-days", "ring");

        Map<String, String> pairs = match(before, after).pairs(Map.of("call", "ring"));

        assertThat(pairs).containsOnly(Map.entry("call", "ring"), Map.entry("week", "seven-days"));
    }

    @Test
    void aChangedStepSaysWhatChanged() {
        Place before = diagram(task("call", "Call", "call")).find("call").orElseThrow();
        Place after = diagram(task("call", "Call", "other")).find("call").orElseThrow();

        assertThat(before.changes(after)).containsExactly("form");
        assertThat(before.changes(before)).isEmpty();
    }

    private static Map<String, Sureness> sureness(Match match) {
        return match.proposals().stream()
                .collect(Collectors.toMap(proposal -> proposal.place().id(), Proposal::sureness));
    }

    private static Match match(String before, String after) {
        return Match.of(diagram(before), diagram(after));
    }

    private static String task(String id, String name, String form) {
        return TASK.formatted(id, name, form);
    }

    private static String frame(String id, String inside) {
        return "<bpmn:subProcess id=\"" + id + "\">" + inside + "</bpmn:subProcess>";
    }

    private static String boundary(String id, String host) {
        return ("<bpmn:boundaryEvent id=\"%s\" attachedToRef=\"%s\"><bpmn:timerEventDefinition>"
                        + "<bpmn:timeDate>${due}</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:boundaryEvent>")
                .formatted(id, host);
    }

    private static Diagram diagram(String inside) {
        return Diagram.read(("""
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://ancora.org/processes">
                  <bpmn:process id="ask" isExecutable="true">%s</bpmn:process>
                </bpmn:definitions>
                """.formatted(inside)).getBytes(StandardCharsets.UTF_8));
    }
}
