package org.ancora.process.studio;

import static org.ancora.access.People.PASSWORD;
import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.ancora.process.studio.StudioFixtures.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.RepositoryService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Attacks 1 to 13 through every door of the studio: the editors' drafts of diagrams, decisions, forms, letters and words, an
 * uploaded archive and the Modeler. Each is refused with its file, its element and the reason; the engine keeps what it had, and
 * the log says who tried.
 */
@AncoraTest
class HostileModelsTest {

    private static final Path DIAGRAMS = Path.of("src/test/resources/security/diagrams");
    private static final Path CIRCLES = Path.of("src/test/resources/security/circles");
    private static final Path MODELS = Path.of("src/test/resources/models");
    private static final String BOUNDARY = "boundary";
    private static final String REFLECTION = "${''.getClass().forName('java.lang.System')"
            + ".getMethod('setProperty', ''.getClass(), ''.getClass()).invoke(null, 'ancora.attacked', 'yes')}";

    /**
     * By the numbers of the list of attacks, what is tried in each kind of file; after a dash, why there is nothing to be tried.
     */
    private static final String TABLE = """
             1 | expression        | reflection       | expression                | expression        | expression
             2 | script-task       | another language | script in a picture       | script            | script in a link
             3 | script-listener   | juel             | html                      | handler           | html
             4 | java-class        | java function    | java function             | class             | class
             5 | delegate-bean     | bean             | bean                      | bean              | bean
             6 | engine-services   | engine services  | engine services           | engine services   | engine services
             7 | encoded           | encoded          | encoded                   | other marks       | encoded
             8 | document-type     | document type    | page in a frame           | file in an entity | picture
             9 | query             | query            | query                     | query             | query
            10 | decision-reference| import           | foreign component         | other template    | key of another folder
            11 | endless-frame     | loop             | loop                      | huge              | huge
            12 | approved          | approved         | approved                  | approved          | approved
            13 | serialized        | serialized       | serialized                | - plain text      | - plain text
            """;

    private static final List<String> KINDS = List.of("diagram", "decision", "form", "letter", "words");

    /** One that every kind of file takes as words of its own. */
    private static final String SERVICES = "${execution.processEngineServices.runtimeService}";

    private static final String QUERY =
            "${taskService.createTaskQuery().or().taskAssigneeExpression('${1+1}').endOr().list()}";

    private static final String BEAN = "${dataSource.connection}";

    @Autowired
    private MockMvc web;

    @Autowired
    private FourEyes fourEyes;

    @Autowired
    private Publishing publishing;

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Versions versions;

    @Autowired
    private Drafts drafts;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private JdbcClient jdbc;

    private StudioFixtures.Studio studio;
    private UserId mona;
    private long deployed;

    @BeforeEach
    void open() {
        studio = fixtures.open();
        mona = people.person("mona", studio.york().id(), Role.OWNER);
        deployed = repository.createDeploymentQuery().count();
    }

    @AfterEach
    void theEngineIsUnharmed() {
        theEngineKeepsWhatItHad("at the end");
        fixtures.forget();
    }

    private void theEngineKeepsWhatItHad(String after) {
        assertThat(System.getProperty("ancora.attacked")).as(after).isNull();
        assertThat(repository.createDeploymentQuery().count()).as(after).isEqualTo(deployed);
        assertThat(versions.running(ASK).orElseThrow().number()).as(after).isEqualTo(1);
    }

    /** One file that an owner's account sends in, and what is said of it. */
    record Attack(String name, String path, byte[] content, String rule, String element) {

