package org.ancora.casework.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.ancora.access.People;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** A project's shared documents: only safe ones are kept, and only its people open them (C145). */
@AncoraTest
class ProjectFilesTest {

    private static final String FILES = "/admin/projects/york/files";
    private static final byte[] PDF = "%PDF-1.7\n1 0 obj\nendobj\n".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private ProjectFiles files;

    @Autowired
    private Users users;

    @Autowired
    private MockMvc mvc;

    private Project york;
    private UserId admin;
    private UserId pat;

    @BeforeEach
    void aProject() {
        york = fixtures.aProjectInOntario();
        admin = fixtures.aPerson("Ada Roy", york, Role.ADMIN);
        pat = fixtures.aPerson("Pat Nguyen", york, Role.CONTRIBUTOR);
    }

    @Test
    void handsAFileToThePeopleOfTheProjectAsItWas() throws Exception {
        assertThat(answer(file("../rules%20of%20the%20h%C3%B4use.pdf", PDF), admin)
                        .getStatus())
                .isEqualTo(200);
        long id = files.of(york.id()).get(0).id();
        UserId stranger = fixtures.aPerson("Uma Far", fixtures.aProjectInItaly(), Role.CASEWORKER);
        UserId owner = fixtures.aPerson("Otto Owner", york, Role.OWNER);

        assertThat(Jsoup.parse(answer(get("/p/york/files"), pat).getContentAsString())
                        .select("main .row-list li")
                        .text())
                .startsWith("rules of the hôuse.pdf 1 KB");
        MockHttpServletResponse taken = answer(get("/p/york/files/" + id), pat);
        assertThat(taken.getContentAsByteArray()).isEqualTo(PDF);
        assertThat(taken.getHeader("Content-Disposition")).startsWith("attachment");
        assertThat(taken.getContentType()).isEqualTo("application/pdf");
        assertThat(answer(get("/p/york/files/" + id), admin).getStatus()).isEqualTo(200);
        assertThat(answer(get("/p/york/files/" + id), owner).getStatus()).isEqualTo(403);
        assertThat(answer(get("/p/york/files/" + id), stranger).getStatus()).isEqualTo(404);
        assertThat(answer(file("x.pdf", PDF), pat).getStatus()).isEqualTo(403);

        answer(post(FILES + "/" + id + "/remove"), admin);

        assertThat(answer(get("/p/york/files/" + id), pat).getStatus()).isEqualTo(404);
        assertThat(files.of(york.id())).isEmpty();
    }

    /** The number of a file is worth nothing without the project that keeps it. */
    @Test
    void keepsTheFilesOfProjectsApart() throws Exception {
        Project peel = fixtures.aSisterOf(york, "peel", "PEE");
        files.add(peel.id(), "peel.pdf", PDF, admin);
        long id = files.of(peel.id()).get(0).id();

        assertThat(answer(get("/p/york/files/" + id), pat).getStatus()).isEqualTo(404);
        answer(post(FILES + "/" + id + "/remove"), admin);

        assertThat(files.content(peel.id(), id)).isPresent();
        assertThat(answer(get("/p/york/files"), pat).getContentAsString()).doesNotContain("peel.pdf");
    }

    @ParameterizedTest
    @CsvSource({
        "page.html, '<html><script>alert(1)</script></html>'",
        "picture.svg, '<svg xmlns=\"http://www.w3.org/2000/svg\"/>'",
        "rules.pdf, '<html><body>not a pdf</body></html>'",
        "program.exe, MZ",
        "program.pdf, MZ",
        "notes.txt, '%PDF-1.7'",
        "notes.pdf, plain words",
        "picture.png, '%PDF-1.7'",
        "notes.txt, ''",
        ".htaccess, deny",
        "script.sh, '#!/bin/sh'"
    })
    void keepsNothingThatCouldDoHarmOrIsNotWhatItsNameSays(String name, String content) throws Exception {
        assertThat(answer(file(name, content.getBytes(StandardCharsets.UTF_8)), admin)
                        .getStatus())
                .isEqualTo(400);
        assertThat(files.of(york.id())).isEmpty();
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        assertThat(answer(file("big.txt", new byte[ProjectFiles.LARGEST + 1]), admin)
                        .getStatus())
                .isEqualTo(413);
    }

    @Test
    void speaksThreeLanguages() throws Exception {
        answer(file("a.txt", "plain words".getBytes(StandardCharsets.UTF_8)), admin);
        for (String language : List.of("en", "es", "it")) {
            users.chooseLocale(admin, Locale.forLanguageTag(language));
            for (String path : List.of(FILES, "/p/york/files")) {
                assertThat(answer(get(path), admin).getContentAsString())
                        .as(path)
                        .contains("a.txt")
                        .doesNotContain("??");
            }
        }
    }

    private static MockHttpServletRequestBuilder file(String name, byte[] content) {
        return post(FILES)
                .content(content)
                .contentType("application/octet-stream")
                .accept("application/json")
                .header("X-File-Name", name);
    }

    private MockHttpServletResponse answer(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return mvc.perform(request.with(csrf()).with(People.signedIn(who)))
                .andReturn()
                .getResponse();
    }
}
