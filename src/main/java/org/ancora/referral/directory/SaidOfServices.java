package org.ancora.referral.directory;

import java.util.HashMap;
import java.util.Map;

/**
 * What tables of version 2 say of services, kept in memory until those come: therefore of so many services at most, and
 * altogether of such a length.
 */
final class SaidOfServices {

    /** Ten times as many as a large directory has. */
    static final int MOST = 500_000;

    /** In characters, with the ids of the services. */
    static final int LARGEST = 50 << 20;

    /** By column and service. */
    private final Map<String, Map<String, StringBuilder>> all = new HashMap<>();

    private long length;

    /**
     * Takes one more line of a column, which is no longer with all its lines than any value may be.
     *
     * @param title what the table calls it
     * @throws Unreadable when that is too much
     */
    void add(String file, int line, String title, String column, String service, String text) {
        Map<String, StringBuilder> services = all.computeIfAbsent(column, any -> new HashMap<>());
        StringBuilder told = services.get(service);
        if (told == null) {
            told = new StringBuilder();
            services.put(service, told);
            length += service.length();
        } else {
            told.append('\n');
        }
        length += text.length() + 1;
        if (services.size() > MOST) {
            throw new Unreadable(file, line, "service_id", "rows", MOST);
        }
        if (told.length() + text.length() > Values.LONGEST) {
            throw new Unreadable(file, line, title, "long", Values.LONGEST);
        }
        if (length > LARGEST) {
            throw new Unreadable(file, line, title, "bomb", LARGEST);
        }
        told.append(text);
    }

    /** Says it of a service that does not say it itself. */
    void tell(Draft draft) {
        all.forEach((column, services) -> {
            StringBuilder text = services.get(String.valueOf(draft.ref()));
            if (text != null && !draft.data().has(column)) {
                draft.cell(column, text.toString());
            }
        });
    }
}
