package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import jakarta.servlet.http.Cookie;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The person's choice, else the browser's language, else the project's. */
@AncoraTest
class LanguageTest {

    @Autowired
    private MockMvc browser;

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
                    none, es-PE,                 es
                    none, 'de-DE, it;q=0.5',     it
                    none, 'de-DE, fr;q=0.5',     en
                    none, none,                  en
                    it,   es-PE,                 it
                    xx,   es-PE,                 es
                    """)
    void speaksTheLanguageOfWhoeverReads(String cookie, String accepted, String spoken) throws Exception {
        MockHttpServletRequestBuilder request =
                get("/nothing-here").accept("text/html").with(user("someone"));
        if (cookie != null) {
            request.cookie(new Cookie("language", cookie));
        }
        if (accepted != null) {
            request.header("Accept-Language", accepted);
        }

        String page = browser.perform(request).andReturn().getResponse().getContentAsString();

        assertThat(Jsoup.parse(page).selectFirst("html").attr("lang")).isEqualTo(spoken);
    }
}
