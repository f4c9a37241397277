package org.ancora.casework;

import static org.ancora.access.People.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.util.List;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** How a client may be reached, through whom, and what they agreed to. */
@AncoraTest
class ContactPagesTest {

    @Autowired
    private DanasCase danasCase;

    @Autowired
    private Profiles profiles;

    @Autowired
    private Pages pages;

    @Autowired
    private MockMvc mvc;

    private UserId sam;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        DanasCase.Lived lived = danasCase.open();
        sam = lived.sam();
        dana = lived.dana();
    }

    @Test
    void recordsAndWithdrawsConsents() throws Exception {
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/consents")
                                .param("channel", "sms")
                                .param("answer", "given")
                                .param("givenBy", "Dana")
                                .param("givenOn", "2026-11-24")
                                .param("wording", "2026-1")))
                .andExpect(status().isBadRequest());
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/consents")
                                .param("channel", "sms")
                                .param("answer", "given")
                                .param("givenBy", "Dana")
                                .param("givenOn", "2026-11-23")
                                .param("wording", "2026-1")))
                .andExpect(redirectedUrl(dana.path() + "/consents"));
        assertThat(profiles.get(dana.profile()).lawfulWays().may(LawfulWays.Way.SMS))
                .isTrue();

        mvc.perform(as(sam, post(dana.path() + "/consents/sms/withdraw")))
                .andExpect(redirectedUrl(dana.path() + "/consents"));
        assertThat(profiles.get(dana.profile()).lawfulWays().may(LawfulWays.Way.SMS))
                .isFalse();
    }

    @Test
    void pointsAConsentAtWordsThatWereInUse() throws Exception {
        Document form = pages.page(dana.path() + "/consents", sam);
        assertThat(form.select("#past ~ ul").text()).contains("the client, Tue 3 Nov, wording 2026-1");
        assertThat(form.select("input[name=wording][checked]").val()).isEqualTo("2026-1");
        assertThat(form.select("input[name=wording]").eachAttr("value")).containsExactly("2026-1", "2025-1");
        assertThat(form.select(".wordings").text())
                .contains("Wording 2026-1, in use since Thu 1 Jan 2026", "“May we write to you by post?”");
        assertThat(form.select(".wordings ul[lang=it]").text()).contains("«Possiamo mandarle SMS?»");

        assertThat(refused("wording=2026-1&givenOn=2026-11-23&givenBy=" + "D".repeat(120)))
                .contains("120")
                .doesNotContain("{0}");
        assertThat(refused("wording=2027-1&givenOn=2026-11-23")).contains("Choose in which words it was asked.");
        assertThat(refused("wording=2026-1&givenOn=2025-12-31"))
                .contains("These words were in use only from Thu 1 Jan 2026.");
        mvc.perform(as(sam, consent("wording=2025-1&givenOn=2025-12-31")))
                .andExpect(redirectedUrl(dana.path() + "/consents"));
        assertThat(pages.page(dana.path() + "/consents", sam)
                        .select("#past ~ ul")
                        .text())
                .contains("Dana, Wed 31 Dec 2025, wording 2025-1");
    }

    private String refused(String answers) throws Exception {
        return Jsoup.parse(mvc.perform(as(sam, consent(answers)))
                        .andExpect(status().isBadRequest())
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .select(".error-summary")
                .text();
    }

    private MockHttpServletRequestBuilder consent(String answers) {
        return post(URI.create(dana.path() + "/consents?channel=sms&answer=given&givenBy=Dana&" + answers));
    }

    @Test
    void checksTheNumberOfSomebodyCloseToTheClient() throws Exception {
        String aunt = "" + profiles.get(dana.profile()).supportContacts().get(0).id();
        for (String page : List.of("new", aunt)) {
            String answer = mvc.perform(as(
                            sam,
                            post(dana.path() + "/support-contacts/" + page)
                                    .param("name", "Ruth")
                                    .param("phone", "ask her neighbour")))
                    .andExpect(status().isBadRequest())
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            assertThat(Jsoup.parse(answer).select("#phone").val()).isEqualTo("ask her neighbour");
            assertThat(Jsoup.parse(answer).select("#phone-error").text()).contains("cannot be a telephone number");
        }

        mvc.perform(as(
                        sam,
                        post(dana.path() + "/support-contacts/" + aunt)
                                .param("name", "Ruth")
                                .param("phone", "+1 905-555-0178")))
                .andExpect(redirectedUrl(dana.path()));
        mvc.perform(as(sam, post(dana.path() + "/support-contacts/new").param("name", "Joe")))
                .andExpect(redirectedUrl(dana.path()));

        assertThat(profiles.get(dana.profile()).supportContacts())
                .extracting(each -> each.name() + " " + each.phone())
                .containsExactly("Ruth (905) 555-0178", "Joe ");
    }

    @Test
    void addsAndChangesNumbersAndKeepsWhatWasTypedWrongly() throws Exception {
        String wrong = mvc.perform(as(
                        sam,
                        post(dana.path() + "/contact-points/new")
                                .param("kind", "phone")
                                .param("value", "not a number")))
                .andExpect(status().isBadRequest())
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(Jsoup.parse(wrong).select("#value").val()).isEqualTo("not a number");
        assertThat(Jsoup.parse(wrong).select(".error-summary").text()).contains("cannot be a telephone number");

        String id = point(ContactKind.EMAIL).id().toString();
        mvc.perform(as(
                        sam,
                        post(dana.path() + "/contact-points/" + id)
                                .param("value", "dana@example.org")
                                .param("safe", "true")))
                .andExpect(redirectedUrl(dana.path()));
        assertThat(point(ContactKind.EMAIL).value()).isEqualTo("dana@example.org");

        mvc.perform(as(sam, post(dana.path() + "/contact-points/" + id + "/remove")))
                .andExpect(redirectedUrl(dana.path()));
        assertThat(profiles.get(dana.profile()).contactPoints(ContactKind.EMAIL))
                .isEmpty();
    }

    private ContactPoint point(ContactKind kind) {
        return profiles.get(dana.profile()).main(kind).orElseThrow();
    }
}
