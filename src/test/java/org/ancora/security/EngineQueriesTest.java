package org.ancora.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.Test;

/** Attack 9 at its root: the engine evaluates whatever text reaches one of its {@code …Expression} methods. */
class EngineQueriesTest {

    private static final ArchRule NONE = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<JavaCall<?>>("an expression is handed to a query or filter") {
                @Override
                public boolean test(JavaCall<?> call) {
                    String owner = call.getTargetOwner().getName();
                    return owner.startsWith("org.camunda.bpm.engine.")
                            && (call.getName().endsWith("Expression") && owner.endsWith("Query")
                                    || owner.equals("org.camunda.bpm.engine.FilterService"));
                }
            });

    @Test
    void noCodeOfOursHandsAnExpressionToAQuery() {
        NONE.check(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.ancora"));

        assertThatThrownBy(() -> NONE.check(new ClassFileImporter().importClasses(Careless.class)))
                .isInstanceOf(AssertionError.class);
    }

    /** What the rule is to find. */
    private static final class Careless {

        static long count(TaskService tasks, String typed) {
            return tasks.createTaskQuery()
                    .or()
                    .taskAssigneeExpression(typed)
                    .endOr()
                    .count();
        }
    }
}
