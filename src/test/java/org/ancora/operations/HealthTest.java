package org.ancora.operations;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Whether a node is told apart that can work from one that cannot, and by whom why. */
@AncoraTest
class HealthTest {

    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";

    @Autowired
    MockMvc web;

    @Autowired
    CaseworkFixtures fixtures;

    @Autowired
    DataSource dataSource;

    @Autowired
    ApplicationContext application;

    private Project york;

    @BeforeEach
    void open() {
        york = fixtures.aProjectInOntario();
    }

    @Test
    void tellsStrangersOnlyWhetherItIsReady() throws Exception {
        assertThat(ask(READINESS).getStatus()).isEqualTo(200);
        assertThat(ask(READINESS).getContentAsString()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(ask(LIVENESS).getContentAsString()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void tellsAdministratorsAloneWhatItLookedAt(Role role) throws Exception {
        UserId person = fixtures.aPerson("Robin", york, role);

        String told = web.perform(get(READINESS).with(signedIn(person)))
                .andReturn()
                .getResponse()
                .getContentAsString();

        if (role == Role.ADMIN) {
            assertThat(told)
                    .contains("\"connection\"", "\"schema\":\"", "\"procedures\"", "\"jobs\"", "\"clock\"")
                    .doesNotContain("mail");
        } else {
            assertThat(told).startsWith("{\"status\":\"UP\"").doesNotContain("connection", "schema", "clock");
        }
    }

    @Test
    void isNotReadyWhileThePoolHasNoConnectionToGive() throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int connection = 0; connection < 20; connection++) {
                taken.add(dataSource.getConnection());
            }
            long asked = System.nanoTime();

            MockHttpServletResponse answer = ask(READINESS);

            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getContentAsString()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));
            assertThat(ask(LIVENESS).getStatus()).isEqualTo(200);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertThat(ask(READINESS).getStatus()).isEqualTo(200);
    }

    @Test
    void isNotReadyOnceItShutsDown() throws Exception {
        try {
            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);

            assertThat(ask(READINESS).getStatus()).isEqualTo(503);
            assertThat(ask(LIVENESS).getStatus()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(application, ReadinessState.ACCEPTING_TRAFFIC);
        }
        assertThat(ask(READINESS).getStatus()).isEqualTo(200);
    }

    private MockHttpServletResponse ask(String path) throws Exception {
        return web.perform(get(path)).andReturn().getResponse();
    }
}
