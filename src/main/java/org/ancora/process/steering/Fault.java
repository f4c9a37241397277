package org.ancora.process.steering;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a step could not be done, told apart by what a person would have to do about it. The words are the messages {@code
 * incident.why.<code>} and {@code incident.todo.<code>}.
 */
enum Fault {
    /** The mail server, or another service outside, does not answer or does not accept. */
    OUTSIDE,
    /** There is no address, or it is not lawful to write to it. */
    ADDRESS,
    /** The template of a letter is broken. */
    LETTER,
    /** The diagram needs a value that is not there. */
    VALUE,
    /** A decision table has no answer, or a broken one. */
    DECISION,
    /** The diagram names a step that this release does not have. */
    STEP,
    /** Its diagram goes round and never ends. */
    ROUND,
    /** It was in the way of somebody else's change, again and again. */
    BUSY,
    /** Anything else. */
    OTHER;

    /** Longer traces repeat themselves. */
    private static final int LOOKED_AT = 20_000;

    /** What stands in the trace, the most telling first. */
    private static final Map<String, Fault> SIGNS = signs();

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param trace of the failure, as the engine keeps it */
    static Fault of(@Nullable String trace) {
        if (trace == null) {
            return OTHER;
        }
        String looked = trace.length() > LOOKED_AT ? trace.substring(0, LOOKED_AT) : trace;
        return SIGNS.entrySet().stream()
                .filter(sign -> looked.contains(sign.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }

    private static Map<String, Fault> signs() {
        Map<String, Fault> signs = new LinkedHashMap<>();
        signs.put("GoesRound", ROUND);
        signs.put("NotLawful", ADDRESS);
        signs.put("AddressException", ADDRESS);
        signs.put("LetterBroken", LETTER);
        signs.put("MustacheException", LETTER);
        signs.put("DeliveryRefused", OUTSIDE);
        signs.put("MailException", OUTSIDE);
        signs.put("MailSendException", OUTSIDE);
        signs.put("MailAuthenticationException", OUTSIDE);
        signs.put("MessagingException", OUTSIDE);
        signs.put("MailConnectException", OUTSIDE);
        signs.put("ConnectException", OUTSIDE);
        signs.put("SocketTimeoutException", OUTSIDE);
        signs.put("UnknownHostException", OUTSIDE);
        signs.put("HttpTimeoutException", OUTSIDE);
        signs.put("has no value here", VALUE);
        signs.put("needs the input", VALUE);
        signs.put("PropertyNotFoundException", VALUE);
        signs.put("No decision named", DECISION);
        signs.put("has no row for ", DECISION);
        signs.put("DmnEngineException", DECISION);
        signs.put("FeelException", DECISION);
        signs.put("NoSuchBeanDefinition", STEP);
        signs.put("no step named", STEP);
        signs.put("No step named", STEP);
        signs.put("OptimisticLocking", BUSY);
        signs.put("CannotAcquireLock", BUSY);
        signs.put("DeadlockLoser", BUSY);
        return signs;
    }
}
