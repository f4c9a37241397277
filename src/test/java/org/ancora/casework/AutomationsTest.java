package org.ancora.casework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.network.CaseStatus;
import org.ancora.network.Project;
import org.ancora.network.ProjectStatus;
import org.ancora.network.Projects;
import org.ancora.network.StatusFlow;
import org.ancora.network.Statuses;
import org.ancora.process.Clockwork;
import org.ancora.process.Processes;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A change of status starts a procedure, and a procedure's step sets a status (C52). */
@AncoraTest
class AutomationsTest {

    private static final String FLOW = "continue-in-progress";

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Cases cases;

    @Autowired
    private Automations automations;

    @Autowired
    private Statuses statuses;

    @Autowired
    private Projects projects;

    @Autowired
    private Processes processes;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private StatusFlow flow;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        flow = statuses.flow(york.id());
        dana = fixtures.aClient(york).openCaseFor(sam);
    }

    @Test
    void knowsWhatADiagramSaysOfItself() {
        assertThat(processes.startedByStatus()).containsExactly(FLOW);
        assertThat(processes.inputsOf("setCaseStatus", "status")).containsEntry(FLOW, Set.of("in-progress"));
    }

    @Test
    void aStatusStartsAProcedureThatSetsAnother() {
        ProjectStatus pending = flow.first(CaseStatus.PENDING);
        start(pending);

        give(pending);
        assertThat(cases.byCode(dana.code()).status()).isEqualTo(CaseStatus.PENDING);
        clockwork.runDueJobs();

        assertThat(cases.byCode(dana.code()).status()).isEqualTo(CaseStatus.IN_PROGRESS);
        assertThat(log("case.automation-started")).containsExactly(FLOW);
        assertThat(log("case.automation-set")).containsExactly(FLOW);
    }

    @Test
    void startsNothingWhereNobodyAskedForIt() {
        give(flow.first(CaseStatus.PENDING));
        clockwork.runDueJobs();

        assertThat(cases.byCode(dana.code()).status()).isEqualTo(CaseStatus.PENDING);
        assertThat(log("case.automation-started")).isEmpty();
    }

    @Test
    void comesToAnEndHoweverOftenItLeadsBack() {
        ProjectStatus pending = flow.first(CaseStatus.PENDING);
        start(pending);

        for (int round = 0; round < 11; round++) {
            give(pending);
            clockwork.runDueJobs();
        }

        assertThat(log("case.automation-started")).hasSize(10);
        assertThat(log("case.automation-stopped")).hasSize(1);
        assertThat(cases.byCode(dana.code()).status()).isEqualTo(CaseStatus.PENDING);
    }

    private void start(ProjectStatus status) {
        automations.set(york.id(), Set.of(new Automations.Start(status.id(), FLOW)), projects.version(york.id()), sam);
    }

    private void give(ProjectStatus status) {
        cases.changeStatus(dana.code(), null, status.id(), null, "", fixtures.viewer(sam));
    }

    private List<String> log(String action) {
        return jdbc.sql("select details ->> 'process' from activity where case_code = :code and action = :action")
                .param("code", dana.code())
                .param("action", action)
                .query(String.class)
                .list();
    }
}
