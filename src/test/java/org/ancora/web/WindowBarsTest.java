package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.ancora.testing.AncoraTest;
import org.ancora.time.BusinessCalendar;
import org.ancora.time.BusinessCalendars;
import org.ancora.time.CalendarSpec;
import org.ancora.time.Dates;
import org.ancora.time.DeadlineWords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@AncoraTest
class WindowBarsTest {

    private static final Locale SPANISH = Locale.forLanguageTag("es");

    @Autowired
    private DeadlineWords words;

    @Autowired
    private Dates dates;

    @Autowired
    private BusinessCalendars calendars;

    private BusinessCalendar york;

    @BeforeEach
    void openTheOffice() {
        york = calendars.of(CalendarSpec.mondayToFriday(
                "CA-ON", ZoneId.of("America/Toronto"), LocalTime.of(9, 0), LocalTime.of(17, 0)));
    }

    @Test
    void lateStandsBeforeTheNeedleInRed() {
        WindowBar bar =
                on("2026-11-24T15:00:00Z").of(opening("2026-11-17"), closing("2026-11-20"), york, Locale.ENGLISH);

        assertThat(bar.tone()).isEqualTo("late");
        assertThat(bar.chip()).isEqualTo(new Chip("late", "alarm", "2 business days late"));
        assertThat(share(bar.x()) + share(bar.width())).isLessThan(share(bar.needle()));
        assertThat(bar.needle()).isEqualTo("94.0%");
        assertThat(bar.opens()).isEqualTo("Tue 17 Nov – Fri 20 Nov");
        assertThat(bar.due()).isEqualTo("today");
    }

    @Test
    void dueTodayIsAmberAndSaysSoInSpanish() {
        WindowBar bar = on("2026-11-23T15:00:00Z").of(opening("2026-11-19"), closing("2026-11-23"), york, SPANISH);

        assertThat(bar.tone()).isEqualTo("today");
        assertThat(bar.due()).isEqualTo("hoy");
        assertThat(bar.chip().tone()).isEqualTo("soon");
        assertThat(bar.text()).contains("hoy");
    }

    @Test
    void whatOpensLaterStandsBehindTheNeedle() {
        WindowBar bar =
                on("2026-11-23T15:00:00Z").of(opening("2026-11-26"), closing("2026-11-30"), york, Locale.ENGLISH);

        assertThat(bar.tone()).isEqualTo("later");
        assertThat(bar.needle()).isEqualTo("6.0%");
        assertThat(share(bar.x())).isGreaterThan(share(bar.needle()));
        assertThat(bar.opens()).isEqualTo("today");
        assertThat(bar.due()).isEqualTo("Thu 26 Nov – Mon 30 Nov");
        assertThat(bar.text()).isEqualTo("opens Thu 26 Nov, due end of Mon 30 Nov, 5 business days left");
    }

    @Test
    void aPromisedHourIsAPointWithOneDate() {
        Instant hour = Instant.parse("2026-11-23T15:30:00Z");

        WindowBar bar = on("2026-11-23T14:10:00Z").of(hour, hour, york, Locale.ENGLISH);

        assertThat(bar.opens()).isEqualTo("9:10");
        assertThat(bar.due()).isEqualTo("10:30");
        assertThat(on("2026-12-07T14:10:00Z")
                        .of(hour, hour, york, Locale.ENGLISH)
                        .opens())
                .isEqualTo("Mon 23 Nov, 10:30");
        assertThat(bar.width()).isEqualTo("3.0%");
    }

    private WindowBars on(String instant) {
        return new WindowBars(words, dates, Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    private Instant opening(String day) {
        return york.startOf(LocalDate.parse(day));
    }

    private Instant closing(String day) {
        return york.endOf(LocalDate.parse(day));
    }

    private static double share(String percent) {
        return Double.parseDouble(percent.replace("%", ""));
    }
}
