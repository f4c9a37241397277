package org.ancora.operations;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the log says of a request: the reference that the person was shown, and who they are by number alone. */
@AncoraTest
class LogTest {

    @Autowired
    MockMvc web;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    ObjectMapper json;

    @Autowired
    Environment environment;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("org.ancora");

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void carriesTheReferenceOfTheErrorPageAndTheNumberOfTheUser() throws Exception {
        UserId sam = fixtures.aPerson("Sam Bouchard", fixtures.aProjectInOntario(), Role.CASEWORKER);

        String page = web.perform(get("/cases/YRK-2026-9999").with(signedIn(sam)))
                .andReturn()
                .getResponse()
                .getContentAsString();

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getMDCPropertyMap()).containsEntry("user", sam.toString());
            String reference = line.getMDCPropertyMap().get("reference");
            assertThat(reference).matches("[2-9A-Z]{4}-[2-9A-Z]{4}");
            assertThat(page).contains(reference);
            assertThat(line.getFormattedMessage()).startsWith(reference);
        });
        assertThat(MDC.get("reference")).isNull();
        assertThat(MDC.get("user")).isNull();
    }

    @Test
    void givesEachRequestAReferenceOfItsOwn() throws Exception {
        web.perform(get("/no-such-page"));
        web.perform(get("/no-such-page/either"));
        UserId sam = fixtures.aPerson("Sam Bouchard", fixtures.aProjectInOntario(), Role.CASEWORKER);
        web.perform(get("/cases/YRK-2026-9998").with(signedIn(sam)));
        web.perform(get("/cases/YRK-2026-9997").with(signedIn(sam)));

        assertThat(lines.list)
                .hasSizeGreaterThanOrEqualTo(2)
                .extracting(line -> line.getMDCPropertyMap().get("reference"))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
    }

    @Test
    void writesTheSameAsFieldsWhereMachinesRead() throws Exception {
        UserId sam = fixtures.aPerson("Sam Bouchard", fixtures.aProjectInOntario(), Role.CASEWORKER);
        web.perform(get("/cases/YRK-2026-9999").with(signedIn(sam)));
        ILoggingEvent line = lines.list.get(0);

        JsonNode fields = json.readTree(ecs(line));

        assertThat(fields.path("reference").asString())
                .isEqualTo(line.getMDCPropertyMap().get("reference"));
        assertThat(fields.path("user").asString()).isEqualTo(sam.toString());
        assertThat(fields.toString()).doesNotContain("Bouchard");
    }

    private String ecs(ILoggingEvent line) {
        LoggerContext context = new LoggerContext();
        context.putObject(Environment.class.getName(), environment);
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        return new String(encoder.encode(line), StandardCharsets.UTF_8);
    }
}
