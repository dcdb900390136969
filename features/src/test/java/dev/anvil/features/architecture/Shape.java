package dev.anvil.features.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where everything lies below a root package: the picture that the rules compare with. */
record Shape(String root) {
  /** Each subject of the domain with the subjects that it may see. */
  static final Map<String, Set<String>> SUBJECTS = subjects();

  static final List<String> DRIVING = List.of("http", "s3");
  static final List<String> DRIVEN =
      List.of(
          "codec",
          "caveats.cel",
          "storage.xodus",
          "storage.rocksdb",
          "storage.volumes",
          "cluster.curator",
          "search.lucene",
          "backup");

  private static Map<String, Set<String>> subjects() {
    // identity and authz may see each other one way: the rule against cycles forbids the other
    Set<String> middle = Set.of("kernel", "identity", "authz");
    Set<String> below = new TreeSet<>(middle);
    below.add("journal");
    Map<String, Set<String>> map = new LinkedHashMap<>();
    map.put("kernel", Set.of());
    map.put("identity", middle);
    map.put("authz", middle);
    map.put("journal", middle);
    for (String top : List.of("objects", "indexes", "personaldb", "cluster", "operations")) {
      map.put(top, below);
    }
    return map;
  }

  String name(String relative) {
    return root + "." + relative;
  }

  DescribedPredicate<JavaClass> in(String relative) {
    return resideInAPackage(name(relative) + "..");
  }

  DescribedPredicate<JavaClass> product() {
    return resideInAPackage(root + "..").as("our own classes");
  }

  DescribedPredicate<JavaClass> testkit() {
    return in("ports.testkit").as("the testkit");
  }

  DescribedPredicate<JavaClass> ports() {
    return in("ports").and(not(testkit())).as("the ports");
  }

  DescribedPredicate<JavaClass> waist() {
    return in("waist").as("the waist");
  }

  DescribedPredicate<JavaClass> subject(String subject) {
    // the cluster's adapter lies below the package name of the cluster's rules
    return in(subject).and(not(in("cluster.curator"))).as("the subject " + subject);
  }

  DescribedPredicate<JavaClass> domain() {
    String[] packages = SUBJECTS.keySet().stream().map(s -> name(s) + "..").toArray(String[]::new);
    return resideInAnyPackage(packages).and(not(in("cluster.curator"))).as("the domain");
  }

  DescribedPredicate<JavaClass> inner() {
    return ports().or(waist()).or(domain()).as("the ports, the waist and the domain");
  }

  DescribedPredicate<JavaClass> adapters(List<String> names) {
    String[] packages = names.stream().map(n -> name(n) + "..").toArray(String[]::new);
    return resideInAnyPackage(packages).as("the adapters " + names);
  }

  DescribedPredicate<JavaClass> jdk() {
    return resideInAnyPackage("java..", "javax.crypto..").as("the JDK");
  }
}