        String kind() {
            int colon = name.indexOf(':');
            return colon < 0 ? "diagram" : name.substring(0, colon);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                // 1 reflection in every attribute that the engine evaluates, 6 its own services
                diagram("expression", "expression-attribute", "target"),
                diagram("assignee", "variable-reference", "target"),
                diagram("candidate-groups", "stray-expression", "target"),
                diagram("due-date", "variable-reference", "target"),
                diagram("priority", "stray-expression", "target"),
                diagram("task-name", "stray-expression", "target"),
                diagram("task-documentation", "stray-expression", "target"),
                diagram("condition", "condition", "on"),
                diagram("timer", "timer", "target"),
                diagram("input-parameter", "stray-expression", "target"),
                diagram("called-element", "stray-expression", "target"),
                diagram("listener-expression", "listener", "target"),
                diagram("engine-services", "expression-attribute", "target"),
                // 2, 3 scripts
                diagram("script-task", "script", "target"),
                diagram("script-listener", "listener", "target"),
                diagram("script-input", "script", "target"),
                diagram("script-condition", "attribute", "on"),
                diagram("script-resource", "script", "target"),
                // 4 classes
                diagram("java-class", "java-class", "target"),
                diagram("java-class-listener", "listener", "target"),
                diagram("java-class-field", "field", "target"),
                // 5 beans
                diagram("delegate-chain", "step-reference", "target"),
                diagram("delegate-bean", "expression-attribute", "target"),
                diagram("delegate-data-source", "step-reference", "target"),
                // 7 disguises
                diagram("alias", "expression-attribute", "target"),
                diagram("encoded", "expression-attribute", "target"),
                diagram("character-data", "condition", "on"),
                diagram("deferred", "stray-expression", "target"),
                diagram("old-namespace", "namespace", ""),
                // 8 documents that fetch or explode
                diagram("document-type", "doctype", ""),
                diagram("many-laughs", "doctype", ""),
                diagram("external-entity", "doctype", ""),
                diagram("included", "namespace", ""),
                diagram("schema-location", "attribute", ""),
                // 10 smuggled in with decisions and forms
                diagram("decision-reference", "decision-kind", "target"),
                diagram("form-key", "form-kind", "target"),
                decision("reflection", "<text>project</text>", "<text>" + REFLECTION + "</text>", "stray-expression"),
                decision(
                        "juel",
                        "id=\"input-project-name\"",
                        "id=\"input-project-name\" expressionLanguage=\"juel\"",
                        "decision-language"),
                decision(
                        "java function",
                        "<text>project</text>",
                        "<text>(function(a, b) external { java: { class: \"java.lang.System\","
                                + " method signature: \"exit(int)\" } })(1)</text>",
                        "decision-input"),
                decision("another language", "hitPolicy=", "expressionLanguage=\"javascript\" hitPolicy=", "attribute"),
                form(
                        "html",
                        "\"type\": \"radio\", \"key\": \"outcome\", \"label\": \"What came of it?\"",
                        "\"type\": \"radio\", \"key\": \"outcome\", \"label\": \"x\"},{\"type\": \"text\", \"id\": \"t\", \"text\": \"<img src=x onerror=alert(1)>\"},{\"type\":\"spacer\",\"id\":\"s\"",
                        "form-html"),
                form("expression", "Number dialled", REFLECTION, "stray-expression"),
                form("endless pattern", "[0-9 +]*", "(a+)+$", "form-pattern"),
                form("foreign component", "\"type\": \"radio\"", "\"type\": \"iframe\"", "form-component"),
                decision(
                        "document type",
                        "?>",
                        "?><!DOCTYPE definitions [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
                        "doctype"),
                decision(
                        "loop", "<text>3</text>", "<text>count(for i in 1..1000000000 return i)</text>", "feel-banned"),
                decision("list of everything", "<text>3</text>", "<text>count([1..1000000000])</text>", "feel"),
                decision(
                        "question over everything",
                        "<text>3</text>",
                        "<text>if some x in 1..1000000000 satisfies x = 0 then 1 else 2</text>",
                        "feel-banned"),
                decision(
                        "function behind a comment",
                        "<text>3</text>",
                        "<text>{f: function/**/(x) f(x + 1), y: f(1)}.y</text>",
                        "feel-banned"),
                decision("grains of rice", "<text>3</text>", "<text>" + grainsOfRice() + "</text>", "feel-banned"),
                decision(
                        "words that grow",
                        "<text>3</text>",
                        "<text>string length(replace(replace(replace(\"aaaaaaaaaa\", \"a\", \"aaaaaaaaaa\"), \"a\","
                                + " \"aaaaaaaaaa\"), \"a\", \"aaaaaaaaaa\"))</text>",
                        "feel-banned"),
                decision(
                        "runaway pattern",
                        "<text>3</text>",
                        "<text>if matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a|aa)+$\") then 1 else 2</text>",
                        "feel-banned"),
                form(
                        "loop",
                        "=outcome = \\\"reached\\\"",
                        "=count(for i in 1..1000000000 return i) > 0",
                        "feel-banned"),
                form(
                        "script in a picture",
                        "\"type\": \"radio\"",
                        "\"type\": \"image\", \"source\": \"javascript:alert(1)\"",
                        "form-component"),
                form(
                        "page in a frame",
                        "\"type\": \"radio\"",
                        "\"type\": \"iframe\", \"url\": \"https://example.org/steal\"",
                        "form-component"),
                form("huge label", "Number dialled", "x".repeat(30_000), "too-large"),
                form("host clock", "=outcome = \\\"reached\\\"", "=now() > date(\\\"2020-01-01\\\")", "feel-banned"),
                decision(
                        "import",
                        "<decision id=",
                        "<import importType=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" locationURI=\"file:///etc/passwd\""
                                + " namespace=\"x\"/><decision id=",
                        "element"),
                // 4 to 7, 9 and 13 in what is no diagram
                decision("bean", "<text>project</text>", "<text>" + BEAN + "</text>", "stray-expression"),
                form("bean", "Number dialled", BEAN, "stray-expression"),
                labels("bean", "task.ask.call-client = " + BEAN, "stray-expression"),
                form(
                        "java function",
                        "=outcome = \\\"reached\\\"",
                        "={f: function(a) external {java: {class: \\\"java.lang.System\\\", method signature: \\\"exit(int)\\\"}}}.f(1)",
                        "feel-banned"),
                labels("class", "task.ask.call-client = ${T(java.lang.Runtime).getRuntime()}", "stray-expression"),
                decision(
                        "engine services", "<text>project</text>", "<text>" + SERVICES + "</text>", "stray-expression"),
                form("engine services", "Number dialled", SERVICES, "stray-expression"),
                letter("engine services", "<p>" + SERVICES + "</p>", "stray-expression"),
                labels("engine services", "task.ask.call-client = " + SERVICES, "stray-expression"),
                decision("encoded", "<text>project</text>", "<text>&#36;{''.getClass()}</text>", "stray-expression"),
                form("encoded", "Number dialled", "\\u0024{''.getClass()}", "stray-expression"),
                labels("encoded", "task.ask.call-client = \\u0024{''.getClass()}", "stray-expression"),
                drawn("query", "camunda:expression=\"" + QUERY + "\"", "expression-attribute"),
                decision("query", "<text>project</text>", "<text>" + QUERY + "</text>", "stray-expression"),
                form("query", "Number dialled", QUERY, "stray-expression"),
                letter("query", "<p>" + QUERY + "</p>", "stray-expression"),
                labels("query", "task.ask.call-client = " + QUERY, "stray-expression"),
                drawn(
                        "serialized",
                        "camunda:delegateExpression=\"${wait}\"><extensionElements><camunda:inputOutput><camunda:inputParameter"
                                + " name=\"x\"><camunda:script scriptFormat=\"application/x-java-serialized-object\">rO0ABXNyABFqYXZh"
                                + "</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask><serviceTask id=\"other\"",
                        "script"),
                decision("serialized", "typeRef=\"integer\"", "typeRef=\"java.util.HashMap\"", "variable-kind"),
                form("serialized", "\"type\": \"radio\"", "\"type\": \"filepicker\"", "form-component"),
                // 11 what never ends
                letter("huge", "<p>" + "x".repeat(300_000) + "</p>", "too-large"),
                diagram("multi-instance", "loop", "target"),
                circle("endless-steps", "endless-loop"),
                circle("endless-frame", "endless-loop"),
                circle("endless-error", "endless-loop"),
                circle("endless-self", "endless-call"),
                circle("endless-wait", "endless-date"),
                circle("endless-reminder", "endless-date"),
                // letters: scripts, fetching, other templates, values unescaped
                letter("script", "<script>fetch('/admin')</script>", "letter-html"),
                letter("picture from elsewhere", "<img src='http://127.0.0.1:1/a.png'>", "letter-html"),
                letter("handler", "<p onclick=\"alert(1)\">Hello</p>", "letter-html"),
                letter("script in a link", "<a href=\"javascript:alert(1)\">Hello</a>", "letter-html"),
                letter("file in a link", "<a href='file:///etc/passwd'>Hello</a>", "letter-html"),
                letter("style", "<style>@import 'http://127.0.0.1:1/a.css'</style>", "letter-html"),
                letter("frame", "<iframe src='/admin'></iframe>", "letter-html"),
                letter("unclosed tag", "<p>Hello</p><script ", "letter-html"),
                letter("raw value", "<p>{{{clientName}}}</p>", "letter-placeholder"),
                letter("raw value by sign", "<p>{{& clientName}}</p>", "letter-placeholder"),
                letter("other template", "<p>{{> /etc/passwd}}</p>", "letter-placeholder"),
                letter("other marks", "<p>{{=<% %>=}}<% clientName %></p>", "letter-placeholder"),
                letter("class", "<p>{{clientName.class.name}}</p>", "letter-placeholder"),
                letter("section without end", "<p>{{#clientName}}</p>", "letter-placeholder"),
                letter("expression", "<p>" + REFLECTION + "</p>", "stray-expression"),
                letter("bean", "<p>{{@dataSource.connection}}</p>", "letter-placeholder"),
                letter("page expression", "<p th:text=\"${@dataSource}\">x</p>", "letter-html"),
                letter("page expression in line", "<p>[[${@dataSource.connection}]]</p>", "stray-expression"),
                letter("file in an entity", "<!ENTITY a SYSTEM 'file:///etc/passwd'><p>&a;</p>", "letter-html"),
                // translations
                labels("html", "task.ask.call-client = <img src=x onerror=alert(1)>", "label-html"),
                labels("key of another folder", "task.engagement-on-entry.accept-intake = x", "label-key"),
                labels("key of the frame", "web.sign-out = Delete everything", "label-key"),
                labels("expression", "task.ask.call-client = " + REFLECTION, "stray-expression"),
                labels("huge", "task.ask.call-client = " + "x".repeat(100_000), "too-large"),
                labels("script in a link", "process.ask = <a href='javascript:alert(1)'>x</a>", "label-html"),
                labels("picture", "process.ask = ![x](https://example.org/a.png)", "label-html"),
                labels("broken escape", "task.ask.call-client = \\u12", "malformed"),
                labels("twice", "process.ask = a\nprocess.ask = b", "duplicate-id"),
                labels("control character", "process.ask = a\\u0007b", "form-text"));
    }

