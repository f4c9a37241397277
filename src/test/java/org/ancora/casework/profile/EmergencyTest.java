package org.ancora.casework.profile;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Profiles;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Cora coordinates another project of the network; tonight a client of York is in danger. */
@AncoraTest
class EmergencyTest {

    private static final String REASON = "Her sister called: he is at the door";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Users users;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private Clock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc web;

    private Project york;
    private UserId cora;
    private UserId pia;
    private UserId sam;
    private CaseSummary dana;

    @BeforeEach
    void aCaseOfAnotherProject() {
        york = fixtures.aProjectInOntario();
        Project simcoe = fixtures.aSisterOf(york, "simcoe", "SIM");
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        pia = fixtures.aPerson("Pia Prévost", york, Role.PRIVACY);
        cora = fixtures.aPerson("Cora Lindqvist", simcoe, Role.COORDINATOR);
        dana = fixtures.aClient(york).consentingToEverything().openCaseFor(sam);
    }

    @Test
    void opensACaseForAReasonAndAWhile() throws Exception {
        profiles.protect(dana, "A violent partner", sam);
        assertThat(read(dana.path(), cora).getStatus()).isEqualTo(404);

        MockHttpServletResponse opened = open(dana.code(), cora);
        assertThat(opened.getRedirectedUrl()).isEqualTo(dana.path());
        String page = text(read(dana.path(), cora));
        assertThat(page).contains("Dana Whitfield", "(905) 555-0142", "60 minutes left", "End now");
        assertThat(text(read("/", cora))).contains("60 minutes left");

        later(Duration.ofMinutes(59));
        assertThat(text(read(dana.path(), cora))).contains("1 minute left");
        later(Duration.ofMinutes(1));
        assertThat(read(dana.path(), cora).getStatus()).isEqualTo(404);
        assertThat(text(read("/", cora))).doesNotContain("minutes left");
    }

    @Test
    void isReadOnlyAndNoWayIntoTheRestOfTheProject() throws Exception {
        CaseSummary other = fixtures.aClient(york).named("Otto", "Other").openCase();
        open(dana.code(), cora);

        assertThat(read(dana.path() + "/consents", cora).getStatus()).isEqualTo(403);
        assertThat(read(dana.path() + "/close", cora).getStatus()).isEqualTo(403);
        assertThat(read(other.path(), cora).getStatus()).isEqualTo(404);
        assertThat(read("/p/york/cases", cora).getStatus()).isEqualTo(404);
        assertThat(main(read("/search?q=Whitfield", cora))).doesNotContain(dana.code());
        assertThat(main(read("/cases", cora))).doesNotContain(dana.code());
    }

    @Test
    void endsBeforeItsTimeByWhoeverBeganIt() throws Exception {
        open(dana.code(), cora);
        long id = jdbc.sql("select id from break_glass").query(Long.class).single();

        assertThat(send("/emergency/" + id + "/end", sam).getStatus()).isEqualTo(404);
        assertThat(read(dana.path(), cora).getStatus()).isEqualTo(200);
        assertThat(send("/emergency/" + id + "/end", cora).getRedirectedUrl()).isEqualTo("/");
        assertThat(read(dana.path(), cora).getStatus()).isEqualTo(404);
    }

    @Test
    void lastsAsLongAsTheProjectSays() throws Exception {
        UserId adam = fixtures.aPerson("Adam Admin", york, Role.ADMIN);
        assertThat(send("/admin/projects/york/clients", adam, "minutes", "999").getStatus())
                .isEqualTo(400);
        send("/admin/projects/york/clients", adam, "minutes", "15", "was.minutes", "60");
        open(dana.code(), cora);

        later(Duration.ofMinutes(14));
        assertThat(read(dana.path(), cora).getStatus()).isEqualTo(200);
        later(Duration.ofMinutes(1));
        assertThat(read(dana.path(), cora).getStatus()).isEqualTo(404);
    }

