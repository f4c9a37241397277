package org.ancora.access;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Pages as somebody who has signed in is answered with, for tests that need no browser. */
@Component("pagesSignedIn")
public class Pages {

    /** Tests that start the product in another way than {@code @AncoraTest} have none. */
    private final ObjectProvider<MockMvc> web;

    Pages(ObjectProvider<MockMvc> web) {
        this.web = web;
    }

    /** The page in English; there has to be one. */
    public Document page(String path, UserId who) throws Exception {
        return page(path, who, "en");
    }

    /**
     * The page, for a person whose browser asks for this language; there has to be one.
     *
     * @param path with its query, encoded
     */
    public Document page(String path, UserId who, String language) throws Exception {
        MockHttpServletResponse answer = send(get(URI.create(path)).header("Accept-Language", language), who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return read(answer);
    }

    /** What this person is answered; as a form of one of our own pages sends it. */
    public MockHttpServletResponse send(MockHttpServletRequestBuilder request, UserId who) throws Exception {
        return web.getObject()
                .perform(request.with(signedIn(who)).with(csrf()))
                .andReturn()
                .getResponse();
    }

    /**
     * What this person is answered who sends a form.
     *
     * @param pairs names and values of its fields in turn
     */
    public MockHttpServletResponse form(String path, UserId who, String... pairs) throws Exception {
        MockHttpServletRequestBuilder request = post(path);
        for (int at = 0; at < pairs.length; at += 2) {
            request.param(pairs[at], pairs[at + 1]);
        }
        return send(request, who);
    }

    /** What a script is answered that sends this for them. */
    public MockHttpServletResponse json(String path, UserId who, String body) throws Exception {
        return send(
                post(path)
                        .accept(MediaType.APPLICATION_JSON)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body),
                who);
    }

    /** The page that an answer holds. */
    public static Document read(MockHttpServletResponse answer) throws Exception {
        return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
