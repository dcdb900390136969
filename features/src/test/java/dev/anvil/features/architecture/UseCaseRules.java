package dev.anvil.features.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Predicate;

/** The shape of a use case: a domain class with a nested {@code Command}. */
final class UseCaseRules {
  private final Shape shape;

  UseCaseRules(Shape shape) {
    this.shape = shape;
  }

  List<NamedRule> all() {
    return List.of(
        rule(
            "a use case is final",
            "objects.UseCaseOpen",
            "it is the driving port itself and has no second form",
            item -> item.getModifiers().contains(JavaModifier.FINAL)),
        rule(
            "a use case has one public method",
            "objects.UseCaseTwice",
            "one class does one thing that a caller can ask for",
            item -> publicMethods(item) == 1),
        rule(
            "a use case has a Result",
            "objects.UseCaseMute",
            "what is asked and what is answered are named side by side",
            UseCaseRules::hasResult));
  }

  private NamedRule rule(String name, String planted, String reason, Predicate<JavaClass> holds) {
    return NamedRule.of(
        name,
        classes()
            .that(DescribedPredicate.describe("are a nested Command", UseCaseRules::isCommand))
            .and(shape.domain())
            .should(
                new ArchCondition<>(name) {
                  @Override
                  public void check(JavaClass command, ConditionEvents events) {
                    JavaClass useCase = command.getEnclosingClass().orElseThrow();
                    if (!holds.test(useCase)) {
                      String text = useCase.getName() + " breaks: " + name;
                      events.add(SimpleConditionEvent.violated(useCase, text));
                    }
                  }
                })
            .because(reason)
            .allowEmptyShould(true),
        planted);
  }

  private static boolean isCommand(JavaClass item) {
    return item.getSimpleName().equals("Command") && item.getEnclosingClass().isPresent();
  }

  private static long publicMethods(JavaClass item) {
    return item.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(method -> !synthetic(method))
        .count();
  }

  private static boolean synthetic(JavaMethod method) {
    return method.getModifiers().contains(JavaModifier.SYNTHETIC)
        || method.getModifiers().contains(JavaModifier.BRIDGE);
  }

  private static boolean hasResult(JavaClass useCase) {
    String result = useCase.getName() + "$Result";
    return useCase.getMethods().stream()
        .flatMap(method -> method.getRawReturnType().getAllInvolvedRawTypes().stream())
        .anyMatch(type -> type.getName().equals(result));
  }
}
