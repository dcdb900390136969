package dev.anvil.authz.policy;

import java.util.List;

/**
 * A statement.
 *
 * @param allow what it does when it applies: allow, or deny
 * @param principals whom it is about
 * @param otherPrincipals whether it is about all but those
 * @param actions patterns in lower case
 * @param otherActions whether it is about all actions but those
 * @param resources patterns of {@code bucket} and {@code bucket/key}
 * @param otherResources whether it is about all resources but those
 * @param conditions all must hold
 */
record Statement(
    boolean allow,
    Principals principals,
    boolean otherPrincipals,
    List<String> actions,
    boolean otherActions,
    List<Template> resources,
    boolean otherResources,
    List<Condition> conditions) {
  /** Whether it applies to one of the actions asked for. */
  boolean applies(PolicyQuestion q, String action) {
    return principals.mean(q.caller()) != otherPrincipals
        && any(actions, action) != otherActions
        && aboutResource(q)
        && conditions.stream().allMatch(c -> c.holds(q));
  }

  /** About many keys at once a denial is taken to be about each, an allowance about none. */
  private boolean aboutResource(PolicyQuestion q) {
    if (q.resource() == null) {
      return !allow;
    }
    boolean named = resources.stream().anyMatch(r -> r.matches(q.resource(), q.values()));
    return named != otherResources;
  }

  private static boolean any(List<String> patterns, String text) {
    for (String pattern : patterns) {
      if (Wildcards.match(pattern, text)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it lets in whoever comes, from wherever. */
  boolean open() {
    return allow && principals.everyone() && conditions.stream().noneMatch(Condition::fixes);
  }
}
