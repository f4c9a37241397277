package org.ancora.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What makes a form that is sent again known: pressed twice, sent anew after the way back, or on a second line while the
 * first is slow. A form carries a key in the hidden field {@value #FIELD}; sent with other words it is another request.
 */
public final class RequestKey {

    /** The name of the hidden field. */
    public static final String FIELD = "requestKey";

    private RequestKey() {}

    /** A key for a form that nobody has filled in yet. */
    public static String fresh() {
        return UUID.randomUUID().toString();
    }

    /**
     * The key of what was sent: the same only for the same form with the same words.
     *
     * @param typed every field as it was sent, with that of the key; without one, each is a request of its own
     */
    public static UUID of(Map<String, String> typed) {
        String key = typed.getOrDefault(FIELD, "");
        return UUID.nameUUIDFromBytes(new TreeMap<>(key.isBlank() ? Map.of(FIELD, fresh()) : typed)
                .toString()
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Lets nobody else act on the same request until the caller's transaction has ended. */
    public static void hold(UUID key, JdbcClient jdbc) {
        jdbc.sql("select pg_advisory_xact_lock(:key)::text")
                .param("key", key.getMostSignificantBits())
                .query(String.class)
                .single();
    }
}
