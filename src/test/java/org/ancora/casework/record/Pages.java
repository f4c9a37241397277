package org.ancora.casework.record;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.ancora.access.UserId;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Pages as people open and send them. */
final class Pages {

    private final MockMvc mvc;

    Pages(MockMvc mvc) {
        this.mvc = mvc;
    }

    MockHttpServletResponse ask(String path, UserId who) throws Exception {
        return mvc.perform(get(URI.create(path)).with(signedIn(who)).accept("text/html"))
                .andReturn()
                .getResponse();
    }

    int status(String path, UserId who) throws Exception {
        return ask(path, who).getStatus();
    }

    Document open(String path, UserId who) throws Exception {
        MockHttpServletResponse answer = ask(path, who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return read(answer);
    }

    /** Names and values by turns. */
    MockHttpServletResponse send(String path, UserId who, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request =
                post(path).with(signedIn(who)).with(csrf()).accept("text/html");
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    /** As {@link #send}, and it is done. */
    void does(String path, UserId who, String... pairs) throws Exception {
        MockHttpServletResponse answer = send(path, who, pairs);
        assertThat(answer.getStatus())
                .as(path + " " + read(answer).select(".error-summary, main").text())
                .isEqualTo(302);
    }

    static Document read(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
