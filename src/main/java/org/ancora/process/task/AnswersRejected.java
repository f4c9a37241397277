package org.ancora.process.task;

import java.util.ArrayList;
import java.util.List;

/**
 * The domain refuses some answers. Each reason is a message of the module, shown beside its field in the person's
 * language; everything typed is kept.
 *
 * <pre>{@code throw AnswersRejected.because("when", "engagement.attempt.in-the-future").and("note", "…"); }</pre>
 */
public final class AnswersRejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Reason> reasons;

    private AnswersRejected(List<Reason> reasons) {
        super(reasons.toString(), null, false, false);
        this.reasons = reasons;
    }

    /**
     * Refuses one answer.
     *
     * @param field the field's key in the form; empty for the form as a whole
     * @param key a message key
     */
    public static AnswersRejected because(String field, String key, Object... arguments) {
        return new AnswersRejected(List.of(new Reason(field, key, List.of(arguments))));
    }

    /** The same refusal with one more reason. */
    public AnswersRejected and(String field, String key, Object... arguments) {
        List<Reason> more = new ArrayList<>(reasons);
        more.add(new Reason(field, key, List.of(arguments)));
        return new AnswersRejected(List.copyOf(more));
    }

    /** What is wrong, field by field. */
    public List<Reason> reasons() {
        return reasons;
    }

    /** Why one answer is refused. */
    public record Reason(String field, String key, List<Object> arguments) {}
}
