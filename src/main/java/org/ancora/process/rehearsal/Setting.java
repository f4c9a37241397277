package org.ancora.process.rehearsal;

import java.time.Instant;
import java.util.Map;
import org.ancora.time.BusinessCalendar;

/**
 * With what a rehearsal begins.
 *
 * @param process the procedure that is started
 * @param place by what the calendar is found again: {@code project/<id>} or a jurisdiction's code
 * @param project the project's key, as decision tables name it; empty for none
 * @param facts what is true of the record
 */
record Setting(
        String folder,
        String process,
        String place,
        String project,
        String projectName,
        BusinessCalendar calendar,
        Instant start,
        Map<String, String> facts) {}
