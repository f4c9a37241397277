package org.ancora;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms of the house and who may enter which. */
class ModulesTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.ancora");

    @Test
    void modulesUseOnlyTheGroundBelowThem() {
        ApplicationModules.of(AncoraApplication.class).verify();
    }

    @Test
    void onlyTheProcessModuleKnowsTheEngine() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.ancora.process..")
                .and()
                .haveSimpleNameNotEndingWith("Steps")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.camunda..");
        rule.check(PRODUCT);
    }

    @Test
    void stepsTouchNothingOfTheEngineButItsDelegates() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.ancora.process..")
                .should()
                .dependOnClassesThat(
                        new DescribedPredicate<JavaClass>("are the engine's, beyond its delegate package") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getPackageName().startsWith("org.camunda")
                                        && !type.getPackageName().equals("org.camunda.bpm.engine.delegate");
                            }
                        });
        rule.check(PRODUCT);
    }

    @Test
    void nobodyAsksTheMachineForTheTime() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("org.ancora.time..")
                .should()
                .callMethodWhere(new DescribedPredicate<JavaCall<?>>("now is asked without our clock") {
                    @Override
                    public boolean test(JavaCall<?> call) {
                        return asksTheMachine(call.getTarget());
                    }
                });
        rule.check(PRODUCT);
    }

    private static boolean asksTheMachine(AccessTarget.CodeUnitCallTarget target) {
        String owner = target.getOwner().getName();
        boolean withoutClock =
                target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        boolean now = target.getName().equals("now") && owner.startsWith("java.time.") && withoutClock;
        boolean millis = owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis");
        boolean date = owner.equals("java.util.Date")
                && target.getName().equals("<init>")
                && target.getRawParameterTypes().isEmpty();
        boolean systemClock = owner.equals("java.time.Clock")
                && Set.of("systemUTC", "systemDefaultZone").contains(target.getName());
        return now || millis || date || systemClock;
    }
}
