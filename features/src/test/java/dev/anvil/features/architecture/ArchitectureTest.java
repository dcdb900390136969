package dev.anvil.features.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product keeps every rule, and the planted classes break every rule. */
class ArchitectureTest {
  private static final String PRODUCT = "dev.anvil";
  private static final String PLANTED = "dev.anvil.planted";

  private static final JavaClasses PRODUCT_CLASSES =
      new ClassFileImporter()
          .withImportOption(place -> !place.contains("/dev/anvil/planted/"))
          .withImportOption(place -> !place.contains("/dev/anvil/features/"))
          .importPackages(PRODUCT);
  private static final JavaClasses PLANTED_CLASSES =
      new ClassFileImporter().importPackages(PLANTED);

  static Stream<NamedRule> productRules() {
    return rules(PRODUCT).stream();
  }

  static Stream<NamedRule> plantedRules() {
    return rules(PLANTED).stream();
  }

  private static List<NamedRule> rules(String root) {
    Shape shape = new Shape(root);
    List<NamedRule> rules = new ArrayList<>(new LayerRules(shape).all());
    rules.addAll(new PurityRules(shape).all());
    rules.addAll(new UseCaseRules(shape).all());
    rules.add(new ApiDocumentRule(shape).rule());
    return rules;
  }

  @ParameterizedTest
  @MethodSource("productRules")
  void productKeeps(NamedRule rule) {
    rule.rule().check(PRODUCT_CLASSES);
  }

  @ParameterizedTest
  @MethodSource("plantedRules")
  void plantedViolationFires(NamedRule rule) {
    EvaluationResult result = rule.rule().evaluate(PLANTED_CLASSES);
    String report = String.join("\n", result.getFailureReport().getDetails());
    assertThat(rule.planted()).isNotEmpty();
    for (String planted : rule.planted()) {
      assertThat(report).contains(PLANTED + "." + planted);
    }
    assertThat(rule.rule().getDescription()).contains("because");
  }

  @Test
  void whatOnlyCarriesAnnotationsOfTheApiDocumentIsSeenAndKeepsTheRule() {
    assertThat(PRODUCT_CLASSES.stream().flatMap(c -> c.getMethods().stream()))
        .anyMatch(m -> m.isAnnotatedWith("io.swagger.v3.oas.annotations.Operation"));
  }

  @Test
  void productIsSeen() {
    assertThat(PRODUCT_CLASSES.contain("dev.anvil.app.Main")).isTrue();
    assertThat(PRODUCT_CLASSES.contain("dev.anvil.ports.storage.Partition")).isTrue();
    assertThat(PRODUCT_CLASSES).hasSizeGreaterThan(50);
  }
}
