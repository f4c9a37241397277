package org.ancora.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.ancora.access.ProjectTree;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.casework.CaseworkFixtures;
import org.ancora.correspondence.MailQueue;
import org.ancora.correspondence.Notices;
import org.ancora.network.Project;
import org.ancora.process.JobRunner;
import org.ancora.testing.AncoraTest;
import org.ancora.time.VirtualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What administrators are told without asking: once a day and cause, and what the log says. */
@AncoraTest
@ExtendWith(OutputCaptureExtension.class)
class WatchTest {

    @Autowired
    JobRunner jobs;

    @Autowired
    MailQueue mail;

    @Autowired
    Notices notices;

    @Autowired
    Users users;

    @Autowired
    ProjectTree projects;

    @Autowired
    VirtualClock clock;

    @Autowired
    JdbcTemplate template;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CaseworkFixtures fixtures;

    private final OperationsSettings settings = new OperationsSettings(
            Duration.ofSeconds(15),
            Duration.ZERO,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            20);

    private Project york;
    private UserId robin;

    @BeforeEach
    void open() {
        york = fixtures.aProjectInOntario();
        robin = fixtures.aPerson("Robin", york, Role.ADMIN);
        fixtures.aPerson("Sam", york, Role.CASEWORKER);
    }

    @Test
    void isQuietWhileAllIsWell(CapturedOutput log) {
        watch(Clock.systemUTC()).look();

        assertThat(told()).isEmpty();
        assertThat(log.getOut()).doesNotContain("ALARM");
        assertThat(jobs.isHeld()).isFalse();
    }

