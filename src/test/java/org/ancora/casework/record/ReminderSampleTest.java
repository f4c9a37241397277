package org.ancora.casework.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.ancora.access.Forbidden;
import org.ancora.access.Hidden;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Viewer;
import org.ancora.casework.CaseSummary;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.network.Project;
import org.ancora.process.Clockwork;
import org.ancora.process.RehearsalSample.Sample;
import org.ancora.process.rehearsal.RehearsedProcedures;
import org.ancora.testing.AncoraTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real reminder as the sample of a rehearsal: when it was set and for when, and nothing of what it says. */
@AncoraTest
class ReminderSampleTest {

    @Autowired
    private CaseworkFixtures fixtures;

    @Autowired
    private Reminders reminders;

    @Autowired
    private ReminderSample samples;

    @Autowired
    private RehearsedProcedures rehearsed;

    @Autowired
    private Clockwork clockwork;

    @Autowired
    private JdbcClient jdbc;

    private Project york;
    private UserId sam;
    private CaseSummary dana;

    @BeforeEach
    void aCase() {
        york = fixtures.aProjectInOntario();
        sam = fixtures.aPerson("Sam Bouchard", york, Role.CASEWORKER);
        dana = fixtures.aClient(york).speaking("es", "en").openCaseFor(sam);
    }

    private long set(LocalDate day) {
        return reminders.set(dana, new Reminder.What("Ask how the clinic went", day, null, null), sam);
    }

    /** Tuesday 24 November is 26 business days before Monday 4 January: Christmas, Boxing Day on Monday 28 and New Year are none. */
    @Test
    void isItsDatesAndItsRehearsalRemindsOnTheSameDay() {
        clockwork.moveTo(Instant.parse("2026-11-24T15:00:00Z"));
        long later = set(LocalDate.of(2027, 1, 15));
        long next = set(LocalDate.of(2027, 1, 4));
        long done = set(LocalDate.of(2026, 11, 25));
        reminders.done(dana, reminders.get(dana, done), sam);
        assertThat(next).isNotEqualTo(later);

        Sample sample = samples.of(dana.code(), fixtures.viewer(sam));

        assertThat(sample.project()).isEqualTo(york.id());
        assertThat(sample.process()).isEqualTo("case-reminder");
        assertThat(sample.began()).isEqualTo(Instant.parse("2026-11-24T15:00:00Z"));
        // 25–27 and 30 November, 18 days of December without 25 and (Boxing Day observed) 28, 29–31, and 4 January.
        assertThat(sample.facts()).isEqualTo(Map.of("remindAt", "26", "language", "es"));
        assertThat(jdbc.sql(
                                "select subject || ' ' || subject_id from read_access where case_code = :code and how = 'rehearsal'")
                        .param("code", dana.code())
                        .query(String.class)
                        .list())
                .containsExactly("reminder " + next);

        List<String> trace = rehearsed.trace(
                "casework",
                "case-reminder",
                york,
                "2026-11-24T10:00",
                sample.facts(),
                walk -> walk.until("2027-01-31T00:00"));

        assertThat(trace)
                .contains("2027-01-04T09:00 timer case-reminder/reminder-time", "2027-01-04T09:00 ended case-reminder");
    }

    @Test
    void isNobodysWhoMaySetNoReminders() {
        Viewer worker = fixtures.viewer(sam);
        assertThatThrownBy(() -> samples.of(dana.code(), worker)).isInstanceOf(Hidden.class);
        set(LocalDate.of(2027, 1, 4));

        Viewer olga = fixtures.viewer(fixtures.aPerson("Olga Owner", york, Role.OWNER));
        Viewer max = fixtures.viewer(fixtures.aPerson("Max Both", york, Role.OWNER, Role.MANAGER));

        assertThatThrownBy(() -> samples.of(dana.code(), olga)).isInstanceOf(Hidden.class);
        assertThatThrownBy(() -> samples.of(dana.code(), max)).isInstanceOf(Forbidden.class);
        assertThat(samples.of(dana.code(), worker).facts()).containsKey("remindAt");
    }
}
