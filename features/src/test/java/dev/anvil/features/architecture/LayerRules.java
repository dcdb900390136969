package dev.anvil.features.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Who may see whom. */
final class LayerRules {
  private final Shape shape;

  LayerRules(Shape shape) {
    this.shape = shape;
  }

  List<NamedRule> all() {
    List<NamedRule> rules = new ArrayList<>();
    rules.add(
        NamedRule.of(
            "ports use the JDK only",
            only(
                shape.ports(),
                shape.jdk().or(shape.ports()),
                "a port must be implementable by anything"),
            "ports.storage.SeesLibrary"));
    rules.add(
        NamedRule.of(
            "the waist sees ports only",
            only(
                shape.waist(),
                shape.jdk().or(shape.ports()).or(shape.waist()),
                "replication happens below it and rules above it: it knows bytes and engines"),
            "waist.SeesSubject"));
    rules.add(
        NamedRule.of(
            "the domain uses the JDK and ports only",
            only(
                shape.domain(),
                shape.jdk().or(shape.ports()).or(shape.domain()),
                "rules outlive libraries, and are tested without them"),
            "kernel.SeesLibrary",
            "objects.SeesWaist"));
    subjects(rules);
    adapters(rules);
    outside(rules);
    return rules;
  }

  private void subjects(List<NamedRule> rules) {
    Shape.SUBJECTS.forEach((subject, seen) -> {
      DescribedPredicate<JavaClass> allowed = not(shape.domain()).or(shape.subject(subject));
      for (String lower : seen) {
        allowed = allowed.or(shape.subject(lower));
      }
      ArchRule rule =
          only(
              shape.subject(subject),
              allowed.as("no subject but itself and " + seen),
              "subjects stand in one order, and the upper ones can be changed apart");
      rules.add(NamedRule.of("subject " + subject + " sees lower ones", rule, subject + ".SeesUp"));
    });
  }

  private void adapters(List<NamedRule> rules) {
    List<String> names = new ArrayList<>(Shape.DRIVING);
    names.addAll(Shape.DRIVEN);
    for (String name : names) {
      List<String> others = names.stream().filter(other -> !other.equals(name)).toList();
      rules.add(
          NamedRule.of(
              "adapter " + name + " sees no other adapter",
              noClasses()
                  .that(shape.in(name))
                  .should()
                  .dependOnClassesThat(shape.adapters(others))
                  .because("an adapter is replaced alone")
                  .allowEmptyShould(true),
              name + ".SeesAdapter"));
    }
    for (String name : Shape.DRIVEN) {
      rules.add(
          NamedRule.of(
              "driven adapter " + name + " sees ports only",
              only(
                  shape.in(name),
                  not(shape.product()).or(shape.ports()).or(shape.in(name)),
                  "a driven adapter is called through a port and never calls a rule"),
              name + ".SeesDomain"));
    }
    rules.add(
        NamedRule.of(
            "driving adapters see no driven port",
            noClasses()
                .that(shape.adapters(Shape.DRIVING))
                .should()
                .dependOnClassesThat(drivenPorts().or(shape.waist()))
                .because("what the edge wants done is a use case, where access is decided")
                .allowEmptyShould(true),
            "http.SeesEngine",
            "s3.SeesBodies"));
  }

  /** Values and handles that a use case returns (failures, a body being read) are no ports. */
  private DescribedPredicate<JavaClass> drivenPorts() {
    DescribedPredicate<JavaClass> stores =
        shape.in("ports.bodies").and(simpleName("BodyStore").or(simpleName("BodyWriter")));
    return resideInAnyPackage(
            shape.name("ports.storage.."),
            shape.name("ports.duties.."),
            shape.name("ports.record.."),
            shape.name("ports.identity.."))
        .or(stores)
        .as("driven ports");
  }

  private void outside(List<NamedRule> rules) {
    rules.add(
        NamedRule.of(
            "the client library sees itself only",
            only(
                shape.in("client"),
                not(shape.product()).or(shape.in("client")),
                "a program that uses it must not carry the server along"),
            "client.SeesServer"));
    rules.add(
        NamedRule.of(
            "nothing sees the app",
            noClasses()
                .that(shape.product())
                .and(not(shape.in("app")))
                .should()
                .dependOnClassesThat(shape.in("app"))
                .because("wiring is the outermost thing")
                .allowEmptyShould(true),
            "codec.SeesApp"));
    rules.add(
        NamedRule.of(
            "nothing shipped sees the testkit",
            noClasses()
                .that(shape.product())
                .and(not(shape.testkit()))
                .should()
                .dependOnClassesThat(shape.testkit())
                .because("fakes and faults stay out of the jar")
                .allowEmptyShould(true),
            "app.SeesTestkit"));
    rules.add(
        NamedRule.of(
            "only the app and the testkit see the waist",
            noClasses()
                .that(shape.product())
                .and(not(shape.waist().or(shape.in("app")).or(shape.testkit())))
                .should()
                .dependOnClassesThat(shape.waist())
                .because("all others know the port Partition")
                .allowEmptyShould(true),
            "objects.SeesWaist"));
    rules.add(
        NamedRule.of(
            "packages form no cycles",
            slices()
                .matching(shape.root() + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("what depends in a circle is one thing")
                .allowEmptyShould(true),
            "identity.Circle",
            "authz.Circle"));
    library(rules, "Xodus", "jetbrains.exodus..", "storage.xodus");
    library(rules, "RocksDB", "org.rocksdb..", "storage.rocksdb");
    library(rules, "CEL", "dev.cel..", "caveats.cel");
    library(rules, "Nimbus", "com.nimbusds..", "codec");
    library(rules, "Jersey", "org.glassfish..", "http");
    library(rules, "JAX-RS", "jakarta..", "http");
    library(rules, "Jetty", "org.eclipse.jetty..", "http", "s3");
    library(rules, "picocli", "picocli..", "app");
  }

  private void library(List<NamedRule> rules, String library, String packages, String... homes) {
    rules.add(
        NamedRule.of(
            library + " stays in its module",
            noClasses()
                .that(shape.product())
                .and(not(shape.adapters(List.of(homes))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .because("a library that leaks out of its module cannot be replaced")
                .allowEmptyShould(true),
            "bench.SeesLibraries"));
  }

  private static ArchRule only(
      DescribedPredicate<JavaClass> who, DescribedPredicate<JavaClass> seen, String reason) {
    return classes()
        .that(who)
        .should()
        .onlyDependOnClassesThat(seen)
        .because(reason)
        .allowEmptyShould(true);
  }
}
