package org.ancora.correspondence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ancora.database.StartUpRefused;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a text gateway wants to be sent: the provider's own words around {@code {{to}}}, {@code {{text}}} and
 * {@code {{reference}}}, as JSON or as a form. Values are encoded for where they stand, so nothing in a message can become
 * part of the request.
 */
final class SmsBody {

    /** Sent where nothing else is configured. */
    static final String USUAL = "{\"to\": \"{{to}}\", \"text\": \"{{text}}\", \"reference\": \"{{reference}}\"}";

    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final Set<String> KNOWN = Set.of("to", "text", "reference");

    private final String template;
    private final String type;
    private final UnaryOperator<String> encode;

    private SmsBody(String template, String type, UnaryOperator<String> encode) {
        this.template = template;
        this.type = type;
        this.encode = encode;
    }

    /**
     * A body as its operator wrote it.
     *
     * @param type {@link #JSON} or {@link #FORM}
     * @throws StartUpRefused when the gateway could not be given a message this way
     */
    static SmsBody of(String template, String type) {
        UnaryOperator<String> encode =
                switch (type) {
                    case JSON -> SmsBody::quoted;
                    case FORM -> value -> URLEncoder.encode(value, StandardCharsets.UTF_8);
                    default ->
                        throw new StartUpRefused("ANCORA_SMS_TYPE is " + type
                                + ", and text messages are handed over as " + JSON + " or " + FORM + ".");
                };
        SmsBody body = new SmsBody(template, type, encode);
        body.check();
        return body;
    }

    /** As it is sent as {@code Content-Type}. */
    String type() {
        return type;
    }

    /** The body for one message. */
    String of(StoredMessage message) {
        return filled(Map.of(
                "to",
                message.address(),
                "text",
                message.text(),
                "reference",
                message.id().toString()));
    }

    private void check() {
        Set<String> named = new TreeSet<>();
        Matcher place = PLACE.matcher(template);
        while (place.find()) {
            named.add(place.group(1));
        }
        if (!named.contains("to") || !named.contains("text")) {
            throw new StartUpRefused(
                    "ANCORA_SMS_BODY lacks {{to}} or {{text}}: every text message needs a number and words.");
        }
        named.removeAll(KNOWN);
        if (!named.isEmpty()) {
            throw new StartUpRefused("ANCORA_SMS_BODY names {{" + String.join("}}, {{", named)
                    + "}}, and knows only {{to}}, {{text}} and {{reference}}.");
        }
        if (type.equals(JSON)) {
            try {
                JsonMapper.shared().readTree(filled(Map.of("to", "+1", "text", "\"\\\n", "reference", "1")));
            } catch (JacksonException malformed) {
                throw new StartUpRefused(
                        "ANCORA_SMS_BODY is no JSON once it is filled in; the placeholders stand inside quotes.");
            }
        }
    }

    private String filled(Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(place -> Matcher.quoteReplacement(encode.apply(values.getOrDefault(place.group(1), ""))));
    }

    private static String quoted(String value) {
        String json = JsonMapper.shared().writeValueAsString(value);
        return json.substring(1, json.length() - 1);
    }
}
