package org.ancora.process.studio;

import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.ancora.process.studio.StudioFixtures.changed;
import static org.ancora.process.studio.StudioFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.ancora.access.NewUser;
import org.ancora.access.ProjectId;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.access.Walls;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.process.deployment.Deployments;
import org.ancora.process.model.ModelFixtures;
import org.ancora.process.model.ProcessFolder;
import org.ancora.testing.AncoraTest;
import org.ancora.web.Problem;
import org.camunda.bpm.engine.RepositoryService;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** From a draft to a version that runs, and back: what was looked at is what runs, and the second pair of eyes is a second person's. */
@AncoraTest
class PublishingTest {

    private static final String DIAGRAM = "ask.bpmn";

    @Autowired
    private MockMvc web;

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Versions versions;

    @Autowired
    private Publishing publishing;

    @Autowired
    private FourEyes fourEyes;

    @Autowired
    private Deployments deployments;

    @Autowired
    private Processes processes;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private Users users;

    @Autowired
    private CaseworkFixtures casework;

    @Autowired
    private Walls walls;

    @Autowired
    private JdbcClient jdbc;

    private StudioFixtures.Studio studio;

    @BeforeEach
    void open() {
        studio = fixtures.open();
    }

    @AfterEach
    void forget() {
        fixtures.forget();
    }

    @Test
    void aPublishedDraftRunsFromNowOnAndTheLogKnowsWhoAndWhy() throws Exception {
        processes.start(ASK, "YRK-2026-0001", new ProjectId(7), Variables.none());
        draft(studio.ada(), "Ring the client");
        String before = versions.running(ASK).orElseThrow().deploymentId();
        Document page = page(studio.ada(), "/studio/ask/publish");
        assertThat(page.text()).contains("ask.bpmn", "Publish version 2").doesNotContain("??");

        MockHttpServletResponse published = send(
                studio.ada(),
                "/studio/ask/publish",
                "hash",
                page.select("input[name=hash]").val(),
                "note",
                "Phones");

        assertThat(published.getRedirectedUrl()).startsWith("/studio/ask");
        Version now = versions.running(ASK).orElseThrow();
        assertThat(now)
                .extracting(Version::number, Version::origin, Version::by, Version::note)
                .containsExactly(2, "owner", studio.ada(), "Phones");
        assertThat(text(versions.files(now.deploymentId()).files(), DIAGRAM)).contains("Ring the client");
        assertThat(drafts.find(ASK)).isEmpty();
        assertThat(versions.of(ASK)).extracting(Version::deploymentId).containsExactly(now.deploymentId(), before);
        assertThat(actions()).contains("procedure.draft-begun", "procedure.published");
        processes.start(ASK, "YRK-2026-0002", new ProjectId(7), Variables.none());
        assertThat(processes.running("YRK-2026-0002").get(0).version())
                .isEqualTo(processes.running("YRK-2026-0001").get(0).version() + 1);
        assertThat(deployments.seed(ModelFixtures.sound())).isEqualTo(Deployments.Outcome.OWNERS_VERSION_KEPT);
    }

