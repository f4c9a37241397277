package org.ancora.attention;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives out registration numbers: per office and year from 1 on, none twice, none left out. */
@Component
class RegistrationNumbers {

    private final JdbcClient jdbc;

    RegistrationNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The next number. Whoever asks for one of the same office waits until the caller's transaction is committed or given
     * up; a number that was given up is given again.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    String next(OfficeId office, int year) {
        int next = jdbc.sql("""
                        insert into registration_number (office, year, last) values (:office, :year, 1)
                        on conflict (office, year) do update set last = registration_number.last + 1
                        returning last
                        """)
                .param("office", office.value())
                .param("year", year)
                .query(Integer.class)
                .single();
        return "%s-%d-%04d".formatted(office.value(), year, next);
    }
}
