package org.ancora.engagement;

import static org.ancora.access.People.signedIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ancora.access.Role;
import org.ancora.access.UserId;
import org.ancora.engagement.EngagementWalk.Team;
import org.ancora.network.Projects;
import org.ancora.process.CalendarMoves;
import org.ancora.process.Clockwork;
import org.ancora.process.MovingDates;
import org.ancora.process.ProcessVariable;
import org.ancora.process.Processes;
import org.ancora.process.Variables;
import org.ancora.testing.AncoraTest;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.ancora.time.Deadline;
import org.ancora.time.DeadlineWords;
import org.ancora.time.ExtraDay;
import org.ancora.time.Moved;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** What a day off that is added or taken away later does to the open dates of a project, with days counted by hand (X1). */
@AncoraTest
class CalendarMovesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Map<String, String> STAFF_DAY =
            Map.of("en", "Staff day", "es", "Jornada del personal", "it", "Giornata del personale");

    @Autowired
    EngagementWalk walks;

    @Autowired
    CalendarMoves moves;

    @Autowired
    MovingDates moving;

    @Autowired
    Projects projects;

    @Autowired
    BusinessCalendars calendars;

    @Autowired
    Clockwork clockwork;

    @Autowired
    Processes processes;

    @Autowired
    RuntimeService runtime;

    @Autowired
    DeadlineWords words;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc web;

    @AfterEach
    void letEveryDateBeWritten() {
        jdbc.sql("drop trigger if exists refuse_one on deadline").update();
    }

    @Test
    void moveTheWindowItsTimerAndItsTaskAndSayWhy() {
        Walk dana = walks.inOntario().beginWithEverything().toWaitForSecondRound();
        assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");

        off(dana.team(), "2026-11-25");

        // From Mon 23: Tue 24, (Wed 25 off), Thu 26, Fri 27 opens, Mon 30, Tue 1 Dec due.
        assertThat(dana.planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        dana.moveTo("2026-11-26T09:00");
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo(dana.instant("2026-11-27T09:00").minus(SECOND));
        assertThat(dana.open()).containsExactly("wait-for-next-round");
        dana.moveTo("2026-11-27T09:00");
        assertThat(dana.window("record-round")).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        assertThat(words.explain(dana.lastDeadline(), Locale.ENGLISH).skipped())
                .contains(
                        "it was due end of Mon 30 Nov; moved on Mon 23 Nov because the calendar changed",
                        "Wed 25 Nov became a day off: Staff day");
        assertThat(dana.log()).containsOnlyOnce("dates.moved");
        assertThat(detail(dana, "due")).isEqualTo("2026-12-01");
        assertThat(detail(dana, "day-off")).isEqualTo("2026-11-25");
        dana.moveTo(dana.instant("2026-12-01T17:00").minus(SECOND));
        assertThat(dana.noticesOf(dana.team().supervisor())).isEmpty();
        dana.moveTo("2026-12-01T17:00");
        assertThat(dana.noticesOf(dana.team().supervisor())).containsExactly("task-overdue");
    }

    @Test
    void moveBackWhenTheDayIsTakenAwayAgain() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound();
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-11-30T17:00");
        off(dana.team(), "2026-11-27");
        // Tue 24, Wed 25, Thu 26, (Fri 27 off), Mon 30, Tue 1.
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-12-01T17:00");

        without(dana.team(), "2026-11-27");

        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-11-30T17:00");
        assertThat(words.explain(dana.lastDeadline(), Locale.ENGLISH).skipped())
                .contains(
                        "it was due end of Tue 1 Dec; moved on Mon 23 Nov because the calendar changed",
                        "Fri 27 Nov became a business day");
        assertThat(inCalledProcess(dana, "due")).isEqualTo(Instant.parse("2026-11-30T22:00:00Z"));
        dana.moveTo("2026-11-30T17:00");
        assertThat(dana.noticesOf(dana.team().supervisor())).containsExactly("task-overdue");
    }

    @Test
    void moveTheVariablesOfCalledProcessesToo() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound();

        off(dana.team(), "2026-11-27");

        assertThat(inCalledProcess(dana, "due")).isEqualTo(Instant.parse("2026-12-01T22:00:00Z"));
        assertThat(inCalledProcess(dana, "opens")).isEqualTo(Instant.parse("2026-11-23T14:10:00Z"));
        assertThat(jdbc.sql("select due_at from work_item where case_code = :case")
                        .param("case", dana.code())
                        .query(java.sql.Timestamp.class)
                        .single()
                        .toInstant())
                .isEqualTo(Instant.parse("2026-12-01T22:00:00Z"));
    }

    @Test
    void leaveWhatIsOpenOpenAndWhatIsPast() {
        Team york = walks.inOntario();
        Walk open = york.beginWithEverything().toSecondRound();
        Walk late = york.begin(york.clientWithEverything().openCase()).toFirstRound();
        // Now Thu 26 Nov, 9:00: the second round is open; the other case's first round is due Thu 3 Dec.
        assertThat(late.window("record-round")).isEqualTo("2026-11-26T09:00/2026-12-03T17:00");
        off(york, "2026-11-27");
        assertThat(open.window("record-round")).isEqualTo("2026-11-26T09:00/2026-12-01T17:00");
        assertThat(late.window("record-round")).isEqualTo("2026-11-26T09:00/2026-12-04T17:00");

        late.moveTo("2026-12-04T17:00");
        off(york, "2026-12-02");

        assertThat(open.window("record-round")).isEqualTo("2026-11-26T09:00/2026-12-01T17:00");
        assertThat(late.window("record-round")).isEqualTo("2026-11-26T09:00/2026-12-04T17:00");
    }

    @Test
    void neverMoveADateIntoThePast() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound();
        off(dana.team(), "2026-11-27");
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-12-01T17:00");
        dana.moveTo("2026-12-01T09:00");

        // Without the day off it would have been due on Mon 30, which is over.
        without(dana.team(), "2026-11-27");

        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-12-01T17:00");
        assertThat(dana.noticesOf(dana.team().supervisor())).isEmpty();
    }

    @Test
    void leaveOtherProjectsAlone() {
        Walk torino = walks.inItaly().beginWithEverything().toWaitForSecondRound();
        Walk lima = walks.inPeru().beginWithEverything().toWaitForSecondRound();
        Walk york = walks.inOntario().beginWithEverything().toWaitForSecondRound();
        String before = torino.planned() + lima.planned();

        off(york.team(), "2026-11-25");

        assertThat(torino.planned() + lima.planned()).isEqualTo(before);
        assertThat(york.planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        assertThat(torino.log()).doesNotContain("dates.moved");
    }

    @Test
    void moveTheLastDayOfASearch() {
        Walk dana = walks.inOntario().lose().toLastDays();
        assertThat(dana.lastDay()).isEqualTo("2027-02-23T17:00");

        off(dana.team(), "2027-02-23");

        assertThat(dana.lastDay()).isEqualTo("2027-02-22T17:00");
        dana.moveTo(dana.instant("2027-02-22T17:00").minus(SECOND));
        assertThat(dana.open()).containsExactly("rounds-over");
        dana.moveTo("2027-02-22T17:00");
        assertThat(dana.open()).containsExactly("review-letter");
    }

    @Test
    void changeNothingASecondTime() {
        Walk dana = walks.inOntario().beginWithEverything().toWaitForSecondRound();
        off(dana.team(), "2026-11-25");
        List<String> timers = timers();
        long recorded = deadlines();

        moves.begin(dana.team().project().id(), dana.team().coordinator());
        clockwork.runDueJobs();
        // As after a node was killed before it could write down that it was done.
        jdbc.sql("update date_move set finished_at = null, last_case = ''").update();
        again(dana.team());

        assertThat(timers()).isEqualTo(timers);
        assertThat(deadlines()).isEqualTo(recorded);
        assertThat(dana.log()).containsOnlyOnce("dates.moved");
    }

    @Test
    void goOnWithTheOthersWhenOneCaseFailsAndFinishItLater() {
        Team york = walks.inOntario();
        List<Walk> all = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            all.add(york.begin(york.clientWithEverything().openCase()).toWaitForSecondRound());
        }
        Walk stuck = all.get(1);
        refuse(stuck.code());

        off(york, "2026-11-25");

        assertThat(all.get(0).planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        assertThat(stuck.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");
        assertThat(timersOf(stuck)).containsExactly(Instant.parse("2026-11-26T14:00:00Z"));
        assertThat(all.get(2).planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        assertThat(moves.latest(york.project().id())).hasValueSatisfying(progress -> {
            assertThat(progress.dates()).isEqualTo(2);
            assertThat(progress.failed()).isEqualTo(1);
            assertThat(progress.finishedAt()).isNotNull();
        });

        letEveryDateBeWritten();
        moves.begin(york.project().id(), york.coordinator());
        clockwork.runDueJobs();

        assertThat(stuck.planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        assertThat(timersOf(stuck)).containsExactly(Instant.parse("2026-11-27T14:00:00Z"));
        assertThat(all.get(0).log()).containsOnlyOnce("dates.moved");
    }

    @Test
    void forecastWhatThenMoves() {
        Team york = walks.inOntario();
        york.beginWithEverything().toWaitForSecondRound();
        york.begin(york.clientWithEverything().openCase()).toFirstRound();
        CalendarSpec now = projects.get(york.project().id()).calendar();

        assertThat(moves.forecast(york.project().id(), calendars.of(now.with(day("2026-12-24")))))
                .isEqualTo(new CalendarMoves.Forecast(0, 0, false));
        assertThat(moves.forecast(york.project().id(), calendars.of(now.with(day("2026-11-25")))))
                .isEqualTo(new CalendarMoves.Forecast(2, 2, false));
    }

    @Test
    void moveOneDeadlineByItself() {
        Walk dana = walks.inOntario().beginWithEverything().toFirstRound();
        Deadline before = dana.lastDeadline();
        Deadline after = projects.calendar(dana.team().project().id()).within(before.from(), 7);

        boolean moved = moving.move(dana.code(), before.due(), after, Moved.extended(before, walks.clock.instant()));

        assertThat(moved).isTrue();
        assertThat(dana.window("record-round")).isEqualTo("2026-11-23T09:10/2026-12-02T17:00");
        assertThat(words.explain(dana.lastDeadline(), Locale.ENGLISH).skipped())
                .contains("it was due end of Mon 30 Nov; extended by a decision on Mon 23 Nov");
        assertThat(moving.move(dana.code(), before.due(), after, Moved.extended(before, walks.clock.instant())))
                .isFalse();
    }

    @Test
    void areToldToTheAdministratorBeforeAndAfter() throws Exception {
        Walk dana = walks.inOntario().beginWithEverything().toWaitForSecondRound();
        UserId ada = walks.fixtures.aPerson("Ada Novak", dana.team().project(), Role.ADMIN);
        String days = "/admin/projects/" + dana.team().project().key() + "/calendar/days";

        MockHttpServletResponse asked = addDay(days, "2026-11-25", "", ada);
        assertThat(asked.getStatus()).isEqualTo(200);
        Document page = Jsoup.parse(asked.getContentAsString());
        assertThat(page.select("form[action$=/days] [role=alert]").text())
                .isEqualTo("If you save this, one open date moves in one case. Save once more to go on.");
        assertThat(dana.planned()).isEqualTo("2026-11-26T09:00/2026-11-30T17:00");

        String confirmed =
                page.select("form[action$=/days] input[name=confirmed]").val();
        assertThat(addDay(days, "2026-11-25", confirmed, ada).getStatus()).isEqualTo(302);
        clockwork.runDueJobs();

        assertThat(dana.planned()).isEqualTo("2026-11-27T09:00/2026-12-01T17:00");
        assertThat(calendarPage(days, ada).text()).contains("one open date moved (one case)");
        MockHttpServletResponse removing = web.perform(post(days + "/remove")
                        .param("day", "2026-11-25")
                        .accept("text/html")
                        .header("Accept-Language", "en")
                        .with(signedIn(ada))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(Jsoup.parse(removing.getContentAsString())
                        .select("form[action$=/remove] [name=confirmed]")
                        .val())
                .isEqualTo("1/1");
    }

    private Document calendarPage(String days, UserId who) throws Exception {
        return Jsoup.parse(web.perform(get(days.replace("/days", ""))
                        .accept("text/html")
                        .header("Accept-Language", "en")
                        .with(signedIn(who)))
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    private MockHttpServletResponse addDay(String path, String day, String confirmed, UserId who) throws Exception {
        return web.perform(post(path)
                        .param("day", day)
                        .param("reasonEn", "Staff day")
                        .param("reasonEs", "Jornada del personal")
                        .param("reasonIt", "Giornata del personale")
                        .param("confirmed", confirmed)
                        .accept("text/html")
                        .header("Accept-Language", "en")
                        .with(signedIn(who))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static ExtraDay day(String day) {
        return new ExtraDay(LocalDate.parse(day), true, STAFF_DAY);
    }

    private void off(Team team, String day) {
        projects.addExtraDay(team.project().id(), day(day));
        again(team);
    }

    private void without(Team team, String day) {
        CalendarSpec now = projects.get(team.project().id()).calendar();
        projects.changeCalendar(
                team.project().id(),
                new CalendarSpec(
                        now.jurisdiction(),
                        now.zone(),
                        now.opens(),
                        now.closes(),
                        now.weekend(),
                        now.extraDays().stream()
                                .filter(each -> !each.day().toString().equals(day))
                                .toList(),
                        now.version()));
        again(team);
    }

    private void again(Team team) {
        List<Long> unfinished = jdbc.sql("select id from date_move where finished_at is null")
                .query(Long.class)
                .list();
        if (unfinished.isEmpty()) {
            moves.begin(team.project().id(), team.coordinator());
        }
        unfinished.forEach(id -> processes.start(
                "move-dates", "dates-" + id, team.project().id(), Variables.of(ProcessVariable.id("dateMoveId"), id)));
        clockwork.runDueJobs();
    }

    /** Whatever is recorded for this case fails, as it would when a statement is cut off. */
    private void refuse(String code) {
        jdbc.sql("""
                        create or replace function refuse_deadline() returns trigger language plpgsql as
                        $$ begin raise exception 'cut off'; end $$
                        """).update();
        jdbc.sql("create trigger refuse_one before insert on deadline for each row when (new.case_code = '" + code
                        + "') execute function refuse_deadline()")
                .update();
    }

    private Instant inCalledProcess(Walk walk, String variable) {
        ProcessInstance called = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(walk.code())
                .processDefinitionKey("contact-round")
                .singleResult();
        return ((Date) runtime.getVariable(called.getId(), variable)).toInstant();
    }

    private List<String> timers() {
        return jdbc.sql("select id_ || ' ' || duedate_ from engine.act_ru_job where type_ = 'timer' order by 1")
                .query(String.class)
                .list();
    }

    private List<Instant> timersOf(Walk walk) {
        return jdbc.sql("""
                        select j.duedate_ at time zone 'UTC'
                          from engine.act_ru_job j
                          join engine.act_ru_execution p on p.id_ = j.process_instance_id_
                         where p.business_key_ = :case and j.type_ = 'timer' order by 1
                        """)
                .param("case", walk.code())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    private long deadlines() {
        return jdbc.sql("select count(*) from deadline").query(Long.class).single();
    }

    private String detail(Walk walk, String key) {
        return jdbc.sql("select details ->> :key from activity where case_code = :case and action = 'dates.moved'")
                .param("key", key)
                .param("case", walk.code())
                .query(String.class)
                .single();
    }
}
