package org.ancora.process.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.ancora.process.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule has a broken model of its own, and the sound models break none. */
class ModelCheckTest {

    /** What may run, but a release of ours must not have. */
    private static final Set<String> REMARKS = Set.of("label", "unhandled-form");

    private final ModelCheck check = new ModelCheck(ModelFixtures::catalogue);

    @Test
    void soundModelsHaveNoFindings() {
        assertThat(check.check(ModelFixtures.sound()).findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.ancora.process.model.ModelFixtures#brokenModels")
    void bites(String rule) {
        ModelCheck.Result result = check.check(ModelFixtures.broken(rule));

        assertThat(result.findings()).extracting(Finding::rule).contains(rule);
        assertThat(result.refused()).isEqualTo(!REMARKS.contains(rule));
    }

    @Test
    void everyRuleHasABrokenModelAndASentenceInThreeLanguages() throws Exception {
        Set<String> withModel = Set.copyOf(ModelFixtures.brokenModels());

        for (String language : List.of("", "_es", "_it")) {
            Properties messages = new Properties();
            try (Reader reader = new InputStreamReader(
                    getClass().getResourceAsStream("/messages/process" + language + ".properties"),
                    StandardCharsets.UTF_8)) {
                messages.load(reader);
            }
            Set<String> rules = messages.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("model."))
                    .map(key -> key.substring("model.".length()))
                    .collect(Collectors.toSet());
            // What the engine itself refuses is shown by the deployment test.
            rules.remove("engine");
            assertThat(rules).as("messages in %s", language).isEqualTo(withModel);
        }
    }

    /** A value that a called procedure is given, or gives back, has a name on both sides and stays what it is. */
    @ParameterizedTest
    @CsvSource({
        "'source=\"due\" target=\"due\"', 'source=\"due\" target=\"worker\"', variable-kind",
        "'source=\"due\" target=\"due\"', 'source=\"due\"', variable-reference",
        "'source=\"worker\" target=\"worker\"', 'target=\"worker\"', variable-reference",
        "'source=\"outcome\" target=\"outcome\"', 'source=\"outcome\" target=\"secret\"', undeclared-variable"
    })
    void handsOverOnlyWhatBothSidesKnow(String sound, String broken, String rule) {
        String diagram = new String(ModelFixtures.sound().files().get("ask.bpmn"), StandardCharsets.UTF_8);
        assertThat(diagram).contains(sound);

        assertThat(check.check(ModelFixtures.with(
                                ModelFixtures.sound(),
                                "ask.bpmn",
                                diagram.replace(sound, broken).getBytes(StandardCharsets.UTF_8)))
                        .findings())
                .anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.element()).isEqualTo("try-again");
                });
    }

    /** Each word of it would be a frame of the stack to a careless pattern. */
    @Test
    void aCellWithVeryManyWordsIsRefusedLikeAnyOther() {
        String table = new String(ModelFixtures.sound().files().get("answer-policy.dmn"), StandardCharsets.UTF_8);
        String endless = table.replace("<text>2</text>", "<text>" + "no such-word ".repeat(20_000) + "</text>");

        assertThat(check.check(ModelFixtures.with(
                                ModelFixtures.sound(), "answer-policy.dmn", endless.getBytes(StandardCharsets.UTF_8)))
                        .refused())
                .isTrue();
    }

    @Test
    void findingsSayWhere() {
        Finding finding =
                check.check(ModelFixtures.broken("unknown-step")).findings().get(0);

        assertThat(finding.file()).isEqualTo("ask.bpmn");
        assertThat(finding.element()).isEqualTo("plan-call");
        assertThat(finding.line()).isPositive();
        assertThat(finding.arguments()).containsExactly("dataSource");
    }

    @Test
    void whatIsDeployedIsOurOwnSpelling() {
        String written = text(check.check(ModelFixtures.sound()), "ask.bpmn");

        assertThat(written).contains("${((outcome == 'reached' and round &lt; 3) or not (riskFlag))}");
        assertThat(check.check(ModelFixtures.with(
                                ModelFixtures.sound(), "ask.bpmn", written.getBytes(StandardCharsets.UTF_8)))
                        .findings())
                .isEmpty();
    }

    @Test
    void aliasesCommentsAndCharacterDataChangeNothingOfWhatIsDeployed() {
        String sound = new String(ModelFixtures.sound().files().get("ask.bpmn"), StandardCharsets.UTF_8);
        String disguised = sound.replace("bpmn:", "b:")
                .replace("xmlns:bpmn=", "xmlns:b=")
                .replace("camunda:", "c:")
                .replace("xmlns:camunda=", "xmlns:c=")
                .replace(
                        "${outcome == 'reached' and round &lt; 3 or not riskFlag}",
                        "<![CDATA[${outcome == 'reached' and round < 3 or not riskFlag}]]>")
                .replace("name=\"Call the client\"", "name=\"Call&#32;the client\"")
                .replace("<b:endEvent", "<!-- ${planCall.execute(1)} --><b:endEvent");

        ModelCheck.Result result = check.check(
                ModelFixtures.with(ModelFixtures.sound(), "ask.bpmn", disguised.getBytes(StandardCharsets.UTF_8)));

        assertThat(text(result, "ask.bpmn")).isEqualTo(text(check.check(ModelFixtures.sound()), "ask.bpmn"));
    }

    /** A file of another kind under the name of a diagram: what is unknown in it is named. */
    @Test
    void whatBelongsToNoExtensionIsNamed() {
        assertThat(ModelCheck.gate("other.bpmn", "<note>no</note>".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("namespace");
                    assertThat(finding.arguments()).containsExactly("note");
                });
    }

    @Test
    void stepsAndFormsThatNoDiagramUsesAreFound() {
        Catalogue known = ModelFixtures.catalogue();
        HashMap<String, Step> more = new HashMap<>(known.steps());
        more.put("forgotten", Step.named("forgotten").does(step -> {}));
        ModelCheck withMore = new ModelCheck(() -> new Catalogue(
                more,
                known.taskSteps(),
                known.variables(),
                known.messages(),
                known.handledForms(),
                known.doubts(),
                known.labels()));

        assertThat(withMore.unused(List.of(ModelFixtures.sound()), Set.of("answer", "orphan")))
                .extracting(finding -> finding.arguments().get(0))
                .containsExactly("forgotten", "orphan");
    }

    private static String text(ModelCheck.Result result, String file) {
        return new String(result.files().get(file), StandardCharsets.UTF_8);
    }
}
