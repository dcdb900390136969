package dev.anvil.features.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * One rule of the house.
 *
 * @param name short and unique, shown by the test
 * @param rule what must hold, with its reason
 * @param planted names of classes below the planted root that break it, simple or with packages
 */
record NamedRule(String name, ArchRule rule, List<String> planted) {
  static NamedRule of(String name, ArchRule rule, String... planted) {
    return new NamedRule(name, rule, List.of(planted));
  }

  @Override
  public String toString() {
    return name;
  }
}
