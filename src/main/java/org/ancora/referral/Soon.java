package org.ancora.referral;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ancora.time.BusinessCalendar;

/** Days that people name without a calendar: "call again in 2 weeks" (C129). */
enum Soon {
    WEEK(1, ChronoUnit.WEEKS),
    TWO_WEEKS(2, ChronoUnit.WEEKS),
    MONTH(1, ChronoUnit.MONTHS);

    private final int amount;
    private final ChronoUnit unit;

    Soon(int amount, ChronoUnit unit) {
        this.amount = amount;
        this.unit = unit;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** That day, or the first office day after it. */
    LocalDate from(LocalDate today, BusinessCalendar calendar) {
        return Referrals.officeDay(today.plus(amount, unit), calendar);
    }

    static Optional<Soon> of(String code) {
        return Stream.of(values()).filter(soon -> soon.code().equals(code)).findFirst();
    }
}
