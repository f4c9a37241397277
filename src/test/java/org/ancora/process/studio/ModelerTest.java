package org.ancora.process.studio;

import static org.ancora.access.People.PASSWORD;
import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.ancora.process.studio.StudioFixtures.changed;
import static org.ancora.process.studio.StudioFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.process.NewVersions;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.RepositoryService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The door of the desktop Modeler: its three addresses, owners only, and the same check as everywhere. */
@AncoraTest
class ModelerTest {

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    @Autowired
    private MockMvc web;

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private People people;

    @Autowired
    private Versions versions;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Publishing publishing;

    @Autowired
    private RefusalLog refusals;

    @Autowired
    private FindingWords words;

    @Autowired
    private MessageSource messages;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private NewVersions newVersions;

    @Autowired
    private FourEyes fourEyes;

    @Autowired
    private JdbcClient jdbc;

    private StudioFixtures.Studio studio;
    private UserId mona;

    @BeforeEach
    void open() {
        studio = fixtures.open();
        mona = people.person("mona", studio.york().id(), Role.OWNER);
        people.person("walt", studio.york().id(), Role.CASEWORKER);
    }

    @AfterEach
    void forget() {
        fixtures.forget();
        newVersions.withdrawAll("conduct");
    }

    @Test
    void aDiagramTakesThePlaceOfTheOneWithItsProcess() throws Exception {
        deploy("mona", Map.of("my diagram (3).bpmn", ring()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").isNotEmpty())
                .andExpect(jsonPath("$.deploymentTime").isNotEmpty())
                .andExpect(jsonPath("$.deployedProcessDefinitions[*].key").value(org.hamcrest.Matchers.hasItem("ask")));

        Version now = versions.running(ASK).orElseThrow();
        assertThat(now)
                .extracting(Version::number, Version::origin, Version::by)
                .containsExactly(2, "modeler", mona);
        Map<String, byte[]> files = versions.files(now.deploymentId()).files();
        assertThat(text(files, "ask.bpmn")).contains("Ring the client");
        assertThat(files).containsKeys("answer-policy.dmn", "letters/hello.it.html", "forms/answer.form");
        assertThat(actions()).contains("procedure.published");
    }

    @Test
    void severalFilesOfOneFolderComeTogether() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("ask.bpmn", ring());
        files.put("renamed.form", bytes(changed("forms/answer.form", "Number dialled", "Which number?")));

        deploy("mona", files).andExpect(status().isOk());

        assertThat(text(
                        versions.files(versions.running(ASK).orElseThrow().deploymentId())
                                .files(),
                        "forms/answer.form"))
                .contains("Which number?");
    }

    @Test
    void whatTheModelerAsksFirstIsAnsweredAndNothingElseIs() throws Exception {
        web.perform(get("/engine-rest/version").with(httpBasic("mona", PASSWORD)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(org.hamcrest.Matchers.startsWith("7.")))
                .andExpect(header().doesNotExist("Set-Cookie"));
        web.perform(get("/engine-rest/deployment").param("maxResults", "0").with(httpBasic("mona", PASSWORD)))
                .andExpect(status().isOk())
                .andExpect(content().string("[]"));
        web.perform(get("/engine-rest/deployment").with(httpBasic("mona", PASSWORD)))
                .andExpect(status().isNotFound());
        for (String path : new String[] {
            "/engine-rest",
            "/engine-rest/",
            "/engine-rest/process-definition",
            "/engine-rest/task",
            "/engine-rest/engine/default/task",
            "/engine-rest/deployment/create/x",
            "/engine-rest/user/create",
            "/engine-rest/message",
            "/engine-rest/deployment/1/resources"
        }) {
            for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE}) {
                assertThat(web.perform(request(method, path).with(httpBasic("mona", PASSWORD)))
                                .andReturn()
                                .getResponse()
                                .getStatus())
                        .as(method + " " + path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void onlyOwnersWithTheirPasswordComeInAndGuessesAreSlowedDown() throws Exception {
        deploy("walt", Map.of("ask.bpmn", ring())).andExpect(status().isForbidden());
        web.perform(get("/engine-rest/version"))
                .andExpect(status().isUnauthorized())
                // a browser would ask for a password, and send it from wherever it is told to afterwards
                .andExpect(header().doesNotExist("WWW-Authenticate"));
        web.perform(post("/engine-rest/deployment/create").contentType("multipart/form-data; boundary=x"))
                .andExpect(status().isUnauthorized());
        for (int guess = 0; guess < 6; guess++) {
            web.perform(get("/engine-rest/version").with(httpBasic("mona", "guess " + guess)))
                    .andExpect(status().isUnauthorized());
        }
        web.perform(get("/engine-rest/version").with(httpBasic("mona", PASSWORD)))
                .andExpect(status().isUnauthorized());
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void whatMustNotRunIsRefusedWithFileElementAndReason() throws Exception {
        deploy("mona", Map.of("x.bpmn", bytes(changed("ask.bpmn", "${planCall}", "${dataSource}"))))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.type").value("ParseException"))
                .andExpect(jsonPath("$.message").value(org.hamcrest.Matchers.containsString("plan-call")))
                .andExpect(jsonPath("$.details['ask.bpmn'].errors[0].mainElementId")
                        .value("plan-call"));
        deploy("mona", Map.of("x.bpmn", bytes("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>")))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("root:"))));

        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
        assertThat(actions().stream().filter("procedure.refused"::equals)).hasSize(2);
    }

    @Test
    void aProcessThatNobodyHasAndOtherFilesAreRefusedWithTheReason() throws Exception {
        deploy("mona", Map.of("new.bpmn", bytes(changed("ask.bpmn", "id=\"ask\"", "id=\"brand-new\""))))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.message").value(org.hamcrest.Matchers.containsString("brand-new")));
        deploy("mona", Map.of("run.groovy", bytes("1")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.message").value(org.hamcrest.Matchers.containsString("run.groovy")));
        deploy("mona", Map.of()).andExpect(status().isBadRequest());
        for (String body : new String[] {
            "",
            "x",
            "--" + BOUNDARY,
            "--" + BOUNDARY + "\r\n",
            "--" + BOUNDARY + "\r\nContent-Disposition: x\r\n\r\n",
            "--" + BOUNDARY + "\r\n\r\n\r\n--" + BOUNDARY + "--"
        }) {
            web.perform(post("/engine-rest/deployment/create")
                            .contentType("multipart/form-data; boundary=" + BOUNDARY)
                            .content(body)
                            .with(httpBasic("mona", PASSWORD)))
                    .andExpect(status().isBadRequest());
        }
        web.perform(post("/engine-rest/deployment/create")
                        .contentType("application/json")
                        .content("{}")
                        .with(httpBasic("mona", PASSWORD)))
                .andExpect(status().isBadRequest());
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void whereTwoOwnersAreAskedForItBecomesAProposalAndSaysSo() throws Exception {
        fourEyes.set(studio.york().id(), true, studio.ben());

        deploy("mona", Map.of("ask.bpmn", ring()))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.message")
                        .value(org.hamcrest.Matchers.containsString("another owner has to approve")));

        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
        assertThat(publishing.waiting(ASK)).hasValueSatisfying(proposal -> {
            assertThat(proposal.proposedBy()).isEqualTo(mona);
            assertThat(proposal.origin()).isEqualTo("modeler");
        });
        publishing.approve(ASK, drafts.current(ASK).hash(), studio.ben(), java.util.Locale.ENGLISH);
        assertThat(versions.running(ASK).orElseThrow())
                .extracting(Version::number, Version::origin, Version::by)
                .containsExactly(2, "modeler", mona);
    }

    /**
     * The calls of the Modeler 5 in their order, with the headers of its own pages: without a password while somebody types the
     * address, once a second, to find out whether one is asked for; with it when they deploy; the version; and the files. Then
     * it looks for other applications of the engine's maker, and goes without them.
     */
    @Test
    void theModelerIsAnsweredCallByCallAndNoneOfItsQuestionsIsAGuess() throws Exception {
        for (int typed = 0; typed < 12; typed++) {
            web.perform(asksTheModeler("/engine-rest/deployment?maxResults=0", null))
                    .andExpect(status().isUnauthorized())
                    .andExpect(header().doesNotExist("WWW-Authenticate"))
                    .andExpect(jsonPath("$.message").value(org.hamcrest.Matchers.containsString("fit no account")));
        }
        web.perform(asksTheModeler("/engine-rest/deployment?maxResults=0", PASSWORD))
                .andExpect(status().isOk())
                .andExpect(content().contentTypeCompatibleWith("application/json"))
                .andExpect(content().string("[]"));
        web.perform(asksTheModeler("/engine-rest/version", PASSWORD))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.version").value(org.hamcrest.Matchers.matchesPattern("7\\.[0-9]+\\.[0-9]+.*")));
        asTheModeler(form(fieldsOfTheModeler(), Map.of("ask.bpmn", ring()))).andExpect(status().isOk());
        assertThat(web.perform(asksTheModeler("/.well-known/camunda-automation-platform/webapps", null))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isBetween(300, 404);
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(2);
    }

    private static MockHttpServletRequestBuilder asksTheModeler(String path, @Nullable String password) {
        MockHttpServletRequestBuilder request =
                get(path).header("accept", "application/json").header("Origin", "file://");
        return password == null ? request : request.header("authorization", basic("mona", password));
    }

    /** As {@code window.btoa} writes it: a byte for each letter, and no letter that needs more. */
    private static String basic(String name, String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aPasswordWithAccentsIsTheSameInEitherWayOfWritingIt() throws Exception {
        String password = "mañana è già lunedì 2026";
        UserId ines = people.person("ines", studio.york().id(), Role.OWNER);
        jdbc.sql("update account set password_hash = :hash where id = :id")
                .param("hash", "{noop}" + password)
                .param("id", ines.value())
                .update();

        web.perform(get("/engine-rest/version").header("authorization", basic("ines", password)))
                .andExpect(status().isOk());
        web.perform(get("/engine-rest/version")
                        .header(
                                "authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(("ines:" + password).getBytes(StandardCharsets.UTF_8))))
                .andExpect(status().isOk());
        for (String wrong : List.of("Basic", "Basic !", "Basic " + "=".repeat(5), basic("ines", "manana"))) {
            web.perform(get("/engine-rest/version").header("authorization", wrong))
                    .andExpect(status().isUnauthorized())
                    .andExpect(jsonPath("$.message").isNotEmpty());
        }
    }

    /**
     * The Modeler gives up after five seconds and says that it failed. What takes longer to try is tried in the background, and
     * the same files sent again then run; until then nothing does.
     */
    @Test
    void whatTakesLongToTryIsAnsweredInTimeAndRunsTheNextTime() throws Exception {
        Viewer viewer = fixtures.viewer(mona);
        ModelerController door = door(60, Duration.ZERO);
        Version before = versions.running("conduct").orElseThrow();
        byte[] diagram = text(versions.files(before.deploymentId()).files(), "boundary-request.bpmn")
                .replaceFirst("name=\"Documented\"", "name=\"Written down\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] sent = form(fieldsOfTheModeler(), Map.of("boundary-request.bpmn", diagram));

        assertThatThrownBy(() -> door.create(posted(sent), viewer)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status().value()).isEqualTo(503);
            assertThat(String.valueOf(door.refused(problem, Locale.ENGLISH).getBody()))
                    .contains("Before this may run, it is tried: 0 of 1");
        });
        assertThat(versions.running("conduct")).contains(before);

        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(Problem.class)
                .untilAsserted(() -> assertThat(door.create(posted(sent), viewer)
                                .getStatusCode()
                                .value())
                        .isEqualTo(200));
        assertThat(versions.running("conduct").orElseThrow().number()).isEqualTo(before.number() + 1);
    }

    /** What goes otherwise than its scenarios say does not run, through whichever door it comes, until an owner accepts it. */
    @Test
    void whatGoesOtherwiseThanItsScenariosIsRefusedAtThisDoorAndOnThePage() throws Exception {
        Version before = versions.running("conduct").orElseThrow();
        String shipped = Files.readString(Path.of("processes/conduct/conduct-policy.dmn"));
        byte[] table = bytes(shipped.replaceFirst("<text>2</text>", "<text>3</text>"));
        assertThat(table).isNotEqualTo(bytes(shipped));

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> asTheModeler(form(fieldsOfTheModeler(), Map.of("limits.dmn", table)))
                        .andExpect(status().isConflict())
                        .andExpect(jsonPath("$.message")
                                .value(org.hamcrest.Matchers.containsString(
                                        "A boundary request with a worry and a question"))));

        drafts.begin("conduct", mona);
        drafts.save("conduct", "conduct-policy.dmn", table, 0, mona);
        Publishing.Review review = publishing.review("conduct", Locale.ENGLISH).orElseThrow();
        assertThat(review.ready()).isFalse();
        assertThatThrownBy(() -> publishing.publish("conduct", review.hash(), "", mona, Locale.ENGLISH))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.key()).isEqualTo("studio.publish.obstacle");
                    assertThat(problem.status().value()).isEqualTo(409);
                });
        drafts.discard("conduct", mona);
        assertThat(versions.running("conduct")).contains(before);
    }

    private ModelerController door(int atOnce, Duration patience) {
        return new ModelerController(
                versions, publishing, refusals, words, messages, repository, Clock.systemUTC(), atOnce, patience);
    }

    private static MockHttpServletRequest posted(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/engine-rest/deployment/create");
        request.setContentType("multipart/form-data; boundary=" + BOUNDARY);
        request.setContent(body);
        return request;
    }

    /** Field for field as the Modeler 5 sends it from its own pages, with other files beside the diagram. */
    @Test
    void aRequestOfTheModelerIsTakenAsItIsAndTheSameAgainChangesNothing() throws Exception {
        String file = "Anrufen „neu“ (3).bpmn";
        byte[] form = bytes(changed("forms/answer.form", "Number dialled", "Which number?"));
        byte[] sent = form(fieldsOfTheModeler(), Map.of(file, ring(), "answer form.form", form));

        String answer = asTheModeler(sent)
                .andExpect(status().isOk())
                .andExpect(header().doesNotExist("Set-Cookie"))
                .andExpect(header().doesNotExist("Access-Control-Allow-Origin"))
                .andExpect(jsonPath("$.id").isNotEmpty())
                .andExpect(jsonPath("$.deployedProcessDefinitions").isMap())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        Version now = versions.running(ASK).orElseThrow();
        assertThat(answer).contains("\"key\":\"ask\"", now.deploymentId());
        assertThat(text(versions.files(now.deploymentId()).files(), "forms/answer.form"))
                .contains("Which number?");

        // enable-duplicate-filtering: what is there already is no new version
        asTheModeler(sent).andExpect(status().isOk()).andExpect(jsonPath("$.id").value(now.deploymentId()));
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(2);
        assertThat(actions().stream().filter("procedure.published"::equals)).hasSize(1);
    }

    /** The Modeler reads the body of every answer as JSON and shows what stands in {@code message}. */
    @Test
    void everyRefusalIsJsonWithAMessage() throws Exception {
        String letter = "hello.en.html";
        for (ResultActions refused : List.of(
                web.perform(get("/engine-rest/version").accept("application/json")),
                web.perform(get("/engine-rest/version").with(httpBasic("walt", PASSWORD))),
                web.perform(get("/engine-rest/deployment").with(httpBasic("mona", PASSWORD))),
                asTheModeler(form(fieldsOfTheModeler(), Map.of(letter, bytes("<p>Hello</p>")))),
                asTheModeler(form(fieldsOfTheModeler(), Map.of())),
                asTheModeler(bytes("--x")))) {
            refused.andExpect(status().is4xxClientError())
                    .andExpect(content().contentTypeCompatibleWith("application/json"))
                    .andExpect(jsonPath("$.type").isNotEmpty())
                    .andExpect(jsonPath("$.message").isNotEmpty());
        }
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void whoeverAsksWithoutEndIsToldToWait() {
        ModelerController door = door(3, Duration.ZERO);
        Viewer viewer = fixtures.viewer(mona);

        for (int each = 0; each < 3; each++) {
            assertThat(door.version(viewer).getStatusCode().value()).isEqualTo(200);
        }
        assertThatThrownBy(() -> door.version(viewer)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(
                        door.refused(problem, Locale.ENGLISH).toString())
                .contains("429", "Wait a little"));
        assertThat(door.version(fixtures.viewer(studio.ada())).getStatusCode().value())
                .isEqualTo(200);
    }

    private static Map<String, String> fieldsOfTheModeler() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("deployment-name", "Anrufen „neu“ (3)");
        fields.put("deployment-source", "Camunda Modeler");
        fields.put("enable-duplicate-filtering", "true");
        return fields;
    }

    private ResultActions asTheModeler(byte[] body) throws Exception {
        return web.perform(post("/engine-rest/deployment/create")
                .contentType("multipart/form-data; boundary=" + BOUNDARY)
                .header("accept", "application/json")
                .header("Origin", "file://")
                .header("User-Agent", "Mozilla/5.0 camunda-modeler/5.30.0 Chrome/130.0.6723.191 Electron/33.3.1")
                .content(body)
                .header("authorization", basic("mona", PASSWORD)));
    }

    /** A session of the pages opens nothing here, so no other site can use one. */
    @Test
    void theTokenlessDoorKnowsNoSession() throws Exception {
        assertThat(web.perform(get("/engine-rest/version").with(signedIn(studio.ada())))
                        .andReturn()
                        .getRequest()
                        .getSession(false))
                .isNull();
    }

    private static byte[] ring() {
        return bytes(changed("ask.bpmn", "Call the client", "Ring the client"));
    }

    private java.util.List<String> actions() {
        return jdbc.sql("select action from activity where subject = 'procedure' order by id")
                .query(String.class)
                .list();
    }

    private ResultActions deploy(String who, Map<String, byte[]> files) throws Exception {
        return web.perform(post("/engine-rest/deployment/create")
                .contentType("multipart/form-data; boundary=" + BOUNDARY)
                .content(form(files))
                .with(httpBasic(who, PASSWORD)));
    }

    /** As the Modeler's own FormData writes it. */
    static byte[] form(Map<String, byte[]> files) throws Exception {
        return form(Map.of("deployment-name", "ask", "deployment-source", "Camunda Modeler"), files);
    }

    private static byte[] form(Map<String, String> fields, Map<String, byte[]> files) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Map.Entry<String, String> value : fields.entrySet()) {
            body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + value.getKey() + "\"\r\n\r\n"
                            + value.getValue() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + file.getKey()
                            + "\"; filename=\"" + file.getKey() + "\"\r\nContent-Type: "
                            + (file.getKey().endsWith(".bpmn") ? "text/xml" : "application/octet-stream")
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.write(file.getValue());
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
