package org.ancora.time;

import static org.ancora.time.TimeFixtures.calendar;
import static org.ancora.time.TimeFixtures.italyOffice;
import static org.ancora.time.TimeFixtures.lima;
import static org.ancora.time.TimeFixtures.ontarioOffice;
import static org.ancora.time.TimeFixtures.ontarioOfficeOpenOn28December;
import static org.ancora.time.TimeFixtures.peruOffice;
import static org.ancora.time.TimeFixtures.rome;
import static org.ancora.time.TimeFixtures.toronto;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people read about deadlines, in their language. */
class DeadlineWordsTest {

    private static final Locale EN = Locale.ENGLISH;
    private static final Locale ES = Locale.forLanguageTag("es-PE");
    private static final Locale IT = Locale.ITALIAN;

    private final Dates dates = new Dates(TimeFixtures.messages());
    private final DeadlineWords words = new DeadlineWords(
            TimeFixtures.messages(),
            dates,
            TimeFixtures.CALENDARS,
            Clock.fixed(toronto("2026-11-23T10:00"), ZoneOffset.UTC));
    private final BusinessCalendar ontario = calendar(ontarioOffice());
    private final Deadline round = ontario.window(toronto("2026-11-23T10:00"), 3, 5);

    @Test
    void saysWhereAWindowStands() {
        assertThat(standing("2026-11-24T10:00", EN)).isEqualTo("opens Thu 26 Nov");
        assertThat(standing("2026-11-26T10:00", EN)).isEqualTo("2 business days left");
        assertThat(standing("2026-11-29T10:00", EN)).isEqualTo("1 business day left");
        assertThat(standing("2026-11-30T10:00", EN)).isEqualTo("due today, end of day");
        assertThat(standing("2026-11-30T16:45", EN)).isEqualTo("late since 16:30");
        assertThat(standing("2026-12-01T08:00", EN)).isEqualTo("1 business day late");
        assertThat(standing("2026-12-02T08:00", EN)).isEqualTo("2 business days late");

        assertThat(standing("2026-11-24T10:00", ES)).isEqualTo("abre el jue 26 nov");
        assertThat(standing("2026-11-26T10:00", ES)).isEqualTo("quedan 2 días hábiles");
        assertThat(standing("2026-11-30T10:00", ES)).isEqualTo("vence hoy, fin del día");
        assertThat(standing("2026-12-01T08:00", ES)).isEqualTo("1 día hábil de retraso");

        assertThat(standing("2026-11-24T10:00", IT)).isEqualTo("apre gio 26 nov");
        assertThat(standing("2026-11-26T10:00", IT)).isEqualTo("restano 2 giorni lavorativi");
        assertThat(standing("2026-11-30T10:00", IT)).isEqualTo("scade oggi, fine giornata");
        assertThat(standing("2026-12-01T08:00", IT)).isEqualTo("1 giorno lavorativo di ritardo");
    }

    @Test
    void countsNoBusinessDayOnAWeekendAfterFriday() {
        var friday = ontario.within(toronto("2026-11-20T10:00"), 5);

        assertThat(words.standing(friday.opens(), friday.due(), toronto("2026-11-28T10:00"), ontario, EN))
                .isEqualTo("late since Fri 27 Nov");
    }

    @Test
    void readsAWindowBarAloud() {
        assertThat(window("2026-11-26T10:00", EN))
                .isEqualTo("opens Thu 26 Nov, due end of Mon 30 Nov, 2 business days left");
        assertThat(window("2026-11-27T10:00", EN))
                .isEqualTo("open since Thu 26 Nov, due end of Mon 30 Nov, 1 business day left");
        assertThat(window("2026-11-30T10:00", EN)).isEqualTo("open since Thu 26 Nov, due today, end of day");
        assertThat(window("2026-12-01T10:00", EN))
                .isEqualTo("open since Thu 26 Nov, due end of Mon 30 Nov, 1 business day late");
        assertThat(window("2026-11-26T10:00", ES))
                .isEqualTo("abre el jue 26 nov, vence al final del lun 30 nov, quedan 2 días hábiles");
        assertThat(window("2026-11-26T10:00", IT))
                .isEqualTo("apre gio 26 nov, scade alla fine di lun 30 nov, restano 2 giorni lavorativi");
    }