    /** Attack 12: whatever is saved between the look and the click is not published with it. */
    @Test
    void whatWasNotLookedAtIsNotPublished() {
        String hash = draft(studio.ada(), "Ring the client");
        save(studio.ben(), DIAGRAM, changed(DIAGRAM, "Call the client", "Visit the client"));

        assertThatThrownBy(() -> publishing.publish(ASK, hash, "", studio.ada(), Locale.ENGLISH))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("studio.publish.changed");
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void aDraftOverAnEarlierVersionIsLaidOverTheNewOneFirst() {
        String hash = draft(studio.ada(), "Ring the client");
        Map<String, byte[]> meanwhile =
                new TreeMap<>(versions.files(versions.running(ASK).orElseThrow().deploymentId())
                        .files());
        meanwhile.put("letters/hello.en.html", bytes("<p>Good day</p>"));
        deployments.publish(
                new ProcessFolder(ASK, meanwhile), new Deployments.Publication("owner", studio.ben(), null, "", null));

        assertThatThrownBy(() -> publishing.publish(ASK, hash, "", studio.ada(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.overtaken");
        drafts.rebase(ASK, studio.ada());
        Version now = publishing.publish(ASK, hash(), "", studio.ada(), Locale.ENGLISH);

        assertThat(text(versions.files(now.deploymentId()).files(), DIAGRAM)).contains("Ring the client");
        assertThat(text(versions.files(now.deploymentId()).files(), "letters/hello.en.html"))
                .isEqualTo("<p>Good day</p>");
    }

    @Test
    void whatTheCheckRefusesIsShownWithItsElementAndCannotBePublished() throws Exception {
        drafts.begin(ASK, studio.ada());
        save(studio.ada(), DIAGRAM, changed(DIAGRAM, "${planCall}", "${dataSource}"));
        long before = repository.createDeploymentQuery().count();

        Document page = page(studio.ada(), "/studio/ask/publish");
        assertThat(page.select(".studio-findings").text()).contains("dataSource", "Plan the call");
        assertThat(page.select(".studio-findings a").attr("href"))
                .isEqualTo("/studio/ask/edit?file=ask.bpmn#plan-call");
        assertThat(page.select("button:contains(Publish version)")).isEmpty();
        MockHttpServletResponse forced = send(studio.ada(), "/studio/ask/publish", "hash", hash());

        assertThat(forced.getStatus()).isEqualTo(422);
        assertThat(forced.getContentAsString(StandardCharsets.UTF_8)).contains("plan-call", "dataSource");
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
        assertThat(actions()).contains("procedure.refused");
        assertThat(page(studio.ada(), "/studio").text()).contains("Draft: 1 problem");
    }

    @Test
    void anEarlierVersionRunsAgainAsANewOne() throws Exception {
        String first = versions.running(ASK).orElseThrow().deploymentId();
        Version second =
                publishing.publish(ASK, draft(studio.ada(), "Ring the client"), "", studio.ada(), Locale.ENGLISH);

        Document page = page(studio.ben(), "/studio/ask/back?to=" + first);
        assertThat(page.text()).contains("version 1", "as version 3", "ask.bpmn");
        send(studio.ben(), "/studio/ask/back", "to", first, "running", second.deploymentId(), "note", "Too many calls");

        Version now = versions.running(ASK).orElseThrow();
        assertThat(now)
                .extracting(Version::number, Version::by, Version::note)
                .containsExactly(3, studio.ben(), "Too many calls");
        assertThat(text(versions.files(now.deploymentId()).files(), DIAGRAM)).contains("Call the client");
        assertThat(actions()).contains("procedure.restored");
        // decided by what ran then
        assertThatThrownBy(() -> publishing.goBack(
                        ASK, second.deploymentId(), second.deploymentId(), "", studio.ben(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.overtaken");
        web.perform(get("/studio/ask/back").param("to", "elsewhere").with(signedIn(studio.ben())))
                .andExpect(status().isNotFound());
        assertThat(send(studio.worker(), "/studio/ask/back", "to", first).getStatus())
                .isEqualTo(403);
    }

    /** Attack 12: nobody approves their own, and only what was proposed can be approved. */
    @Test
    void whereTwoOwnersAreAskedForNobodyApprovesTheirOwn() throws Exception {
        fourEyes.set(studio.york().id(), true, studio.ben());
        String hash = draft(studio.ada(), "Ring the client");
        assertThatThrownBy(() -> publishing.publish(ASK, hash, "", studio.ada(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.four-eyes");
        Document page = page(studio.ada(), "/studio/ask/publish");
        assertThat(page.text()).contains("Propose it").doesNotContain("Publish version");
        send(studio.ada(), "/studio/ask/publish", "hash", hash, "note", "Phones", "propose", "true");

        assertThat(page(studio.ada(), "/studio/ask/publish").text())
                .contains("another owner has to approve")
                .doesNotContain("Approve and publish");
        assertThat(send(studio.ada(), "/studio/ask/approve", "hash", hash).getStatus())
                .isEqualTo(403);
        assertThat(send(studio.ben(), "/studio/ask/approve", "hash", "0".repeat(64))
                        .getStatus())
                .isEqualTo(409);
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);

        assertThat(page(studio.ben(), "/studio/ask/publish").text()).contains("Approve and publish", "Phones");
        send(studio.ben(), "/studio/ask/approve", "hash", hash);

        assertThat(versions.running(ASK).orElseThrow())
                .extracting(Version::number, Version::by, Version::note)
                .containsExactly(2, studio.ada(), "Phones");
        assertThat(jdbc.sql("select approved_by from publication")
                        .query(Long.class)
                        .single())
                .isEqualTo(studio.ben().value());
    }

    @Test
    void aProposalThatWasChangedSinceIsNoneAndAnAuthorsFriendIsNoSecondPairOfEyes() throws Exception {
        fourEyes.set(studio.york().id(), true, studio.ada());
        String hash = draft(studio.ada(), "Ring the client");
        publishing.propose(ASK, hash, "", studio.ben(), Locale.ENGLISH);

        // Ada wrote it, so that Ben proposed it does not make her the second.
        assertThatThrownBy(() -> publishing.approve(ASK, hash, studio.ada(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.own");
        publishing.propose(ASK, hash, "", studio.ada(), Locale.ENGLISH);
        save(studio.ada(), DIAGRAM, changed(DIAGRAM, "Call the client", "Visit the client"));
        assertThatThrownBy(() -> publishing.approve(ASK, hash, studio.ben(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.changed");
        assertThatThrownBy(() -> publishing.approve(ASK, hash(), studio.ben(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.not-proposed");
        assertThat(page(studio.ben(), "/studio/ask/publish").text()).contains("has to be proposed again");

        publishing.decline(ASK, studio.ben());
        assertThat(publishing.waiting(ASK)).isEmpty();
        assertThat(actions()).contains("procedure.proposed", "procedure.proposal-declined", "procedure.four-eyes-on");
        assertThat(drafts.find(ASK)).isPresent();
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
    }

    /** Attack 12: an author stays one, whoever saves the same file after them. */
    @Test
    void savingTheSameFileLaterDoesNotMakeItsFirstAuthorASecondPairOfEyes() {
        fourEyes.set(studio.york().id(), true, studio.ada());
        draft(studio.ada(), "Ring the client");
        save(studio.ben(), DIAGRAM, changed(DIAGRAM, "Call the client", "Ring the client soon"));
        publishing.propose(ASK, hash(), "", studio.ben(), Locale.ENGLISH);

        assertThatThrownBy(() -> publishing.approve(ASK, hash(), studio.ada(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.own");
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);
    }

    /** Attack 12: an author's own second account is no second person. */
    @Test
    void anAccountThatAnAuthorHasJustMadeApprovesNothing() {
        fourEyes.set(studio.york().id(), true, studio.ben());
        UserId second = users.create(new NewUser("ada2", "Ada Again", null, null, null), studio.ada());
        users.grant(second, studio.york().id(), Role.OWNER, studio.ada());
        String hash = draft(studio.ada(), "Ring the client");
        publishing.propose(ASK, hash, "", studio.ada(), Locale.ENGLISH);

        assertThatThrownBy(() -> publishing.approve(ASK, hash, second, Locale.ENGLISH))
                .hasMessageContaining("studio.publish.own-account");
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(1);

        // Whoever was made an owner by somebody who wrote nothing of it is one.
        publishing.approve(ASK, hash, studio.ben(), Locale.ENGLISH);
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(2);
    }

    /** Attack 12: going back is a publication, too. */
    @Test
    void goingBackNeedsTheSecondPairOfEyesAsWell() throws Exception {
        String first = versions.running(ASK).orElseThrow().deploymentId();
        Version second =
                publishing.publish(ASK, draft(studio.ada(), "Ring the client"), "", studio.ada(), Locale.ENGLISH);
        fourEyes.set(studio.york().id(), true, studio.ben());

        send(studio.ada(), "/studio/ask/back", "to", first, "running", second.deploymentId());

        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(2);
        assertThat(publishing.waiting(ASK)).isPresent();
        assertThatThrownBy(() -> publishing.approve(ASK, hash(), studio.ada(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.own");
        // Running cases move to what was published, never to what waits.
        assertThat(send(studio.ada(), "/studio/ask/migrate", "from", second.deploymentId(), "to", "draft")
                        .getStatus())
                .isEqualTo(404);
        // Nor does one owner alone take cases back to a version that is no longer what two decided on.
        assertThat(send(studio.ada(), "/studio/ask/migrate", "from", second.deploymentId(), "to", first, "do", "move")
                        .getStatus())
                .isEqualTo(409);
        assertThat(send(studio.ada(), "/studio/ask/migrate", "from", first, "to", second.deploymentId(), "do", "move")
                        .getStatus())
                .isEqualTo(302);
        // What was saved meanwhile is not approved with it.
        save(studio.ada(), DIAGRAM, changed(DIAGRAM, "Call the client", "Visit the client"));
        assertThatThrownBy(() -> publishing.approve(ASK, hash(), studio.ben(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.not-proposed");
        assertThat(versions.running(ASK).orElseThrow().number()).isEqualTo(2);
    }

    /** Attack 12: nobody who publishes does away with the second pair of eyes, publishes, and asks for it again. */
    @Test
    void whoeverPublishesCannotDoAwayWithTheSecondPairOfEyes() throws Exception {
        UserId both = casework.aPerson("Oona Both", studio.york(), Role.OWNER, Role.ADMIN);
        UserId admin = casework.aPerson("Adam Admin", studio.york(), Role.ADMIN);
        String page = "/admin/projects/" + studio.york().key() + "/publishing";

        send(both, page, "wanted", "true");
        assertThat(fourEyes.wanted()).isTrue();
        assertThat(send(both, page).getStatus()).isEqualTo(403);
        assertThat(fourEyes.wanted()).isTrue();
        send(admin, page);
        assertThat(fourEyes.wanted()).isFalse();
    }

    @Test
    void theListAndTheFolderSayWhatRunsAndWhoIsChangingIt() throws Exception {
        processes.start(ASK, "YRK-2026-0001", new ProjectId(7), Variables.none());
        draft(studio.ada(), "Ring the client");

        for (String language : List.of("en", "es", "it")) {
            for (String path : List.of("/studio", "/studio/ask", "/studio/ask/publish", "/studio/ask/discard")) {
                Document page = Jsoup.parse(web.perform(
                                get(path).header("Accept-Language", language).with(signedIn(studio.ben())))
                        .andExpect(status().isOk())
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8));
                assertThat(page.text())
                        .as(path + " " + language)
                        .contains("ask")
                        .doesNotContain("??");
            }
        }
        Document list = page(studio.ben(), "/studio");
        assertThat(list.select("tr:has(a[href=/studio/ask])").text())
                .contains("Version 1", "came with Ancora", "Ada Owner", "Draft: 1 file", "1");
        Document folder = page(studio.ben(), "/studio/ask");
        assertThat(folder.text()).contains("version 1 in use, 1 running", "Ada Owner");
        assertThat(folder.select(".studio-files a[href*=hello.it.html]").text()).isEqualTo("hello Italiano");
        assertThat(folder.select(".studio-files li:contains(ask.bpmn)").text()).contains("changed");

        walls.raise(studio.ben(), "YRK-2026-0001");
        assertThat(page(studio.ben(), "/studio/ask").text())
                .as("Ben must not know of that case")
                .contains("version 1 in use, none running");
        assertThat(page(studio.ada(), "/studio/ask").text()).contains("version 1 in use, 1 running");
        assertThat(page(studio.ben(), "/studio")
                        .select("tr:has(a[href=/studio/ask]) td:containsOwn(1)")
                        .eachText())
                .isEmpty();

        send(studio.ben(), "/studio/ask/take-back", "path", DIAGRAM, "version", version(DIAGRAM));
        assertThat(drafts.find(ASK).orElseThrow().files()).isEmpty();
        send(studio.ben(), "/studio/ask/discard");
        assertThat(drafts.find(ASK)).isEmpty();
        web.perform(get("/studio/ask/publish").with(signedIn(studio.ben())))
                .andExpect(redirectedUrl("/studio/ask"))
                .andExpect(flash().attribute("told", "studio.told.no-draft"));
        for (String path : List.of("/studio", "/studio/ask", "/studio/ask/discard", "/studio/ask/publish")) {
            web.perform(get(path).with(signedIn(studio.worker()))).andExpect(status().isForbidden());
        }
    }

    /** Owners' letters may be in languages that the pages are not in. */
    @Test
    void aLetterInAnotherLanguageIsShownByItsCode() throws Exception {
        drafts.begin(ASK, studio.ada());
        save(studio.ada(), "letters/hello.de.html", "<p>Hallo</p>");

        assertThat(page(studio.ada(), "/studio/ask")
                        .select(".studio-files a[href*=hello.de.html]")
                        .text())
                .isEqualTo("hello de");
        assertThat(publishing.review(ASK, Locale.ENGLISH).orElseThrow().refused())
                .isFalse();
    }

    @Test
    void aDownloadedVersionCanBeBroughtInAgain() throws Exception {
        String first = versions.running(ASK).orElseThrow().deploymentId();
        byte[] archive = web.perform(
                        get("/studio/ask/download").param("version", first).with(signedIn(studio.ada())))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        assertThat(names(archive))
                .contains("processes/ask/ask.bpmn", "processes/ask/letters/hello.it.html", "forms/answer.form");
        publishing.publish(ASK, draft(studio.ada(), "Ring the client"), "", studio.ada(), Locale.ENGLISH);

        assertThat(upload(studio.ben(), "ask.zip", archive).getStatus()).isEqualTo(200);

        assertThat(drafts.find(ASK).orElseThrow().files()).containsOnlyKeys(DIAGRAM);
        assertThat(drafts.current(ASK).hash()).isEqualTo(versions.files(first).hash());

        // There and back, byte by byte: what was downloaded, published again and downloaded is the same archive.
        publishing.publish(ASK, drafts.current(ASK).hash(), "", studio.ben(), Locale.ENGLISH);
        assertThat(web.perform(get("/studio/ask/download").with(signedIn(studio.ada())))
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray())
                .isEqualTo(archive);
    }

    /** An entry that says it is a link is a file with the words of the link, and nothing follows them. */
    @Test
    void aLinkInAnArchiveIsAFileLikeAnyOther() throws Exception {
        byte[] archive = zip(Map.of(DIAGRAM, bytes("/etc/passwd")));
        for (int at = 0; at + 46 < archive.length; at++) {
            if (archive[at] == 'P' && archive[at + 1] == 'K' && archive[at + 2] == 1 && archive[at + 3] == 2) {
                archive[at + 5] = 3; // made on Unix
                archive[at + 40] = (byte) 0xff;
                archive[at + 41] = (byte) 0xa1; // a symbolic link
            }
        }

        assertThat(upload(studio.ada(), "link.zip", archive).getStatus()).isEqualTo(200);
        assertThat(text(drafts.current(ASK).files(), DIAGRAM)).isEqualTo("/etc/passwd");
        assertThat(publishing.review(ASK, Locale.ENGLISH).orElseThrow().refused())
                .isTrue();
    }

    @Test
    void hostileArchivesAreRefusedWholeAndFromOthersNothingIsTaken() throws Exception {
        byte[] sound = versions.files(versions.running(ASK).orElseThrow().deploymentId())
                .files()
                .get(DIAGRAM);
        for (String name : List.of(
                "../../etc/cron.d/x.bpmn",
                "processes/../ask.bpmn",
                "processes/engagement/engagement-policy.dmn",
                "/ask.bpmn",
                "forms\\answer.form",
                "processes/ask/run.sh",
                "processes/ask/letters/a.en.html/../../x.bpmn",
                "forms/answer.form\u0000.bpmn",
                "META-INF/MANIFEST.MF")) {
            assertThat(upload(studio.ada(), "x.zip", zip(Map.of(DIAGRAM, sound, name, bytes("x"))))
                            .getStatus())
                    .as(name)
                    .isEqualTo(400);
        }
        // Four megabytes that become four gigabytes when they are believed.
        assertThat(upload(studio.ada(), "bomb.zip", zip(Map.of(DIAGRAM, new byte[200_000_000])))
                        .getStatus())
                .isEqualTo(413);
        // A folder that holds a file, which would be unpacked only to be passed over.
        assertThat(upload(studio.ada(), "folder.zip", zip(Map.of(DIAGRAM, sound, "letters/", new byte[50_000_000])))
                        .getStatus())
                .isEqualTo(400);
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i < 250; i++) {
            many.put("forms/form-" + i + ".form", bytes("{}"));
        }
        assertThat(upload(studio.ada(), "many.zip", zip(many)).getStatus()).isEqualTo(413);
        assertThat(upload(studio.ada(), "x.zip", bytes("no archive")).getStatus())
                .isEqualTo(400);
        assertThat(upload(studio.ada(), "x.zip", new byte[] {'P', 'K', 3, 4, 9, 9, 9})
                        .getStatus())
                .isEqualTo(400);
        assertThat(upload(studio.ada(), "run.exe", bytes("MZ")).getStatus()).isEqualTo(400);
        assertThat(upload(studio.ada(), "ask.bpmn", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 60})
                        .getStatus())
                .isEqualTo(400);
        assertThat(upload(studio.ada(), "large.zip", new byte[6 * 1024 * 1024]).getStatus())
                .isEqualTo(413);
        assertThat(upload(studio.worker(), "ask.bpmn", sound).getStatus()).isEqualTo(403);

        assertThat(drafts.find(ASK)).isEmpty();
    }

    @Test
    void anUploadDoesNotOverwriteWhatItsOwnerHasNotSeen() throws Exception {
        draft(studio.ada(), "Ring the client");
        byte[] mine = bytes(changed(DIAGRAM, "Call the client", "Visit the client"));

        assertThat(upload(studio.ben(), "ask.bpmn", mine).getStatus()).isEqualTo(409);
        assertThat(text(drafts.current(ASK).files(), DIAGRAM)).contains("Ring the client");

        assertThat(web.perform(post("/studio/ask/upload")
                                .param("seen", version(DIAGRAM))
                                .header("X-File-Name", "ask.bpmn")
                                .contentType("application/octet-stream")
                                .content(mine)
                                .with(csrf())
                                .with(signedIn(studio.ben())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThat(text(drafts.current(ASK).files(), DIAGRAM)).contains("Visit the client");
    }

    private String version(String path) {
        return String.valueOf(
                drafts.find(ASK).orElseThrow().file(path).orElseThrow().version());
    }

    private String draft(UserId by, String name) {
        drafts.begin(ASK, by);
        save(by, DIAGRAM, changed(DIAGRAM, "Call the client", name));
        return hash();
    }

    private void save(UserId by, String path, String content) {
        int version = drafts.find(ASK)
                .flatMap(draft -> draft.file(path))
                .map(DraftFile::version)
                .orElse(0);
        drafts.save(ASK, path, bytes(content), version, by);
    }

    private String hash() {
        return drafts.current(ASK).hash();
    }

    private List<String> actions() {
        return jdbc.sql("select action from activity where subject in ('procedure', 'project') order by id")
                .query(String.class)
                .list();
    }

    private Document page(UserId who, String path) throws Exception {
        return Jsoup.parse(web.perform(get(path).with(signedIn(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8));
    }

    private MockHttpServletResponse send(UserId who, String path, String... form) throws Exception {
        var request = post(path);
        for (int i = 0; i < form.length; i += 2) {
            request.param(form[i], form[i + 1]);
        }
        return web.perform(request.with(csrf()).with(signedIn(who))).andReturn().getResponse();
    }

    private MockHttpServletResponse upload(UserId who, String name, byte[] content) throws Exception {
        return web.perform(post("/studio/ask/upload")
                        .header("X-File-Name", name)
                        .header("Accept", "application/json")
                        .contentType("application/octet-stream")
                        .content(content)
                        .with(csrf())
                        .with(signedIn(who)))
                .andReturn()
                .getResponse();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<String> names(byte[] archive) throws IOException {
        List<String> names = new java.util.ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
