package org.ancora.process.rehearsal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ancora.process.rehearsal.JournalLine.Kind;
import org.ancora.process.rehearsal.JournalLine.Letter;
import org.ancora.time.BusinessCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;

/** What happened in a rehearsal, in order; so many lines and no more. */
final class Journal {

    private final BusinessCalendar calendar;
    private final Supplier<Instant> now;
    private final Limits limits;
    private final List<JournalLine> lines = new ArrayList<>();
    private long characters;

    Journal(BusinessCalendar calendar, Supplier<Instant> now, Limits limits) {
        this.calendar = calendar;
        this.now = now;
        this.limits = limits;
    }

    /**
     * Makes room for something that is kept as long as the rehearsal.
     *
     * @throws Stopped when there is none left
     */
    void makeRoom(long more) {
        if (characters + more > limits.characters()) {
            throw new Stopped("rehearsal.stopped.large", limits.characters());
        }
        characters += more;
    }

    List<JournalLine> lines() {
        return List.copyOf(lines);
    }

    /** What a scenario compares: each line with its date, on the rehearsal's calendar. */
    List<String> trace() {
        return lines.stream()
                .filter(line -> !line.trace().isEmpty())
                .map(line -> local(line.at()) + " " + line.trace())
                .toList();
    }

    /** Whether a rehearsal that left this {@link #trace} had to be stopped. */
    static boolean tellsOfAStop(List<String> trace) {
        return trace.stream().anyMatch(line -> line.matches("\\S+ stopped .*"));
    }

    void add(Kind kind, String process, String element, String trace, MessageSourceResolvable words) {
        add(kind, process, element, trace, words, null);
    }

    void add(
            Kind kind,
            String process,
            String element,
            String trace,
            MessageSourceResolvable words,
            @Nullable Letter letter) {
        // The reason for stopping is the one line that always has room.
        if (lines.size() >= limits.lines() && kind != Kind.STOPPED) {
            throw new Stopped("rehearsal.stopped.lines", limits.lines());
        }
        if (letter != null) {
            makeRoom(letter.text().length());
        }
        lines.add(new JournalLine(now.get(), kind, process, element, words, letter, trace));
    }

    /** A moment by the minute, on the rehearsal's calendar; empty for none. */
    String local(@Nullable Instant at) {
        return at == null
                ? ""
                : at.atZone(calendar.zone())
                        .toLocalDateTime()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString();
    }
}
