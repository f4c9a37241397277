package org.ancora.process.studio;

import static org.ancora.access.People.signedIn;
import static org.ancora.process.studio.StudioFixtures.ASK;
import static org.ancora.process.studio.StudioFixtures.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Locale;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.testing.AncoraTest;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Letters while their owner writes them: filled from a sample or a case that the owner may read, and never more than words. */
@AncoraTest
class LetterPreviewTest {

    private static final String LETTER = """
            <html lang="en"><head><title>Hello {{clientName}}</title></head><body>
            <p>Dear {{clientName}}, please answer by {{answerBy}} and name {{number}}.</p><p>{{organisationName}}</p>
            </body></html>
            """;

    @Autowired
    private MockMvc web;

    @Autowired
    private StudioFixtures fixtures;

    @Autowired
    private CaseworkFixtures casework;

    @Autowired
    private Drafts drafts;

    @Autowired
    private Publishing publishing;

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
    void aSampleFillsWhatEveryLetterSaysAndNamesTheRest() throws Exception {
        preview(studio.ada(), "letters/hello.en.html", LETTER, "")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.title").value("Hello Alex Example"))
                .andExpect(jsonPath("$.html")
                        .value(Matchers.allOf(
                                Matchers.containsString("Dear Alex Example"),
                                Matchers.containsString("«Answer by»"),
                                Matchers.containsString("«registration number»"))));
        preview(studio.ada(), "letters/hello.it.html", LETTER, "")
                .andExpect(jsonPath("$.title").value("Hello Alex Esempio"));
    }

    @Test
    void aCaseFillsItOnlyForThoseWhoMayReadItsLetters() throws Exception {
        var dana = casework.aClient(studio.york()).named("Zorabelle", "Quimby").openCase();
        UserId both = casework.aPerson("Olga Both", studio.york(), Role.OWNER, Role.COORDINATOR);

        preview(both, "letters/hello.en.html", LETTER, dana.code())
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.html").value(Matchers.containsString("Dear Zorabelle Quimby")));
        assertThat(jdbc.sql("select count(*) from read_access where case_code = :code")
                        .param("code", dana.code())
                        .query(Long.class)
                        .single())
                .isPositive();

        for (String code : new String[] {dana.code(), "YRK-2026-9999"}) {
            preview(studio.ada(), "letters/hello.en.html", LETTER, code)
                    .andExpect(status().isNotFound())
                    .andExpect(jsonPath("$.text").value(Matchers.not(Matchers.containsString("Zorabelle"))));
        }
    }

    @Test
    void whatIsNotAllowedIsNamedAndNothingOfItIsShown() throws Exception {
        preview(studio.ada(), "letters/hello.en.html", "<p>{{{clientName}}}</p>", "")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.text").value(Matchers.containsString("{{{clientName}")));
        preview(studio.ada(), "letters/hello.en.html", "<p>x</p>\n<script>alert(1)</script>", "")
                .andExpect(status().isUnprocessableContent())
                .andExpect(jsonPath("$.findings[0].line").value(2));
        preview(studio.ada(), "letters/../ask.bpmn", LETTER, "").andExpect(status().isBadRequest());
        preview(studio.worker(), "letters/hello.en.html", LETTER, "").andExpect(status().isForbidden());
    }

    /** A placeholder that nothing fills would stop the letter when it is sent; it stops the publication instead. */
    @Test
    void aPlaceholderWithoutValueStandsInTheWayOfPublishing() {
        drafts.begin(ASK, studio.ada());
        drafts.save(
                ASK, "letters/hello.en.html", bytes("<p>Hello {{clientName}}, by {{answerBy}}</p>"), 0, studio.ada());

        assertThat(publishing.review(ASK, Locale.ENGLISH).orElseThrow().obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.words()).contains("hello.en.html", "answerBy"));
        assertThatThrownBy(() -> publishing.publish(ASK, drafts.current(ASK).hash(), "", studio.ada(), Locale.ENGLISH))
                .hasMessageContaining("studio.publish.obstacle");

        int version = drafts.find(ASK)
                .orElseThrow()
                .file("letters/hello.en.html")
                .orElseThrow()
                .version();
        drafts.save(ASK, "letters/hello.en.html", bytes("<p>Hello {{clientName}}</p>"), version, studio.ada());
        assertThat(publishing
                        .publish(ASK, drafts.current(ASK).hash(), "", studio.ada(), Locale.ENGLISH)
                        .number())
                .isEqualTo(2);
    }

    private ResultActions preview(UserId who, String file, String template, String caseCode) throws Exception {
        return web.perform(post("/studio/ask/letters/preview")
                .param("file", file)
                .param("case", caseCode)
                .header("Accept", "application/json")
                .contentType("text/plain")
                .content(bytes(template))
                .with(csrf())
                .with(signedIn(who)));
    }
}
