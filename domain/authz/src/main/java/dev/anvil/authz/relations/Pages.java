package dev.anvil.authz.relations;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/** Rules that every list of relationships shares. */
final class Pages {
  private Pages() {}

  static int limit(int asked, AuthzLimits limits) {
    int most = limits.question().maxPage();
    if (asked < 0 || asked > most) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a page has 1 to " + most + " entries, asked for " + asked,
          Map.of("limit", most, "value", asked));
    }
    return asked == 0 ? limits.question().page() : asked;
  }
}
