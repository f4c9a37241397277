package org.ancora.process.steering;

import java.util.HashMap;
import java.util.Map;

/**
 * What somebody typed of what is to be done to many, so that nothing of it is lost where it is refused or changed.
 *
 * @param what the part of each that was chosen; may be empty
 * @param to how a date is moved: {@code days}, {@code at} or {@code now}; or the step to which they go; may be empty
 * @param day of a date as a browser sends it; may be empty
 * @param hour of that date; may be empty
 * @param days by how many business days a date is put off
 * @param values what each value was to become, by the part that it is
 */
record BatchTyped(String what, String to, String day, String hour, String days, Map<String, String> values) {

    private static final String VALUE = "to-";

    BatchTyped {
        values = Map.copyOf(values);
    }

    /** What a form sent, by the names of its fields. */
    static BatchTyped sent(Map<String, String> sent) {
        Map<String, String> values = new HashMap<>();
        sent.forEach((name, value) -> {
            if (name.startsWith(VALUE)) {
                values.put(name.substring(VALUE.length()), value);
            }
        });
        return new BatchTyped(
                sent.getOrDefault("what", ""),
                sent.getOrDefault("to", ""),
                sent.getOrDefault("day", ""),
                sent.getOrDefault("hour", ""),
                sent.getOrDefault("days", ""),
                values);
    }

    /** What was settled before, to be changed; what the form proposes where nothing was. */
    static BatchTyped settled(Batch batch) {
        String becomes = batch.becomes();
        boolean at = becomes.startsWith(BatchOrders.AT);
        String[] moment = at ? becomes.substring(BatchOrders.AT.length()).split("T", 2) : new String[] {"", "17:00"};
        return new BatchTyped(
                batch.what(),
                switch (batch.deed()) {
                    case RESCHEDULE -> at ? "at" : becomes.equals(BatchOrders.NOW) ? "now" : "days";
                    case MOVE -> BatchOrders.Part.of(batch.what()).process() + "/" + becomes;
                    default -> "";
                },
                moment[0],
                moment[1],
                becomes.startsWith(BatchOrders.DAYS) ? becomes.substring(BatchOrders.DAYS.length()) : "5",
                batch.deed() == Deed.CORRECT ? Map.of(batch.what(), becomes) : Map.of());
    }
}