    @Test
    void isToldAtOnceNotedAndLookedInto() throws Exception {
        open(dana.code(), cora);
        read(dana.path(), cora);
        later(Duration.ofHours(2));

        assertThat(text(read("/notices", pia))).contains("Cora Lindqvist opened " + dana.code() + " in an emergency");
        assertThat(jdbc.sql("select urgent from notice where kind = 'glass-broken'")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        assertThat(text(read(dana.path() + "/reads", pia))).contains("Page, in an emergency");
        assertThat(text(read("/reviews", pia))).contains(dana.code(), REASON, "Cora Lindqvist", "1 thing was read");

        long id = jdbc.sql("select id from break_glass").query(Long.class).single();
        assertThat(send("/reviews/" + id, sam, "finding", "justified").getStatus())
                .isEqualTo(404);
        send("/reviews/" + id, pia, "finding", "questioned", "remark", "Why not the police?");
        assertThat(text(read("/reviews", pia)))
                .contains("Pia Prévost found that it has to be clarified", "Why not the police?")
                .doesNotContain("It was justified");
        assertThat(jdbc.sql(
                                "select action from activity where case_code = :code and action like 'case.glass%' order by id")
                        .param("code", dana.code())
                        .query(String.class)
                        .list())
                .containsExactly("case.glass-broken", "case.glass-reviewed");
    }

    /** Whatever is read of the case under it, each tab and page and print, stands in the log as read in an emergency. */
    @Test
    void marksEveryReadOfTheCase() throws Exception {
        jdbc.sql("""
                        insert into case_note (case_id, text, search_text, author, written_at)
                        select id, 'Moved in with her sister', 'moved', :sam, now() from case_file where code = :code
                        """).param("sam", sam.value()).param("code", dana.code()).update();
        open(dana.code(), cora);
        Set<String> paths = new TreeSet<>(Set.of(dana.path()));
        for (String link : links(dana.path())) {
            paths.add(link);
            paths.addAll(links(link));
        }
        assertThat(paths).contains(dana.path() + "/notes", dana.path() + "/plan", "/clients/" + dana.profile());
        long before =
                jdbc.sql("select max(id) from read_access").query(Long.class).single();
        for (String path : paths) {
            assertThat(read(path, cora).getStatus()).as(path).isEqualTo(200);
        }
        long glass = jdbc.sql("select id from break_glass").query(Long.class).single();
        assertThat(jdbc.sql("select coalesce(break_glass, 0) from read_access where id > :before")
                        .param("before", before)
                        .query(Long.class)
                        .list())
                .as("%s", paths)
                .containsOnly(glass)
                .hasSizeGreaterThanOrEqualTo(paths.size());
        assertThat(text(read(dana.path() + "/reads", pia))).contains("Case: Notes", "Case: Care plan");
    }

    private Set<String> links(String path) throws Exception {
        return new TreeSet<>(Jsoup.parse(text(read(path, cora))).select("main a[href]").eachAttr("href").stream()
                .filter(link -> link.matches("/(cases/" + dana.code() + "|clients|letters|notes)/.*"))
                .map(link -> link.replaceAll("[?#].*", ""))
                .toList());
    }

    @Test
    void isReviewedBySomebodyElse() throws Exception {
        users.grant(pia, york.id(), Role.CASEWORKER, UserId.SYSTEM);
        profiles.protect(dana, "A violent partner", sam);
        UserId carl = fixtures.aPerson("Carl Colleague", york, Role.CASEWORKER, Role.PRIVACY);
        jdbc.sql("""
                        insert into break_glass (account_id, project_id, case_code, kind, reason, opened_at, until)
                        values (:who, :project, :code, 'danger', 'x', now(), now() + interval '1 hour')
                        """)
                .param("who", carl.value())
                .param("project", york.id().value())
                .param("code", dana.code())
                .update();
        long id = jdbc.sql("select id from break_glass").query(Long.class).single();

        assertThat(send("/reviews/" + id, carl, "finding", "justified").getStatus())
                .isEqualTo(403);
        assertThat(send("/reviews/" + id, pia, "finding", "justified").getStatus())
                .isEqualTo(302);
    }

    /** Whoever may not do it learns nothing, whatever they type; who may, cannot tell other networks from nothing. */
    @Test
    void tellsNobodyWhichCodesThereAre() throws Exception {
        Project torino = fixtures.aProjectInItaly();
        CaseSummary abroad = fixtures.aClient(torino).openCase();
        UserId rita = fixtures.aPerson("Rita Falk", york, Role.RECEPTION);

        assertThat(open(dana.code(), rita).getStatus()).isEqualTo(403);
        assertThat(open("YRK-2026-9999", rita).getStatus()).isEqualTo(403);
        assertThat(read("/emergency", rita).getStatus()).isEqualTo(403);
        String missing = alike(open("ZZZ-2026-0001", cora), "ZZZ-2026-0001");
        String elsewhere = alike(open(abroad.code(), cora), abroad.code());
        assertThat(elsewhere).isEqualTo(missing).contains("There is no case with this code");
        assertThat(jdbc.sql("select count(*) from break_glass")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void stopsWhoeverTriesManyCodes() throws Exception {
        for (int each = 0; each < Emergencies.MISSES; each++) {
            assertThat(open("YRK-2026-900" + each, cora).getStatus()).isEqualTo(400);
        }

        assertThat(open(dana.code(), cora).getStatus()).isEqualTo(429);
        later(Duration.ofMinutes(61));
        assertThat(open(dana.code(), cora).getStatus()).isEqualTo(302);
    }

    @Test
    void asksForAReasonThatSaysSomething() throws Exception {
        MockHttpServletResponse refused =
                send("/emergency", cora, "code", dana.code(), "kind", "danger", "reason", "please");

        assertThat(refused.getStatus()).isEqualTo(400);
        assertThat(text(refused)).contains("Say in a sentence what happened", "please");
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        open(dana.code(), cora);
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(cora, Locale.forLanguageTag(language));
            users.chooseLocale(pia, Locale.forLanguageTag(language));
            for (String page :
                    List.of(text(read("/emergency", cora)), text(read("/reviews", pia)), text(read("/notices", pia)))) {
                assertThat(page).doesNotContain("??").contains("lang=\"" + language);
            }
        }
    }

    private void later(Duration time) {
        clockwork.moveTo(clock.instant().plus(time));
    }

    private MockHttpServletResponse open(String code, UserId who) throws Exception {
        return send("/emergency", who, "code", code, "kind", "danger", "reason", REASON);
    }

    private MockHttpServletResponse send(String path, UserId who, String... fields) throws Exception {
        var request = post(path).with(signedIn(who)).with(csrf());
        for (int each = 0; each < fields.length; each += 2) {
            request.param(fields[each], fields[each + 1]);
        }
        return web.perform(request).andReturn().getResponse();
    }

    private MockHttpServletResponse read(String path, UserId who) throws Exception {
        return web.perform(get(path).with(signedIn(who))).andReturn().getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private static String main(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(text(answer)).select("main").text();
    }

    private static String alike(MockHttpServletResponse answer, String code) throws Exception {
        return Jsoup.parse(text(answer)).select("main").text().replace(code, "CODE") + answer.getStatus();
    }
}