    @Test
    void readsAPromisedHourAloud() {
        var call = ontario.at(toronto("2026-11-30T10:30"));

        assertThat(words.window(call.opens(), call.due(), toronto("2026-11-27T10:00"), ontario, EN))
                .isEqualTo("due Mon 30 Nov at 10:30, 1 business day left");
        assertThat(words.standing(call.opens(), call.due(), toronto("2026-11-30T09:00"), ontario, EN))
                .isEqualTo("due today at 10:30");
        assertThat(words.standing(call.opens(), call.due(), toronto("2026-11-30T09:00"), ontario, ES))
                .isEqualTo("vence hoy a las 10:30");
        assertThat(words.standing(call.opens(), call.due(), toronto("2026-11-30T09:00"), ontario, IT))
                .isEqualTo("scade oggi alle 10:30");
        assertThat(words.explain(call, EN))
                .isEqualTo(new Explanation(
                        "an hour that was promised",
                        "",
                        "due Mon 30 Nov at 10:30",
                        List.of(),
                        "Ontario calendar 2026, version 1"));
    }

    @Test
    void saysWhyThisDate() {
        var why = words.explain(round, EN);

        assertThat(why.start()).isEqualTo("counted from Mon 23 Nov");
        assertThat(why.opens()).isEqualTo("opens Thu 26 Nov (3rd business day)");
        assertThat(why.due()).isEqualTo("due end of Mon 30 Nov (5th business day)");
        assertThat(why.skipped()).containsExactly("Sat 28 and Sun 29 do not count");
        assertThat(why.calendar()).isEqualTo("Ontario calendar 2026, version 1");
    }

    @Test
    void namesBoxingDayObserved() {
        var why = words.explain(ontario.window(toronto("2026-12-23T10:00"), 3, 5), EN);

        assertThat(why.skipped())
                .containsExactly(
                        "Sat 26 Dec, Sun 27 Dec, Sat 2 Jan 2027 and Sun 3 Jan 2027 do not count",
                        "Fri 25 Dec: Christmas Day",
                        "Mon 28 Dec: Boxing Day observed",
                        "Fri 1 Jan 2027: New Year's Day");
        assertThat(why.calendar()).isEqualTo("Ontario calendar 2026–2027, version 1");
    }

    @Test
    void namesTheReasonForADayThatTheProjectWorks() {
        var deadline = calendar(ontarioOfficeOpenOn28December()).window(toronto("2026-12-23T10:00"), 3, 5);

        assertThat(words.explain(deadline, EN).skipped())
                .containsExactly(
                        "Sat 26 and Sun 27 do not count",
                        "Fri 25 Dec: Christmas Day",
                        "Mon 28 Dec counts: the office is open");
        assertThat(words.explain(deadline, IT).skipped()).contains("lun 28 dic conta: l'ufficio è aperto");
    }

