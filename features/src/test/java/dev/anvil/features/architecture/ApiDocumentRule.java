package dev.anvil.features.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Annotations that shape the API document are there when it is generated, and not in the archive: a
 * class may carry them and may not look at them.
 */
final class ApiDocumentRule {
  private final DescribedPredicate<JavaClass> absent;
  private final Shape shape;

  ApiDocumentRule(Shape shape) {
    this.shape = shape;
    // the second package exists below the planted root only, where the library is not
    absent = resideInAPackage("io.swagger..").or(shape.in("apidocs"));
  }

  NamedRule rule() {
    return NamedRule.of(
        "annotations of the API document",
        classes()
            .that(shape.product())
            .should(notLookAt())
            .because("the archive does not carry them, and a node would not start from it"),
        "http.ReadsApiDocument",
        "http.FindsApiDocument");
  }

  private ArchCondition<JavaClass> notLookAt() {
    return new ArchCondition<>("not look at annotations of the API document") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        for (JavaAccess<?> access : item.getAccessesFromSelf()) {
          if (absent.test(access.getTargetOwner())) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
        for (ReferencedClassObject named : item.getReferencedClassObjects()) {
          if (absent.test(named.getRawType().getBaseComponentType())) {
            events.add(SimpleConditionEvent.violated(named, text(named)));
          }
        }
      }
    };
  }

  private static String text(ReferencedClassObject named) {
    return named.getOwner().getFullName()
        + " asks for "
        + named.getRawType().getName()
        + " in "
        + named.getSourceCodeLocation();
  }
}
