package dev.anvil.authz.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** How conditions compare what a request says with what a policy names. */
enum Operator {
  STRING("StringEquals", "StringNotEquals", String::equals, v -> true),
  STRING_ANY_CASE(
      "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", String::equalsIgnoreCase, v -> true),
  LIKE("StringLike", "StringNotLike", (said, v) -> Wildcards.match(v, said), v -> true),
  ARN("ArnLike", "ArnNotLike", (said, v) -> Wildcards.match(v, said), v -> true),
  ARN_EQUALS("ArnEquals", "ArnNotEquals", (said, v) -> Wildcards.match(v, said), v -> true),
  NUMBER("NumericEquals", "NumericNotEquals", (s, v) -> numbers(s, v, 0, 0), Operator::number),
  NUMBER_LESS("NumericLessThan", null, (s, v) -> numbers(s, v, -1, -1), Operator::number),
  NUMBER_AT_MOST("NumericLessThanEquals", null, (s, v) -> numbers(s, v, -1, 0), Operator::number),
  NUMBER_MORE("NumericGreaterThan", null, (s, v) -> numbers(s, v, 1, 1), Operator::number),
  NUMBER_AT_LEAST(
      "NumericGreaterThanEquals", null, (s, v) -> numbers(s, v, 0, 1), Operator::number),
  DATE("DateEquals", "DateNotEquals", (s, v) -> dates(s, v, 0, 0), Operator::date),
  DATE_BEFORE("DateLessThan", null, (s, v) -> dates(s, v, -1, -1), Operator::date),
  DATE_TO("DateLessThanEquals", null, (s, v) -> dates(s, v, -1, 0), Operator::date),
  DATE_AFTER("DateGreaterThan", null, (s, v) -> dates(s, v, 1, 1), Operator::date),
  DATE_FROM("DateGreaterThanEquals", null, (s, v) -> dates(s, v, 0, 1), Operator::date),
  BOOL("Bool", null, String::equalsIgnoreCase, Operator::bool),
  IP("IpAddress", null, Operator::inside, v -> Cidr.parse(v) != null),
  NOT_STRING(STRING),
  NOT_STRING_ANY_CASE(STRING_ANY_CASE),
  NOT_LIKE(LIKE),
  NOT_ARN(ARN),
  NOT_ARN_EQUALS(ARN_EQUALS),
  NOT_NUMBER(NUMBER),
  NOT_DATE(DATE),
  NOT_IP("NotIpAddress", IP),
  NULL("Null", null, (said, v) -> false, Operator::bool);

  private static final Map<String, Operator> BY_NAME = new HashMap<>();

  static {
    for (Operator operator : values()) {
      BY_NAME.put(operator.text, operator);
    }
  }

  private final String text;
  private final String opposite;
  private final BiPredicate<String, String> test;
  private final Predicate<String> form;
  private final boolean negated;

  Operator(String text, String opposite, BiPredicate<String, String> test, Predicate<String> form) {
    this.text = text;
    this.opposite = opposite;
    this.test = test;
    this.form = form;
    this.negated = false;
  }

  Operator(Operator of) {
    this(of.opposite, of);
  }

  Operator(String text, Operator of) {
    this.text = text;
    this.opposite = null;
    this.test = of.test;
    this.form = of.form;
    this.negated = true;
  }

  /** The operator of this name, or null. */
  static Operator named(String name) {
    return BY_NAME.get(name);
  }

  /** Whether it holds where no value fits. */
  boolean negated() {
    return negated;
  }

  /** Whether a policy may name this value. */
  boolean takes(String value) {
    return form.test(value);
  }

  /** Whether what the request says fits the value. */
  boolean fits(String said, Template value, KeyValues request) {
    if (patterns()) {
      return value.matches(said, request);
    }
    String text = value.text(request);
    return text != null && test.test(said, text);
  }

  /** Whether values may hold variables. */
  boolean takesVariables() {
    return switch (this) {
      case STRING, STRING_ANY_CASE, NOT_STRING, NOT_STRING_ANY_CASE -> true;
      default -> patterns();
    };
  }

  private boolean patterns() {
    return switch (this) {
      case LIKE, ARN, ARN_EQUALS, NOT_LIKE, NOT_ARN, NOT_ARN_EQUALS -> true;
      default -> false;
    };
  }

  private static boolean bool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false");
  }

  private static boolean inside(String said, String value) {
    byte[] address = Cidr.address(said);
    return address != null && Cidr.parse(value).contains(address);
  }

  private static boolean number(String text) {
    return text.matches("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?");
  }

  private static boolean numbers(String said, String value, int from, int to) {
    return number(said) && within(new BigDecimal(said).compareTo(new BigDecimal(value)), from, to);
  }

  private static boolean date(String text) {
    return instant(text) != null;
  }

  private static boolean dates(String said, String value, int from, int to) {
    Instant at = instant(said);
    return at != null && within(at.compareTo(instant(value)), from, to);
  }

  private static boolean within(int compared, int from, int to) {
    int sign = Integer.signum(compared);
    return sign >= from && sign <= to;
  }

  /** ISO 8601, or seconds since 1970. */
  private static Instant instant(String text) {
    try {
      if (text.matches("[0-9]{1,12}")) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
