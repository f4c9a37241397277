package org.ancora.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ancora.process.model.Finding;
import org.ancora.process.model.ModelCheck;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Models that are no models but a load: too long, too deep, too many, and texts that no text is. Each is refused with its
 * reason, soon, and on a small stack.
 */
@AncoraTest
class LargeModelTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long SMALL_STACK = 256 * 1024;
    private static final int HUGE = 100_000;

    @Autowired
    private ModelCheck check;

    static Stream<Arguments> diagrams() {
        return Stream.of(
                Arguments.of("a long file", "too-large", content(" ".repeat(5_000_000))),
                Arguments.of("many elements", "too-deep", content("<bpmn:incoming/>".repeat(25_000))),
                Arguments.of(
                        "deep elements",
                        "too-deep",
                        content("<bpmn:subProcess>".repeat(5_000) + "</bpmn:subProcess>".repeat(5_000))),
                Arguments.of(
                        "a long text",
                        "too-large",
                        content("<bpmn:documentation>" + "x".repeat(HUGE) + "</bpmn:documentation>")),
                Arguments.of(
                        "a long attribute",
                        "element-id",
                        content("<bpmn:endEvent id=\"" + "x".repeat(500_000) + "\"/>")),
                Arguments.of("a deep condition", "condition", content(condition("not ".repeat(200) + "riskFlag"))),
                Arguments.of(
                        "a bracketed condition",
                        "condition",
                        content(condition("(".repeat(400) + "riskFlag" + ")".repeat(400)))),
                Arguments.of("a chain of gateways", "endless-loop", content(chain(4_000))),
                Arguments.of("a zero", "encoding", content("<bpmn:documentation>a\0b</bpmn:documentation>")),
                Arguments.of(
                        "a control character",
                        "malformed",
                        content("<bpmn:documentation>a\u0001b</bpmn:documentation>")),
                Arguments.of(
                        "a control character by number",
                        "malformed",
                        content("<bpmn:documentation>a&#1;b</bpmn:documentation>")),
                Arguments.of(
                        "half a character by number",
                        "malformed",
                        content("<bpmn:documentation>a&#xD800;b</bpmn:documentation>")),
                Arguments.of("half a character in bytes", "encoding", new byte[] {
                    '<', 'a', '>', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '<', '/', 'a', '>'
                }),
                Arguments.of("nothing", "malformed", new byte[0]),
                Arguments.of("no file at all", "malformed", "PK\u0003\u0004".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("diagrams")
    void refusesDiagramsThatAreNone(String what, String rule, byte[] file) {
        List<Finding> findings = onASmallStack(() -> check(Map.of("ask.bpmn", file)));

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.file()).isEqualTo("ask.bpmn");
            assertThat(finding.toString()).hasSizeLessThan(1_000);
        });
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(
                        "a long file",
                        "too-large",
                        form("{\"type\":\"spacer\",\"id\":\"" + "x".repeat(5_000_000) + "\"}")),
                Arguments.of(
                        "many fields",
                        "too-large",
                        form(IntStream.range(0, HUGE)
                                .mapToObj(i -> "{\"type\":\"textfield\",\"key\":\"f" + i + "\"}")
                                .collect(Collectors.joining(",")))),
                Arguments.of(
                        "many small parts",
                        "too-large",
                        form(("{\"type\":\"spacer\"},").repeat(20_000) + "{\"type\":\"spacer\"}")),
                Arguments.of(
                        "deep groups",
                        "too-deep",
                        form("{\"type\":\"group\",\"components\":[".repeat(3_000) + "]}".repeat(3_000))),
                Arguments.of(
                        "a long text",
                        "too-large",
                        form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"" + "x".repeat(HUGE) + "\"}")),
                Arguments.of(
                        "a long string of the language",
                        "feel",
                        form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"=\\\"" + "x".repeat(19_000) + "\\\"\"}")),
                Arguments.of(
                        "deep brackets of the language",
                        "feel",
                        form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"=" + "(".repeat(490) + "1" + ")".repeat(490)
                                + "\"}")),
                Arguments.of(
                        "deep lists of the language",
                        "feel",
                        form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"=" + "[".repeat(490) + "1" + "]".repeat(490)
                                + "\"}")),
                Arguments.of(
                        "deep brackets of a pattern",
                        "form-pattern",
                        form("{\"type\":\"textfield\",\"key\":\"x\",\"validate\":{\"pattern\":\"" + "(".repeat(9_000)
                                + ")".repeat(9_000) + "\"}}")),
                Arguments.of(
                        "a number without end",
                        "too-large",
                        form("{\"type\":\"number\",\"key\":\"x\",\"max\":" + "9".repeat(5_000) + "}")),
                Arguments.of("a zero", "form-text", form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"a\\u0000b\"}")),
                Arguments.of(
                        "a control character",
                        "form-text",
                        form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"a\\u001bb\"}")),
                Arguments.of(
                        "half a character",
                        "form-text",
                        form("{\"type\":\"text\",\"id\":\"t\",\"text\":\"a\\ud800b\"}")),
                Arguments.of(
                        "the same name twice", "malformed", form("{\"type\":\"text\",\"type\":\"html\",\"id\":\"t\"}")),
                Arguments.of("other bytes", "encoding", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}),
                Arguments.of("another encoding", "encoding", "{}".getBytes(StandardCharsets.UTF_16)),
                Arguments.of("nothing", "malformed", new byte[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void refusesFormsThatAreNone(String what, String rule, byte[] file) {
        List<Finding> findings = onASmallStack(() -> check(Map.of("forms/answer.form", file)));

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.file()).isEqualTo("forms/answer.form");
            assertThat(finding.toString()).hasSizeLessThan(1_000);
        });
    }

    /** A letter is read whenever it is written, so it is held to a size, too. */
    @Test
    void refusesALetterThatIsALoad() {
        assertThat(check(Map.of("letters/hello.en.html", "x".repeat(5_000_000).getBytes(StandardCharsets.UTF_8))))
                .extracting(Finding::file, Finding::rule)
                .contains(org.assertj.core.api.Assertions.tuple("letters/hello.en.html", "too-large"));
    }

    /** What is refused was held in memory once or twice, not a hundred times. */
    @Test
    void keepsItsHeapWhileItRefuses() {
        byte[] large = content("<bpmn:incoming/>".repeat(60_000));
        System.gc();
        long before = used();

        for (int i = 0; i < 20; i++) {
            assertThat(check(Map.of("ask.bpmn", large, "forms/answer.form", large)))
                    .isNotEmpty();
        }

        System.gc();
        assertThat(used() - before).isLessThan(64L * 1024 * 1024);
    }

    private List<Finding> check(Map<String, byte[]> files) {
        Map<String, byte[]> all = new TreeMap<>(ModelFixtures.sound().files());
        all.putAll(files);
        return check.check(new ProcessFolder("ask", all)).findings().stream()
                .filter(Finding::refuses)
                .toList();
    }

    private static List<Finding> onASmallStack(Supplier<List<Finding>> work) {
        List<List<Finding>> found = new java.util.ArrayList<>();
        List<Throwable> failed = new java.util.ArrayList<>();
        Thread thread = new Thread(null, () -> found.add(work.get()), "small", SMALL_STACK);
        thread.setUncaughtExceptionHandler((of, failure) -> failed.add(failure));
        Instant began = Instant.now();
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        assertThat(failed).isEmpty();
        assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
        return found.get(0);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static byte[] content(String inside) {
        String sound = new String(ModelFixtures.sound().files().get("ask.bpmn"), StandardCharsets.UTF_8);
        int end = sound.indexOf("</bpmn:process>");
        return (sound.substring(0, end) + inside + sound.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private static String condition(String words) {
        return "<bpmn:sequenceFlow id=\"long\" sourceRef=\"a\" targetRef=\"b\"><bpmn:conditionExpression"
                + " xsi:type=\"bpmn:tFormalExpression\">${" + words
                + "}</bpmn:conditionExpression></bpmn:sequenceFlow>";
    }

    /** Gateways one after the other, and from the last back to the first. */
    private static String chain(int length) {
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < length; i++) {
            chain.append("<bpmn:parallelGateway id=\"g")
                    .append(i)
                    .append("\"/><bpmn:sequenceFlow id=\"f")
                    .append(i)
                    .append("\" sourceRef=\"g")
                    .append(i)
                    .append("\" targetRef=\"g")
                    .append((i + 1) % length)
                    .append("\"/>");
        }
        return chain.toString();
    }

    private static byte[] form(String components) {
        return ("{\"id\":\"answer\",\"type\":\"default\",\"components\":[" + components + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
