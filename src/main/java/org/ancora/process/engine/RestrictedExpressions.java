package org.ancora.process.engine;

import java.beans.FeatureDescriptor;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * Expressions that can name a variable or a step and compare values, and nothing else.
 *
 * <p>No property, method, function, list or map access exists here, so neither reflection nor the engine's services can
 * be reached, whatever a diagram says and however it came in.
 */
class RestrictedExpressions extends JuelExpressionManager {

    /** The one expression that looks like a property: a called diagram carries the case code of its caller. */
    static final String BUSINESS_KEY = "#{execution.processBusinessKey}";

    private final StepBeans steps;

    RestrictedExpressions(StepBeans steps) {
        super(Map.of());
        this.steps = steps;
    }

    @Override
    public Expression createExpression(String expression) {
        return expression.equals(BUSINESS_KEY) ? new BusinessKey() : super.createExpression(expression);
    }

    @Override
    public void addFunction(String name, Method function) {
        // The engine offers currentUser(), now() and the like; a diagram that asks the machine for the time or the
        // person cannot be rehearsed, and every function is a way in.
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new Refusal());
        resolver.add(new StepResolver(steps));
        resolver.add(new VariableScopeElResolver());
        resolver.add(new VariableContextElResolver());
        return resolver;
    }

    /** Refuses whatever is not a plain name, before any other resolver is asked. */
    private static final class Refusal extends NamesOnly {

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
            if (base != null) {
                throw refused(property);
            }
            if (property instanceof String name && ENGINE_NAMES.contains(name)) {
                throw refused(name);
            }
            return null;
        }

        @Override
        public @Nullable Object invoke(
                ELContext context,
                @Nullable Object base,
                @Nullable Object method,
                Class<?> @Nullable [] types,
                Object @Nullable [] arguments) {
            throw refused(method);
        }

        @Override
        public void setValue(
                ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
            throw refused(property);
        }
    }

    private static ProcessEngineException refused(@Nullable Object what) {
        return new ProcessEngineException("Expressions may only name variables and steps, not reach for " + what);
    }

    /** Names the steps of the catalogue; a variable cannot take a step's place. */
    private static final class StepResolver extends NamesOnly {

        private final StepBeans steps;

        StepResolver(StepBeans steps) {
            this.steps = steps;
        }

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
            if (base == null && property instanceof String name) {
                Object step = steps.find(name);
                if (step != null) {
                    context.setPropertyResolved(true);
                    return step;
                }
            }
            return null;
        }
    }

    /** What both resolvers have in common: nothing can be written or listed. */
    private abstract static class NamesOnly extends ELResolver {

        static final Set<String> ENGINE_NAMES =
                Set.of("execution", "task", "caseExecution", "externalTask", "authenticatedUserId");

        @Override
        public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
            return null;
        }

        @Override
        public void setValue(
                ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
            throw refused(property);
        }

        @Override
        public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
            return true;
        }

        @Override
        public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
            return Collections.emptyIterator();
        }

        @Override
        public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
            return Object.class;
        }
    }

    /** Answers the case code without any property access. */
    private static final class BusinessKey implements Expression {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Object getValue(VariableScope scope) {
            return scope instanceof DelegateExecution execution ? execution.getProcessBusinessKey() : null;
        }

        @Override
        public @Nullable Object getValue(VariableScope scope, @Nullable BaseDelegateExecution execution) {
            return getValue(execution instanceof ExecutionEntity entity ? entity : scope);
        }

        @Override
        public void setValue(Object value, VariableScope scope) {
            throw refused(BUSINESS_KEY);
        }

        @Override
        public void setValue(Object value, VariableScope scope, BaseDelegateExecution execution) {
            throw refused(BUSINESS_KEY);
        }

        @Override
        public String getExpressionText() {
            return BUSINESS_KEY;
        }

        @Override
        public boolean isLiteralText() {
            return false;
        }
    }
}
