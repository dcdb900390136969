package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/** Rules of the names and words that administrators choose. */
final class Names {
  private Names() {}

  /** Refuses all but 3 to 63 lower-case letters, digits and inner hyphens. */
  static String tenant(String name) {
    String given = required("tenant", name);
    int length = given.length();
    boolean fits =
        length >= IdentityLimits.MIN_TENANT_NAME
            && length <= IdentityLimits.MAX_TENANT_NAME
            && given.chars().allMatch(c -> alphanumeric(c) || c == '-')
            && alphanumeric(given.charAt(0))
            && alphanumeric(given.charAt(length - 1));
    if (!fits) {
      throw refused(
          "tenant",
          given,
          "has 3 to 63 lower-case letters, digits and '-', with a letter or digit at both ends");
    }
    return given;
  }

  /** Refuses all but 1 to 128 printable characters without a space at an end. */
  static String application(String name) {
    String given = required("name", name);
    if (given.isEmpty()
        || given.length() > IdentityLimits.MAX_APPLICATION_NAME
        || !printable(given)
        || !given.strip().equals(given)) {
      throw refused(
          "name", given, "has 1 to 128 printable characters, without white space at an end");
    }
    return given;
  }

  /** Refuses a reason that is too long or not printable; absent is empty. */
  static String reason(String reason) {
    String given = reason == null ? "" : reason;
    if (given.length() > IdentityLimits.MAX_REASON || !printable(given)) {
      throw refused("reason", given, "has at most 512 printable characters");
    }
    return given;
  }

  /** Refuses a page size outside 1..{@link IdentityLimits#MAX_PAGE}. */
  static int page(int limit) {
    if (limit < 1 || limit > IdentityLimits.MAX_PAGE) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "limit " + limit + " is outside 1.." + IdentityLimits.MAX_PAGE,
          Map.of("limit", limit, "maxLimit", IdentityLimits.MAX_PAGE));
    }
    return limit;
  }

  static String required(String field, String value) {
    if (value == null) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT, "'" + field + "' is missing; give it", Map.of("field", field));
    }
    return value;
  }

  private static Invalid refused(String field, String value, String rule) {
    String shown = value.length() <= 100 ? value : value.substring(0, 100) + "...";
    return new Invalid(
        Invalid.Reason.ARGUMENT,
        "'" + field + "' " + rule + "; got '" + shown + "'",
        Map.of("field", field, "value", shown));
  }

  private static boolean printable(String text) {
    return text.codePoints()
        .allMatch(c ->
            switch (Character.getType(c)) {
              case Character.CONTROL,
                  Character.FORMAT,
                  Character.SURROGATE,
                  Character.UNASSIGNED,
                  Character.PRIVATE_USE,
                  Character.LINE_SEPARATOR,
                  Character.PARAGRAPH_SEPARATOR ->
                  false;
              default -> true;
            });
  }

  /** Whether it holds letters and digits of ASCII and hyphens only. */
  static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c == '-' || c >= 'A' && c <= 'Z' || alphanumeric(c));
  }

  private static boolean alphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }
}
