package org.ancora.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ancora.access.ProjectId;
import org.ancora.access.ProjectTree;
import org.ancora.access.User;
import org.ancora.access.UserId;
import org.ancora.access.Users;
import org.ancora.correspondence.NewNotice;
import org.ancora.correspondence.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Raises alarms: a line in the log when one begins, each hour while it lasts and when it ends; and one notice a day and
 * cause for each administrator, whichever node saw it first.
 */
@Component
class Alarms {

    private static final Logger log = LoggerFactory.getLogger(Alarms.class);
    private static final Duration AGAIN = Duration.ofHours(1);

    private final Notices notices;
    private final Users users;
    private final ProjectTree projects;
    private final Clock clock;
    private final Map<Alarm, Instant> said = new EnumMap<>(Alarm.class);
    private final Map<Alarm, LocalDate> told = new EnumMap<>(Alarm.class);

    Alarms(Notices notices, Users users, ProjectTree projects, Clock clock) {
        this.notices = notices;
        this.users = users;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * Says that this is the case now.
     *
     * @param figures numbers for the sentence that administrators read, in its order
     */
    synchronized void raise(Alarm alarm, Object... figures) {
        Instant now = clock.instant();
        List<String> numbers = List.of(figures).stream().map(String::valueOf).toList();
        Instant before = said.get(alarm);
        if (before == null || before.plus(AGAIN).isBefore(now) || before.isAfter(now)) {
            log.error("ALARM {}: {}", alarm.code(), String.join(", ", numbers));
            said.put(alarm, now);
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!today.equals(told.get(alarm))) {
            tell(alarm, numbers, today);
            told.put(alarm, today);
        }
    }

    /** Says that this is not, or no longer, the case. */
    synchronized void clear(Alarm alarm) {
        if (said.remove(alarm) != null) {
            log.info("Alarm {} is over", alarm.code());
        }
    }

    private void tell(Alarm alarm, List<String> numbers, LocalDate today) {
        String once = "alarm-" + alarm.code() + "-" + today;
        Set<UserId> reached = new HashSet<>();
        for (ProjectId project : projects.all()) {
            NewNotice notice = new NewNotice("alarm-" + alarm.code(), project, null, numbers, true, once);
            for (User administrator : users.administrators(project)) {
                if (reached.add(administrator.id())) {
                    notices.tell(administrator.id(), notice);
                }
            }
        }
    }
}
