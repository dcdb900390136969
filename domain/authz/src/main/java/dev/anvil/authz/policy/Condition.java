package dev.anvil.authz.policy;

import java.util.List;
import java.util.Set;

/**
 * A condition.
 *
 * @param operator how the value is compared
 * @param over which of several values of a request must fit
 * @param ifExists whether a request that says nothing of the key meets it
 * @param key in lower case
 * @param values one of which must fit; for a negated operator none may
 */
record Condition(
    Operator operator, Over over, boolean ifExists, String key, List<Template> values) {
  private static final Set<String> FIXING =
      Set.of(
          "aws:sourceip", "aws:principalaccount", "aws:principalarn", "aws:userid", "aws:username");

  /** How many of the values that a request has for a key must fit. */
  enum Over {
    /** The one that it has. */
    ONE,
    /** At least one. */
    ANY,
    /** Each; of none that is true. */
    ALL
  }

  boolean holds(PolicyQuestion q) {
    List<String> said = q.values().all(key);
    if (operator == Operator.NULL) {
      return values.stream().anyMatch(v -> Boolean.parseBoolean(v.toString()) == said.isEmpty());
    }
    if (said.isEmpty()) {
      return switch (over) {
        case ONE -> ifExists || operator.negated();
        case ANY -> ifExists;
        case ALL -> true;
      };
    }
    return over == Over.ALL
        ? said.stream().allMatch(s -> fits(s, q.values()))
        : said.stream().anyMatch(s -> fits(s, q.values()));
  }

  private boolean fits(String said, KeyValues request) {
    return values.stream().anyMatch(v -> operator.fits(said, v, request)) != operator.negated();
  }

  /** Whether it ties the statement to some callers or places. */
  boolean fixes() {
    if (!FIXING.contains(key)
        || operator.negated()
        || ifExists
        || over == Over.ALL
        || operator == Operator.NULL) {
      return false;
    }
    return values.stream()
        .noneMatch(v -> operator == Operator.IP ? Cidr.parse(v.toString()).wide() : v.open());
  }
}
