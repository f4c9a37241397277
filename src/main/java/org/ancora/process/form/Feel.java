package org.ancora.process.form;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The conditions of forms, answered by the engine's own FEEL in the way form-js answers them in the browser: a
 * condition is a unary test on a null input. Measured to agree except for {@code is defined} and {@code is empty},
 * which the model check bans.
 */
@Component
public class Feel {

    private static final Logger log = LoggerFactory.getLogger(Feel.class);
    private static final String NO_INPUT = "_input_";

    private final FeelEngine engine = new ScalaFeelEngineFactory().createInstance();

    /** Whether the value is an expression ({@code =…}) and not a plain text. */
    public static boolean isExpression(@Nullable Object value) {
        return value instanceof String text && text.startsWith("=");
    }

    /** Whether a condition holds; one that cannot be answered does not hold, as in the browser. */
    public boolean holds(@Nullable String condition, Map<String, ?> context) {
        if (condition == null || !isExpression(condition)) {
            return false;
        }
        try {
            return engine.evaluateSimpleUnaryTests(
                    condition.substring(1),
                    NO_INPUT,
                    Variables.fromMap(withInput(context)).asVariableContext());
        } catch (FeelException unanswered) {
            log.debug("A form's condition has no answer: {}", condition);
            return false;
        }
    }

    /** The value of an expression, or empty when it has none. */
    public Optional<Object> value(String expression, Map<String, ?> context) {
        try {
            return Optional.ofNullable(engine.evaluateSimpleExpression(
                    expression.substring(1),
                    Variables.fromMap(withInput(context)).asVariableContext()));
        } catch (FeelException unanswered) {
            log.debug("A form's expression has no answer: {}", expression);
            return Optional.empty();
        }
    }

    private static Map<String, Object> withInput(Map<String, ?> context) {
        Map<String, Object> all = new HashMap<>(context);
        all.put(NO_INPUT, null);
        return all;
    }
}
