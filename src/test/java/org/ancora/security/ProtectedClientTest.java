package org.ancora.security;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.Cases;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.casework.Profiles;
import org.ancora.security.Household.Lived;
import org.ancora.testing.AncoraTest;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A protected client keeps their name and numbers from everybody of the project who does not need them. */
@AncoraTest
class ProtectedClientTest {

    /** What identifies the client; what people typed into notes of the case stays readable with the case. */
    private static final List<String> IDENTIFYING = Household.SECRETS.stream()
            .filter(word -> !Set.of("keeps a parrot", "half a confession").contains(word))
            .toList();

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private MockMvc web;

    @Autowired
    private Household household;

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Profiles profiles;

    private Lived lived;
    private CaseSummary caseFile;

    @BeforeEach
    void aProtectedClient() throws Exception {
        lived = household.live();
        caseFile = cases.byCode(lived.code());
        profiles.protect(caseFile, "A violent partner looks for her", lived.supervisor());
    }

    /** Every address of the product, those of later builders too, as the people who work beside the case see it. */
    @Test
    void isNamedOnNoPageForThoseWhoMayNotKnow() throws Exception {
        List<UserId> outside = List.of(
                lived.reception(),
                fixtures.aPerson("Max Manager", lived.york(), Role.MANAGER),
                fixtures.aPerson("Ada Agent", lived.york(), Role.AGENT),
                fixtures.aPerson("Carl Colleague", lived.york(), Role.CASEWORKER));
        SoftAssertions all = new SoftAssertions();
        for (String path : paths()) {
            for (UserId who : outside) {
                MockHttpServletResponse answer = get(path, who);
                all.assertThat(answer.getStatus()).as(path).isNotEqualTo(500);
                all.assertThat(text(answer)).as("%s for %s", path, who).doesNotContain(IDENTIFYING);
            }
        }
        all.assertAll();
    }

    @Test
    void isFoundByCodeButNotByNameOrNumber() throws Exception {
        for (String list : List.of("/search?q=", "/cases?q=", "/p/york/cases?q=")) {
            assertThat(text(get(list + lived.code().substring(4), lived.reception())))
                    .as(list)
                    .contains("/cases/" + lived.code())
                    .contains("Hidden name");
            for (String word : List.of("Zorabelle", "quimble", "5550163", "9055550163")) {
                assertThat(text(get(list + word, lived.reception())))
                        .as(list + word)
                        .doesNotContain("/cases/" + lived.code());
                assertThat(text(get(list + word, lived.supervisor())))
                        .as(list + word)
                        .contains("/cases/" + lived.code());
            }
        }
    }

    /** The caseworker who has the case, and those who answer for it, work as before. */
    @Test
    void isKnownToThoseWhoHaveToKnow() throws Exception {
        for (UserId who : List.of(lived.worker(), lived.coordinator(), lived.supervisor())) {
            assertThat(text(get("/cases/" + lived.code(), who))).contains("Zorabelle", "(905) 555-0163");
            assertThat(text(get("/letters/" + lived.letter(), who))).contains("Zorabelle");
        }
        assertThat(text(get("/tasks/" + lived.task(), lived.worker()))).contains("Zorabelle");
    }

    @Test
    void saysWhatIsMissingAndWhoMayPrint() throws Exception {
        MockHttpServletResponse desk = get("/cases/" + lived.code() + "/consents", lived.reception());
        assertThat(desk.getStatus()).isEqualTo(403);
        assertThat(text(desk)).contains("see the names of protected clients", "Supervisor");

        assertThat(text(get("/print", lived.reception()))).contains("One more letter waits for protected clients");
        assertThat(text(get("/print", lived.supervisor()))).contains("Zorabelle");
    }

    @Test
    void isNamedAgainWhenTheProtectionEnds() throws Exception {
        profiles.unprotect(caseFile, lived.supervisor());

        assertThat(text(get("/cases/" + lived.code(), lived.reception()))).contains("Zorabelle");
    }

    private Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (handler.getBeanType().getName().startsWith("org.ancora.")) {
                mapping.getPatternValues().forEach(pattern -> {
                    if (!pattern.equals("/error")) {
                        paths.addAll(filled(pattern));
                    }
                });
            }
        });
        paths.addAll(List.of("/search?q=Newmarket", "/cases?q=york", "/tasks?tab=team", "/tasks?text=Zora"));
        assertThat(paths).contains("/cases/" + lived.code(), "/letters/" + lived.letter() + ".pdf");
        return paths;
    }

    /** A tab of the case for the placeholder, and every id of the household that might fit. */
    private List<String> filled(String pattern) {
        List<String> filled = new ArrayList<>();
        for (String tab : pattern.contains("{tab}")
                ? List.of(
                        "activity", "reads", "procedure", "notes", "plan", "care-plan", "people", "history", "related")
                : List.of("")) {
            for (String id : List.of(
                    lived.task(),
                    lived.letter().toString(),
                    String.valueOf(lived.notice()),
                    String.valueOf(lived.contact()),
                    String.valueOf(lived.support()),
                    caseFile.profile().toString())) {
                filled.add(pattern.replace("{tab}", tab)
                        .replace("{code}", lived.code())
                        .replace("{project}", "york")
                        .replaceAll("\\{key(:[^}]*}[^}]*)?}", "york")
                        .replaceAll("\\{[a-zA-Z]+(:[^{}]*(\\{[^}]*}[^{}]*)*)?}", id));
            }
        }
        return filled;
    }

    private MockHttpServletResponse get(String path, UserId who) throws Exception {
        return web.perform(MockMvcRequestBuilders.get(URI.create(path))
                        .accept("text/html")
                        .with(signedIn(who)))
                .andReturn()
                .getResponse();
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
