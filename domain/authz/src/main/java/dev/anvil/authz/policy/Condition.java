package dev.anvil.authz.policy;

import java.util.List;
import java.util.Set;

/**
 * A condition.
 *
 * @param operator how the value is compared
 * @param ifExists whether a request that says nothing of the key meets it
 * @param key in lower case
 * @param values one of which must fit; for a negated operator none may
 */
record Condition(Operator operator, boolean ifExists, String key, List<String> values) {
  private static final Set<String> FIXING =
      Set.of("aws:sourceip", "aws:principalaccount", "aws:principalarn", "aws:userid");

  boolean holds(PolicyQuestion q) {
    String said = q.values().apply(key);
    if (operator == Operator.NULL) {
      return values.stream().anyMatch(v -> Boolean.parseBoolean(v) == (said == null));
    }
    if (said == null) {
      return ifExists || operator.negated();
    }
    boolean fits = values.stream().anyMatch(v -> operator.fits(said, v));
    return fits != operator.negated();
  }

  /** Whether it ties the statement to some callers or places. */
  boolean fixes() {
    if (!FIXING.contains(key) || operator.negated() || ifExists || operator == Operator.NULL) {
      return false;
    }
    return values.stream()
        .noneMatch(v -> operator == Operator.IP ? Cidr.parse(v).wide() : Wildcards.wild(v));
  }
}
