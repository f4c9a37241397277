package org.ancora.process.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.ancora.access.Pages;
import org.ancora.access.UserId;
import org.ancora.process.Clockwork;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Component;

/** Ends a running procedure by hand, or lets it begin again, as a manager does on the monitoring pages. */
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

    private String act(String procedure, String deed, UserId who) throws Exception {
        MockHttpServletResponse done = pages.confirm(procedure, deed, who, pages.foresee(procedure, deed, who));
        assertThat(done.getStatus()).as(Pages.read(done).select("main").text()).isEqualTo(302);
        clockwork.runDueJobs();
        return Objects.requireNonNull(done.getRedirectedUrl()).replaceFirst(PAGE + "([^/?]+).*", "$1");
    }
}