    @Test
    void saysWhyInSpanishAndItalian() {
        var inPeru = calendar(peruOffice("PE-AYA")).window(lima("2026-12-03T11:00"), 3, 5);
        var peru = words.explain(inPeru, ES);
        assertThat(peru.start()).isEqualTo("se cuenta desde el jue 3 dic");
        assertThat(peru.opens()).isEqualTo("abre el jue 10 dic (día hábil 3)");
        assertThat(peru.due()).isEqualTo("vence al final del lun 14 dic (día hábil 5)");
        assertThat(peru.skipped())
                .containsExactly(
                        "sáb 5, dom 6, sáb 12 y dom 13 no cuentan",
                        "mar 8 dic: Inmaculada Concepción",
                        "mié 9 dic: Batalla de Ayacucho");
        assertThat(peru.calendar()).isEqualTo("Calendario del Perú, Ayacucho 2026, versión 1");

        var italy = words.explain(calendar(italyOffice("IT-TO")).within(rome("2026-12-05T11:00"), 2), IT);
        assertThat(italy.start()).isEqualTo("si conta da lun 7 dic: sab 5 dic non è un giorno lavorativo");
        assertThat(italy.opens()).isEqualTo("aperta da subito");
        assertThat(italy.due()).isEqualTo("scade alla fine di gio 10 dic (2º giorno lavorativo)");
        assertThat(italy.skipped()).containsExactly("sab 5 e dom 6 non contano", "mar 8 dic: Immacolata Concezione");
    }

    @Test
    void saysThatTheOfficeHadClosed() {
        assertThat(words.explain(ontario.window(toronto("2026-11-23T18:05"), 3, 5), EN)
                        .start())
                .isEqualTo("counted from Tue 24 Nov: Mon 23 Nov, 18:05 was after closing time");
    }

    @Test
    void countsTheWeekendsOfALongTerm() {
        var deadline = calendar(peruOffice("PE")).within(lima("2026-11-23T11:00"), 30);

        assertThat(words.explain(deadline, ES).skipped())
                .startsWith("12 días de fin de semana del sáb 28 nov al dom 3 ene 2027 no cuentan")
                .contains("vie 1 ene 2027: Año Nuevo");
    }

    @Test
    void fallsBackToEnglishWhereAReasonHasNoTranslation() {
        var closed = new ExtraDay(LocalDate.of(2026, 11, 27), true, Map.of("en", "staff retreat"));
        var deadline = calendar(ontarioOffice().with(closed)).window(toronto("2026-11-23T10:00"), 3, 5);

        assertThat(words.explain(deadline, ES).skipped()).contains("vie 27 nov: staff retreat");
    }

    @Test
    void writesDatesAsPeopleDo() {
        var day = LocalDate.of(2026, 11, 23);
        assertThat(dates.day(day, EN)).isEqualTo("Mon 23 Nov");
        assertThat(dates.day(day, ES)).isEqualTo("lun 23 nov");
        assertThat(dates.day(day, IT)).isEqualTo("lun 23 nov");
        assertThat(dates.day(LocalDate.of(2026, 9, 30), Locale.CANADA)).isEqualTo("Wed 30 Sep");
        assertThat(dates.day(LocalDate.of(2027, 1, 8), day, EN)).isEqualTo("Fri 8 Jan 2027");
        assertThat(dates.weekday(day, ES)).isEqualTo("lun 23");
        assertThat(dates.longDay(day, EN)).isEqualTo("Monday 23 November 2026");
        assertThat(dates.longDay(day, ES)).isEqualTo("lunes 23 de noviembre de 2026");
        assertThat(dates.longDay(day, IT)).isEqualTo("lunedì 23 novembre 2026");
        assertThat(dates.moment(toronto("2026-11-30T09:10"), TimeFixtures.TORONTO, EN))
                .isEqualTo("Mon 30 Nov, 9:10");
        assertThat(dates.relative(day, LocalDate.of(2026, 11, 24), ES)).isEqualTo("ayer");
        assertThat(dates.relative(day, LocalDate.of(2026, 11, 22), IT)).isEqualTo("domani");
        assertThat(dates.relative(day, LocalDate.of(2026, 11, 20), EN)).isEqualTo("Mon 23 Nov");
    }

    private String standing(String now, Locale locale) {
        return words.standing(round.opens(), round.due(), toronto(now), ontario, locale);
    }

    private String window(String now, Locale locale) {
        return words.window(round.opens(), round.due(), toronto(now), ontario, locale);
    }
}
