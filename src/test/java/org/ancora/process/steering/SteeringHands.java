package org.ancora.process.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Objects;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.process.Clockwork;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Component;

/** Ends a running procedure by hand, lets it begin again, or sets one of its dates, as a manager does on the monitoring pages. */
@Component
public class SteeringHands {

    private static final String PAGE = "/monitor/instances/";

    private final SteeringFixtures pages;
    private final Clockwork clockwork;

    SteeringHands(SteeringFixtures pages, Clockwork clockwork) {
        this.pages = pages;
        this.clockwork = clockwork;
    }

    /**
     * Ends it.
     *
     * @param procedure the engine's id of it
     */
    public void cancel(String procedure, UserId who) throws Exception {
        act(procedure, "cancel", who);
    }

    /** Lets it begin once more with what it had; returns the engine's id of the new one. */
    public String restart(String procedure, UserId who) throws Exception {
        return act(procedure, "restart", who);
    }

    /**
     * Sets a timer to another moment.
     *
     * @param timer the engine's id of it
     * @param to a day and an hour of the project, such as {@code 2027-01-15T17:00}
     */
    public void reschedule(String procedure, String timer, String to, UserId who) throws Exception {
        LocalDateTime moment = LocalDateTime.parse(to);
        act(
                procedure,
                "reschedule",
                who,
                "what",
                timer,
                "to",
                "at",
                "day",
                moment.toLocalDate().toString(),
                "hour",
                moment.toLocalTime().toString());
    }

    private String act(String procedure, String deed, UserId who, String... chosen) throws Exception {
        MockHttpServletResponse done = pages.confirm(procedure, deed, who, pages.foresee(procedure, deed, who, chosen));
        assertThat(done.getStatus()).as(Pages.read(done).select("main").text()).isEqualTo(302);
        clockwork.runDueJobs();
        return Objects.requireNonNull(done.getRedirectedUrl()).replaceFirst(PAGE + "([^/?]+).*", "$1");
    }
}
