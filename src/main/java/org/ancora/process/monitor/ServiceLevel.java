package org.ancora.process.monitor;

/**
 * A promise that an organisation keeps or misses, published as a bean by the module that knows it. Its words are the messages
 * {@code servicelevel.<code>} and {@code servicelevel.<code>.about}.
 *
 * @param code lower-case words with hyphens; part of an address
 * @param order its place among the others
 * @param sql a select of one row a promise, from code and never from a request, with the columns {@code id} (a text
 *     that tells the promises of this level apart), {@code case_code} (case code or registration number), {@code project_id},
 *     {@code office} (or null), {@code due_at} (what was promised) and {@code done_at} (when it was kept, or null). What was
 *     neither kept nor missed, such as something withdrawn, is left out.
 */
public record ServiceLevel(String code, int order, String sql) {

    public ServiceLevel {
        if (!code.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("The code of a service level is part of an address: " + code);
        }
    }
}