    @Test
    void measuresHowFarANodeIsAheadOrBehind() {
        ClockSkew fast = new ClockSkew(template, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(45)));
        ClockSkew slow = new ClockSkew(template, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-45)));
        ClockSkew right = new ClockSkew(template, Clock.systemUTC());

        assertThat(fast.measure().ahead()).isBetween(Duration.ofMillis(44_500), Duration.ofMillis(45_500));
        assertThat(slow.measure().ahead()).isBetween(Duration.ofMillis(-45_500), Duration.ofMillis(-44_500));
        assertThat(right.measure().ahead().abs()).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void doesNotBlameAClockForASlowNetwork() {
        var slowAnswer = new ClockSkew.Measured(Duration.ofSeconds(3), Duration.ofSeconds(3), true);
        var quickAnswer = new ClockSkew.Measured(Duration.ofSeconds(-3), Duration.ofMillis(3), true);

        assertThat(slowAnswer.exceeds(Duration.ofSeconds(2))).isFalse();
        assertThat(quickAnswer.exceeds(Duration.ofSeconds(2))).isTrue();
    }

    @Test
    void tellsOfAClockThatIsALittleWrongAndGoesOn(CapturedOutput log) {
        watch(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-7))).look();

        assertThat(log.getOut()).contains("ALARM clock: -7");
        assertThat(told()).containsExactly("alarm-clock");
        assertThat(jobs.isHeld()).isFalse();
    }

    @Test
    void keepsANodeWhoseClockIsFarOutAwayFromJobsUntilItIsBack(CapturedOutput log) {
        watch(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10))).look();
        assertThat(jobs.isHeld()).isTrue();
        assertThat(log.getOut()).contains("takes no more jobs: its clock is 600 seconds away");

        watch(Clock.systemUTC()).look();
        assertThat(jobs.isHeld()).isFalse();
        assertThat(log.getOut()).contains("takes jobs again");
    }

    @Test
    void tellsOfLateTimersOnceADayAndOnceANode(CapturedOutput log) {
        job("late", 3, clock.instant().minus(Duration.ofMinutes(6)).toString());
        Watch one = watch(Clock.systemUTC());
        Watch other = watch(Clock.systemUTC());

        one.look();
        one.look();
        other.look();
        assertThat(told()).containsExactly("alarm-overdue");
        assertThat(log.getOut().split("ALARM overdue", -1))
                .as("one line for each node")
                .hasSize(3);

        clock.moveTo(clock.instant().plus(Duration.ofDays(1)));
        one.look();
        other.look();
        assertThat(told()).containsExactly("alarm-overdue", "alarm-overdue");
    }

    @Test
    void bearsWithTimersThatAreJustDue() {
        job("just-due", 3, clock.instant().minus(Duration.ofMinutes(4)).toString());

        watch(Clock.systemUTC()).look();

        assertThat(told()).isEmpty();
    }

    @Test
    void tellsOfNewIncidentsOnceForAllAndOfLaterOnesInTheLog(CapturedOutput log) {
        Watch watch = watch(Clock.systemUTC());
        for (int each = 0; each < 5; each++) {
            incident("i" + each);
        }
        watch.look();
        watch.look();
        assertThat(told()).containsExactly("alarm-incidents");
        assertThat(log.getOut()).contains("ALARM incidents: 5");

        clock.moveTo(clock.instant().plus(Duration.ofDays(1)));
        watch.look();
        assertThat(told()).as("yesterday's are no news").containsExactly("alarm-incidents");
        incident("today");
        watch.look();
        assertThat(told()).containsExactly("alarm-incidents", "alarm-incidents");
    }

    @Test
    void tellsOfMessagesThatDoNotLeave() {
        message("queued", 31);
        watch(Clock.systemUTC()).look();
        assertThat(told()).containsExactly("alarm-mail");

        assertThat(mail.load().queued()).isEqualTo(1);
        assertThat(mail.load().oldestQueued()).isEqualTo(Duration.ofMinutes(31));
    }

    @Test
    void bearsWithMessagesThatLeftOrWaitForTheirNextTry() {
        message("queued", 29);
        message("sent", 500);

        watch(Clock.systemUTC()).look();

        assertThat(told()).isEmpty();
    }

    @Test
    void saysInTheLogWhenAnAlarmIsOver(CapturedOutput log) {
        job("late", 3, clock.instant().minus(Duration.ofMinutes(6)).toString());
        Watch watch = watch(Clock.systemUTC());
        watch.look();
        jdbc.sql("delete from engine.act_ru_job").update();

        watch.look();

        assertThat(log.getOut()).contains("Alarm overdue is over");
    }

    @Test
    void carriesOnWhenItCannotSee(CapturedOutput log) {
        Watch watch = watch(Clock.systemUTC());
        jdbc.sql("alter table engine.act_ru_incident rename to hidden").update();
        try {
            watch.look();
            watch.look();
        } finally {
            jdbc.sql("alter table engine.hidden rename to act_ru_incident").update();
        }

        assertThat(log.getOut().split("Nobody knows how Ancora is", -1)).hasSize(2);
        watch.look();
        assertThat(told()).isEmpty();
    }

    private Watch watch(Clock wallClock) {
        return new Watch(
                new ClockSkew(template, wallClock),
                jobs,
                new Figures(jobs, mail, settings),
                new Alarms(notices, users, projects, clock),
                settings,
                clock);
    }

    private List<String> told() {
        assertThat(jdbc.sql("select count(*) from notice where user_id <> :robin")
                        .param("robin", robin.value())
                        .query(Long.class)
                        .single())
                .as("only administrators are told")
                .isZero();
        return jdbc.sql("select kind from notice order by id")
                .query(String.class)
                .list();
    }

    private void job(String id, int retries, String due) {
        jdbc.sql("""
                        insert into engine.act_ru_job (id_, rev_, type_, retries_, duedate_, exclusive_, suspension_state_, priority_)
                        values (:id, 1, 'timer', :retries, cast(replace(:due, 'Z', '') as timestamp), true, 1, 0)
                        """)
                .param("id", id)
                .param("retries", retries)
                .param("due", due)
                .update();
    }

    private void incident(String id) {
        jdbc.sql("""
                        insert into engine.act_ru_incident (id_, rev_, incident_timestamp_, incident_type_)
                        values (:id, 1, cast(replace(:now, 'Z', '') as timestamp), 'failedJob')
                        """).param("id", id).param("now", clock.instant().toString()).update();
    }

    private void message(String state, int minutesAgo) {
        jdbc.sql("""
                        insert into message (project_id, kind, channel, recipient, address, subject, body_text, language,
                                             once_key, mail_id, created_at, state)
                        values (:project, 'notice', 'email', 'staff', 'a@example.org', 'S', 'B', 'en', :key, :key, :at, :state)
                        """)
                .param("project", york.id().value())
                .param("key", state + minutesAgo)
                .param(
                        "at",
                        clock.instant().minus(Duration.ofMinutes(minutesAgo)).atOffset(java.time.ZoneOffset.UTC))
                .param("state", state)
                .update();
    }
}
