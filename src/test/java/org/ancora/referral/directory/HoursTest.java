package org.ancora.referral.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.referral.directory.HoursText.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening hours: as HSDS says them, as small agencies write them, over midnight and when the clocks change. */
class HoursTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @ParameterizedTest
    @CsvSource({
        // Monday to Friday, 9 to 17
        "2026-11-23T08:59, false",
        "2026-11-23T09:00, true",
        "2026-11-23T16:59, true",
        "2026-11-23T17:00, false",
        "2026-11-22T12:00, false"
    })
    void opensAndClosesToTheMinute(String at, boolean open) {
        Hours hours = hours("{'freq':'WEEKLY','byday':'MO,TU,WE,TH,FR','opens_at':'09:00','closes_at':'17:00:00'}");

        assertThat(hours.isOpen(toronto(at))).isEqualTo(open);
        assertThat(hours.isWeekly(TODAY)).isTrue();
        assertThat(inWeek(hours, toronto(at))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        // Saturday and Sunday nights, 22 to 6
        "2026-11-21T21:59, false",
        "2026-11-21T22:00, true",
        "2026-11-22T05:59, true",
        "2026-11-22T06:00, false",
        "2026-11-22T23:30, true",
        "2026-11-23T05:59, true",
        "2026-11-24T05:00, false"
    })
    void staysOpenOverMidnightAndIntoTheNextWeek(String at, boolean open) {
        Hours hours = hours("{'freq':'WEEKLY','byday':'SA,SU','opens_at':'22:00','closes_at':'06:00'}");

        assertThat(hours.isOpen(toronto(at))).isEqualTo(open);
        assertThat(inWeek(hours, toronto(at))).isEqualTo(open);
    }

    /** On 8 March 2026 the hour from 2 to 3 is left out in Toronto; on 1 November that from 1 to 2 comes twice. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-08T06:30:00Z, true", // 1:30, winter time
        "2026-03-08T07:00:00Z, true", // 3:00, summer time
        "2026-03-08T08:59:00Z, true", // 4:59
        "2026-03-08T09:00:00Z, false", // 5:00
        "2026-03-09T09:00:00Z, false", // 5:00 the day after
        "2026-11-01T05:30:00Z, true", // 1:30 for the first time
        "2026-11-01T06:30:00Z, true", // 1:30 again
        "2026-11-01T09:59:00Z, true", // 4:59, winter time
        "2026-11-01T10:00:00Z, false"
    })
    void goesByTheClockOnTheWallWhenTheClocksChange(Instant at, boolean open) {
        Hours night = hours("{'freq':'DAILY','opens_at':'23:00','closes_at':'05:00'}");

        assertThat(night.isOpen(at)).isEqualTo(open);
        assertThat(inWeek(night, at)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'byday':'1MO', 2026-12-07T10:00, true",
                "'byday':'1MO', 2026-12-14T10:00, false",
                "'byday':'-1FR', 2026-11-27T10:00, true",
                "'byday':'-1FR', 2026-11-20T10:00, false",
                "'bymonthday':'15|-1', 2026-11-30T10:00, true",
                "'bymonthday':'15|-1', 2026-11-29T10:00, false",
                "'dtstart':'2026-01-31', 2026-03-31T10:00, true",
                "'dtstart':'2026-01-31', 2026-04-30T10:00, false"
            })
    void knowsTheDaysOfAMonth(String rule, String at, boolean open) {
        Hours hours = hours("{'freq':'MONTHLY','opens_at':'09:00','closes_at':'12:00'," + rule.replace("|", ",") + "}");

        assertThat(hours.isOpen(toronto(at))).isEqualTo(open);
        assertThat(hours.isWeekly(TODAY)).isFalse();
        assertThat(!open || inWeek(hours, toronto(at)))
                .as("the week leaves nothing out")
                .isTrue();
    }

    @Test
    void countsWeeksAndOccurrencesFromTheStart() {
        Hours second = hours(
                "{'freq':'WEEKLY','byday':'MO','interval':2,'dtstart':'2026-11-09','opens_at':'09:00','closes_at':'12:00'}");
        Hours three = hours(
                "{'freq':'WEEKLY','byday':'MO','count':3,'dtstart':'2026-11-09','opens_at':'09:00','closes_at':'12:00'}");

        assertThat(second.isOpen(toronto("2026-11-23T10:00"))).isTrue();
        assertThat(second.isOpen(toronto("2026-11-16T10:00"))).isFalse();
        assertThat(three.isOpen(toronto("2026-11-23T10:00"))).isTrue();
        assertThat(three.isOpen(toronto("2026-11-30T10:00"))).isFalse();
    }

    @Test
    void holdsOnlyFromAndUntilItsDays() {
        Hours summer = hours(
                "{'freq':'WEEKLY','byday':'MO','valid_from':'2026-06-01','valid_to':'2026-08-31','opens_at':'09:00','closes_at':'12:00'}");
        Hours since = hours(
                "{'freq':'WEEKLY','byday':'MO','valid_from':'2020-01-01','opens_at':'09:00','closes_at':'12:00'}");

        assertThat(summer.isOpen(toronto("2026-08-31T10:00"))).isTrue();
        assertThat(summer.isOpen(toronto("2026-09-07T10:00"))).isFalse();
        assertThat(summer.isWeekly(TODAY)).isFalse();
        assertThat(since.isWeekly(TODAY))
                .as("a beginning that is past binds nothing")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'timezone':'America/Lima', America/Lima",
                "'timezone':'-05:00', UTC+05:00",
                "'timezone':3, UTC-03:00",
                "'timezone':'5.5', UTC-05:30",
                "'timezone':'Mars/Base', America/Toronto",
                "'notes':'none', America/Toronto"
            })
    void knowsItsZone(String zone, String named) {
        assertThat(hours("{'opens_at':'09:00','closes_at':'12:00'," + zone + "}")
                        .zone())
                .isEqualTo(named);
    }

    @Test
    void saysWhenItClosesOrOpensNext() {
        Hours hours = hours("{'freq':'WEEKLY','byday':'MO,TH','opens_at':'09:00','closes_at':'17:00'}");

        assertThat(hours.next(toronto("2026-11-23T10:00"))).hasValue(new Hours.Turn(true, TODAY, 17 * 60));
        assertThat(hours.next(toronto("2026-11-23T17:00")))
                .hasValue(new Hours.Turn(false, LocalDate.of(2026, 11, 26), 9 * 60));
        assertThat(hours.isAlways()).isFalse();
        assertThat(hours("{'freq':'DAILY','opens_at':'00:00','closes_at':'24:00'}")
                        .isAlways())
                .isTrue();
        assertThat(hours("{'freq':'WEEKLY','byday':'MO,TU','opens_at':'00:00','closes_at':'24:00'}")
                        .isAlways())
                .isFalse();
        assertThat(hours("{'description':'Ask'}").next(toronto("2026-11-23T17:00")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon-Fri 9:00-17:00 | MO,TU,WE,TH,FR 09:00-17:00",
                "Mo–Fr 9–17; Sa 10-13 | MO,TU,WE,TH,FR 09:00-17:00 SA 10:00-13:00",
                "lun a vie 8:30-13:00, 15.00-18.00 | MO,TU,WE,TH,FR 08:30-13:00 MO,TU,WE,TH,FR 15:00-18:00",
                "Lunes, miércoles y viernes de 9 a 12 | MO,WE,FR 09:00-12:00",
                "dal lunedì al venerdì 9-17 | MO,TU,WE,TH,FR 09:00-17:00",
                "Mon-Fri 9-17, Sat 10-13 | MO,TU,WE,TH,FR 09:00-17:00 SA 10:00-13:00",
                "Tue 1pm-4:30 pm | TU 13:00-16:30",
                "24/7 | MO,TU,WE,TH,FR,SA,SU 00:00-24:00",
                "todos los días 22:00-06:00 | MO,TU,WE,TH,FR,SA,SU 22:00-06:00",
                "sab-dom 10-12 | SA,SU 10:00-12:00"
            })
    void readsHoursAsPeopleWriteThem(String text, String spans) {
        List<Span> read = HoursText.read(text).orElseThrow();

        assertThat(String.join(
                        " ",
                        read.stream()
                                .map(span -> span.days() + " " + span.opens() + "-" + span.closes())
                                .toList()))
                .isEqualTo(spans);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"by appointment", "Mon-Fri", "first Monday 9-12", "9-17", "Mon 9-17 except holidays", "Mon 25-26"
            })
    void leavesAloneWhatItCannotRead(String text) {
        assertThat(HoursText.read(text)).isEmpty();
    }

    private static Hours hours(String... schedules) {
        return Hours.read("[" + String.join(",", schedules).replace('\'', '"') + "]", TORONTO);
    }

    private static Instant toronto(String at) {
        return LocalDateTime.parse(at).atZone(TORONTO).toInstant();
    }

    /** As the database looks it up. */
    private static boolean inWeek(Hours hours, Instant at) {
        int minute = Hours.minuteOfWeek(at, TORONTO);
        Matcher range = Pattern.compile("\\[(\\d+),(\\d+)\\)").matcher(hours.week());
        while (range.find()) {
            if (minute >= Integer.parseInt(range.group(1)) && minute < Integer.parseInt(range.group(2))) {
                return true;
            }
        }
        return false;
    }
}