    private static Attack diagram(String name, String rule, String element) {
        try {
            // Named as one that runs, so that the Modeler's door lets it as far as the check.
            String text = Files.readString(DIAGRAMS.resolve(name + ".bpmn"))
                    .replace("id=\"attack\"", "id=\"ask\"")
                    .replace("PORT", "1");
            return new Attack(name, "ask.bpmn", bytes(text), rule, element);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One that nobody ever stops. */
    private static Attack circle(String name, String rule) {
        try {
            return new Attack(name, "ask.bpmn", Files.readAllBytes(CIRCLES.resolve(name + ".bpmn")), rule, "target");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A step of the small diagram with other attributes. */
    private static Attack drawn(String name, String attributes, String rule) {
        try {
            String text = Files.readString(DIAGRAMS.resolve("expression.bpmn"))
                    .replace("id=\"attack\"", "id=\"ask\"")
                    .replaceFirst("camunda:expression=\"[^\"]*\"", Matcher.quoteReplacement(attributes));
            return new Attack(name, "ask.bpmn", bytes(text), rule, "target");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Attack decision(String name, String from, String to, String rule) {
        return new Attack(
                "decision: " + name, "answer-policy.dmn", bytes(changed("answer-policy.dmn", from, to)), rule, "");
    }

    private static Attack form(String name, String from, String to, String rule) {
        return new Attack(
                "form: " + name, "forms/answer.form", bytes(changed("forms/answer.form", from, to)), rule, "");
    }

    private static Attack letter(String name, String body, String rule) {
        return new Attack(
                "letter: " + name,
                "letters/hello.en.html",
                bytes("<html lang='en'><head><title>Hello</title></head><body>\n" + body + "\n</body></html>"),
                rule,
                "");
    }

    /** Each line is twice the one before: a thousand characters that want to become more than there is memory. */
    private static String grainsOfRice() {
        StringBuilder grains = new StringBuilder("{a0: \"aaaaaaaaaa\"");
        for (int line = 1; line < 50; line++) {
            grains.append(", a" + line + ": a" + (line - 1) + " + a" + (line - 1));
        }
        return grains.append("}.a49").toString();
    }

    private static Attack labels(String name, String line, String rule) {
        return new Attack("words: " + name, "labels/en.properties", bytes(line + "\n"), rule, "");
    }

    /** By what they are: nearly all the time of a test is its fresh start. */
    static Stream<Arguments> kinds() {
        Map<String, List<Attack>> kinds = new TreeMap<>();
        attacks().forEach(attack -> kinds.computeIfAbsent(attack.kind(), any -> new ArrayList<>())
                .add(attack));
        return kinds.entrySet().stream()
                .map(kind -> Arguments.of(Named.of(kind.getKey() + ": " + kind.getValue(), kind.getValue())));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areRefusedAtEveryDoor(List<Attack> attacks) throws Exception {
        for (Attack attack : attacks) {
            isRefusedAtEveryDoor(attack);
            theEngineKeepsWhatItHad(attack.name());
        }
    }

    /** The list of attacks and the kinds of files, none without something that is tried. */
    @Test
    void areOfEveryNumberInEveryKindOfFile() {
        Set<String> tried = new TreeSet<>();
        attacks()
                .forEach(
                        attack -> tried.add(attack.kind() + ": " + attack.name().replaceFirst("^[a-z]+: ", "")));
        harmless().keySet().forEach(kind -> tried.add(kind + ": approved"));
        List<String> rows = TABLE.lines().toList();
        for (int number = 1; number <= 13; number++) {
            List<String> row = Stream.of(rows.get(number - 1).split("\\|"))
                    .map(String::strip)
                    .toList();
            assertThat(row.get(0)).isEqualTo(String.valueOf(number));
            for (int kind = 0; kind < KINDS.size(); kind++) {
                if (!row.get(kind + 1).startsWith("- ")) {
                    assertThat(tried).contains(KINDS.get(kind) + ": " + row.get(kind + 1));
                }
            }
        }
        assertThat(rows).hasSize(13);
    }

    /** One change of each kind of file to which nobody can object. */
    private static Map<String, Attack> harmless() {
        return Map.of(
                "diagram",
                new Attack("d", "ask.bpmn", bytes(changed("ask.bpmn", "Call the client", "Ring the client")), "", ""),
                "decision",
                decision("d", "<text>3</text>", "<text>4</text>", ""),
                "form",
                form("d", "Number dialled", "Which number?", ""),
                "letter",
                letter("d", "<p>Good morning</p>", ""),
                "words",
                labels("d", "process.ask = Asking", ""));
    }

    /** 12: whatever door it came through, whoever wrote it does not approve it. */
    @Test
    void areApprovedByNoAuthorWhateverTheDoor() throws Exception {
        fourEyes.set(studio.york().id(), true, studio.ben());
        for (Attack change : harmless().values()) {
            save(change.path(), change.content());
            isApprovedByNobodyWhoWroteIt("editor", change);
            assertThat(upload(Map.of(change.path(), change.content())).getStatus())
                    .isEqualTo(200);
            isApprovedByNobodyWhoWroteIt("upload", change);
            if (change.path().matches(".*\\.(bpmn|dmn|form)")) {
                assertThat(deploy(change.path(), change.content()).getStatus())
                        .as("modeler: %s", change)
                        .isEqualTo(409);
                assertThat(publishing.waiting(ASK)).as("modeler: %s", change).isPresent();
                approvalIsRefused("modeler", change, mona);
            }
        }
        theEngineKeepsWhatItHad("own approvals");
    }

    private void isApprovedByNobodyWhoWroteIt(String door, Attack change) throws Exception {
        publishing.propose(ASK, drafts.current(ASK).hash(), "", studio.ada(), Locale.ENGLISH);
        approvalIsRefused(door, change, studio.ada());
    }

    private void approvalIsRefused(String door, Attack change, UserId author) throws Exception {
        assertThat(web.perform(post("/studio/ask/approve")
                                .param("hash", drafts.current(ASK).hash())
                                .with(csrf())
                                .with(signedIn(author)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as("%s: %s", door, change)
                .isEqualTo(403);
        drafts.discard(ASK, author);
    }

    @Test
    void areManyEnough() {
        assertThat(attacks()).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    }

    private void isRefusedAtEveryDoor(Attack attack) throws Exception {
        save(attack.path(), attack.content());
        refusedByTheCheck(attack, "draft");
        long logged = refusalsLogged();
        refusedByPublishing(attack);
        logged = loggedOnceMore(logged, "publishing", attack);
        // Every diagram's own turn is RehearsalTest's.
        if (!attack.kind().equals("diagram")) {
            refusedByTheRehearsal(attack);
            logged = loggedOnceMore(logged, "rehearsal", attack);
        }
        if (attack.rule().equals("doctype")) {
            readByNoPage(attack);
        }
        refusedByThePreview(attack);
        if (attack.kind().equals("letter")) {
            logged = loggedOnceMore(logged, "preview", attack);
            refusedByThePreview(attack);
            assertThat(refusalsLogged())
                    .as("said once, though editors ask again every few letters")
                    .isEqualTo(logged);
        }
        drafts.discard(ASK, studio.ada());

        assertThat(upload(Map.of(attack.path(), attack.content())).getStatus()).isEqualTo(200);
        refusedByTheCheck(attack, "upload");
        drafts.discard(ASK, studio.ada());

        assertThat(uploadAlone(attack.path(), attack.content()).getStatus()).isEqualTo(200);
        refusedByTheCheck(attack, "upload of the file alone");
        drafts.discard(ASK, studio.ada());

        if (attack.path().matches(".*\\.(bpmn|dmn|form)")) {
            MockHttpServletResponse modeler = deploy(attack.path(), attack.content());
            assertThat(modeler.getStatus()).as("modeler: " + attack.name()).isEqualTo(400);
            assertThat(text(modeler)).contains("message").contains(attack.element());
            assertThat(text(modeler)).doesNotContain("root:", "at org.", "Exception:");
            loggedOnceMore(logged, "modeler", attack);
        }
    }

    private long loggedOnceMore(long before, String door, Attack attack) {
        assertThat(refusalsLogged())
                .as("the log of %s: %s", door, attack.name())
                .isEqualTo(before + 1);
        return before + 1;
    }

    /** 7: what is not UTF-8 is not even kept, by whatever door it comes. */
    @Test
    void inAnotherEncodingAreKeptAtNoDoor() throws Exception {
        for (Attack change : harmless().values()) {
            byte[] other = new String(change.content(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            assertThat(save(change.path(), other).getStatus())
                    .as("editor: %s", change.path())
                    .isEqualTo(400);
            isLogged("editor", "studio.encoding", studio.ada());
            assertThat(upload(Map.of(change.path(), other)).getStatus())
                    .as("archive: %s", change.path())
                    .isEqualTo(400);
            isLogged("upload", "studio.encoding", studio.ada());
            assertThat(uploadAlone(change.path(), other).getStatus())
                    .as("file alone: %s", change.path())
                    .isEqualTo(400);
            if (change.path().matches(".*\\.(bpmn|dmn|form)")) {
                assertThat(deploy(change.path(), other).getStatus())
                        .as("modeler: %s", change.path())
                        .isEqualTo(400);
                isLogged("modeler", null, mona);
            }
            assertThat(drafts.current(ASK).files().get(change.path()))
                    .as(change.path())
                    .isNotEqualTo(other);
        }
        theEngineKeepsWhatItHad("other encodings");
    }

    /** Whatever publishes, the desktop Modeler too, is held to the scenarios. */
    @Test
    void aScenarioThatGoesOtherwiseStopsTheModelerToo() throws Exception {
        jdbc.sql("""
                        insert into rehearsal_scenario (folder, key, content, author, saved_at) values ('ask', 'other', cast(:content as jsonb), :by, now())
                        """).param("content", """
                        {"key": "other", "name": "Another beginning", "folder": "ask", "process": "ask", "place": "CA-ON",
                         "start": "2026-03-02T09:30", "facts": {}, "moves": [], "expect": ["2026-03-02T09:30 began another"]}
                        """).param("by", studio.ada().value()).update();
        try {
            Attack change = Objects.requireNonNull(harmless().get("diagram"));

            // It answers 503 for as long as the scenarios are tried.
            MockHttpServletResponse answer = await().atMost(Duration.ofMinutes(2))
                    .until(() -> deploy(change.path(), change.content()), each -> each.getStatus() != 503);

            assertThat(answer.getStatus()).isEqualTo(409);
            assertThat(text(answer)).contains("Another beginning");
            theEngineKeepsWhatItHad("a scenario");
        } finally {
            jdbc.sql("delete from rehearsal_scenario where key = 'other'").update();
        }
    }

    /** What is no file of ours, or too large a one, at every door that takes files as they are. */
    @Test
    void whatHasNoPlaceIsLoggedWithItsRuleAndNothingOfWhatWasSent() throws Exception {
        byte[] secret = bytes("Rosa Quispe lives at 12 Elm Street");
        assertThat(save("notes/rosa-quispe.exe", secret).getStatus()).isEqualTo(400);
        isLogged("editor", "studio.path", studio.ada());
        assertThat(save("forms/answer.form", new byte[Drafts.LARGEST_FILE + 1]).getStatus())
                .isEqualTo(413);
        isLogged("editor", "studio.large", studio.ada());
        assertThat(uploadAlone("rosa-quispe.exe", secret).getStatus()).isEqualTo(400);
        isLogged("upload", "studio.path", studio.ada());
        assertThat(deploy("rosa-quispe.exe", secret).getStatus()).isEqualTo(400);
        isLogged("modeler", "studio.modeler.kind", mona);
        assertThat(jdbc.sql(
                                "select details::text from activity where action = 'procedure.refused' order by id desc limit 4")
                        .query(String.class)
                        .list())
                .hasSize(4)
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("rosa") || line.contains("Elm"));
    }

    /** The newest line of whoever tried: at which door, by which rule; null for any. */
    private void isLogged(String door, @Nullable String rule, UserId by) {
        Map<String, Object> line = jdbc.sql("""
                        select action, details ->> 'door' as door, details ->> 'rule' as rule from activity
                         where subject = 'procedure' and by_account = :by order by id desc limit 1
                        """).param("by", by.value()).query().singleRow();
        assertThat(line).containsEntry("action", "procedure.refused").containsEntry("door", door);
        if (rule != null) {
            assertThat(line).containsEntry("rule", rule);
        }
    }

    private long refusalsLogged() {
        return jdbc.sql("select count(*) from activity where action = 'procedure.refused'")
                .query(Long.class)
                .single();
    }

    /** Every rule's own broken model, through the editors' door: what the rule says stands beside its file. */
    @Test
    void soAreAllBrokenModels() throws Exception {
        SoftAssertions all = new SoftAssertions();
        List<String> rules = brokenModels();
        assertThat(rules).hasSizeGreaterThan(75);
        for (String rule : rules) {
            Path folder = MODELS.resolve(rule);
            boolean saved = true;
            for (Path file : files(folder)) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                int status = save(path, Files.readAllBytes(file)).getStatus();
                saved &= status == 204;
                all.assertThat(status).as(rule + " " + path).isIn(204, 400, 413);
            }
            if (saved) {
                all.assertThat(rulesOfTheCheck()).as(rule).contains(rule);
                if (!Set.of("label", "unhandled-form").contains(rule)) {
                    all.assertThat(publish().getStatus())
                            .as("publishing " + rule)
                            .isEqualTo(422);
                }
            } else {
                // not even kept: too large, not text, or of no kind that a folder has
                all.assertThat(rule).isIn("encoding", "path", "too-large");
            }
            drafts.discard(ASK, studio.ada());
        }
        all.assertAll();
    }

    private void refusedByTheCheck(Attack attack, String door) throws Exception {
        JsonNode findings = check();
        assertThat(findings).as(door + ": " + attack.name()).anySatisfy(finding -> {
            assertThat(finding.path("rule").asString()).isEqualTo(attack.rule());
            assertThat(finding.path("file").asString()).isEqualTo(attack.path());
            assertThat(finding.path("severity").asString()).isEqualTo("error");
            assertThat(finding.path("words").asString()).isNotBlank().doesNotContain("??");
            if (!attack.element().isEmpty()) {
                assertThat(finding.path("element").asString()).isEqualTo(attack.element());
            }
        });
    }

    private void refusedByPublishing(Attack attack) throws Exception {
        MockHttpServletResponse answer = publish();
        assertThat(answer.getStatus()).as("publish: " + attack.name()).isEqualTo(422);
        assertThat(text(answer)).contains(".").doesNotContain("at org.");
    }

    /** No engine is made for it, not even one in memory. */
    private void refusedByTheRehearsal(Attack attack) throws Exception {
        MockHttpServletResponse answer = web.perform(post("/studio/ask/rehearsals")
                        .param("which", "draft")
                        .param("process", "ask")
                        .param("place", "CA-ON")
                        .param("start", "2026-03-02T09:30")
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as("rehearsal: " + attack.name()).isEqualTo(400);
        assertThat(text(answer)).contains(attack.path()).doesNotContain("root:", "at org.");
    }

    /** The pages that only name what is in the draft read it as carefully. */
    private void readByNoPage(Attack attack) throws Exception {
        for (String page : List.of("/studio/ask/rehearsals", "/studio/ask/scenarios", "/studio/ask/impact")) {
            MockHttpServletResponse shown = web.perform(get(page).with(signedIn(studio.ada())))
                    .andReturn()
                    .getResponse();
            assertThat(shown.getStatus()).as(page + ": " + attack.name()).isEqualTo(200);
            assertThat(text(shown)).doesNotContain("root:");
        }
    }

    private void refusedByThePreview(Attack attack) throws Exception {
        if (attack.kind().equals("letter")) {
            MockHttpServletResponse answer = web.perform(post("/studio/ask/letters/preview")
                            .param("file", attack.path())
                            .contentType("text/plain")
                            .content(attack.content())
                            .with(csrf())
                            .with(signedIn(studio.ada())))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).as("preview: " + attack.name()).isEqualTo(422);
            assertThat(answer.getContentType()).startsWith("application/json");
            assertThat(text(answer)).contains("\"text\"").doesNotContain("root:", "\"html\"");
        }
    }

    private MockHttpServletResponse publish() throws Exception {
        return web.perform(post("/studio/ask/publish")
                        .param("hash", drafts.current(ASK).hash())
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andReturn()
                .getResponse();
    }

    private Set<String> rulesOfTheCheck() throws Exception {
        Set<String> rules = new java.util.TreeSet<>();
        check().forEach(finding -> rules.add(finding.path("rule").asString()));
        return rules;
    }

    private JsonNode check() throws Exception {
        return JsonMapper.shared()
                .readTree(web.perform(post("/studio/ask/check").with(csrf()).with(signedIn(studio.ada())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8))
                .path("findings");
    }

    private MockHttpServletResponse save(String path, byte[] content) throws Exception {
        return web.perform(put("/studio/ask/files")
                        .param("path", path)
                        .header("If-Match", "\"0\"")
                        .contentType("text/plain")
                        .content(content)
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse upload(Map<String, byte[]> files) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return web.perform(post("/studio/ask/upload")
                        .header("X-File-Name", "ask.zip")
                        .contentType("application/octet-stream")
                        .content(bytes.toByteArray())
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse uploadAlone(String path, byte[] content) throws Exception {
        return web.perform(post("/studio/ask/upload")
                        .header("X-File-Name", path.substring(path.lastIndexOf('/') + 1))
                        .contentType("application/octet-stream")
                        .content(content)
                        .with(csrf())
                        .with(signedIn(studio.ada())))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse deploy(String name, byte[] content) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"data\"; filename=\""
                        + name.substring(name.lastIndexOf('/') + 1) + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.write(content);
        body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return web.perform(post("/engine-rest/deployment/create")
                        .contentType("multipart/form-data; boundary=" + BOUNDARY)
                        .content(body.toByteArray())
                        .with(httpBasic("mona", PASSWORD)))
                .andReturn()
                .getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private static List<String> brokenModels() throws IOException {
        try (Stream<Path> folders = Files.list(MODELS)) {
            return folders.map(folder ->
                            Objects.requireNonNull(folder.getFileName()).toString())
                    .filter(name -> !name.equals("sound"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
