package dev.anvil.authz.values;

import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.caveats.IpAddress;
import dev.anvil.ports.failure.Invalid;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON values as values of declared types; exact or refused. */
public final class Conversion {
  private static final Pattern STEP =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(h|ms|m|s|us|\u00b5s|\u03bcs|ns)");
  private static final BigInteger MAX_UINT = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MAX_INT = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN_INT = BigInteger.valueOf(Long.MIN_VALUE);

  private Conversion() {}

  /**
   * The value in the Java type of its kind.
   *
   * @param name of the parameter, for messages
   * @throws Invalid CaveatContextInvalid if it does not convert
   */
  public static Object convert(String name, CaveatType type, Object json) {
    try {
      return convert(type, json);
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
      throw new Invalid(
          Invalid.Reason.CAVEAT_CONTEXT,
          "the value of parameter '" + name + "' is no " + type.text() + "; send one",
          Map.of("parameter", name, "type", type.text()));
    }
  }

  private static Object convert(CaveatType type, Object json) {
    return switch (type.kind()) {
      case ANY -> any(json);
      case BOOL -> as(Boolean.class, json);
      case STRING -> as(String.class, json);
      case INT -> integer(json, MIN_INT, MAX_INT).longValueExact();
      case UINT -> integer(json, BigInteger.ZERO, MAX_UINT).longValue();
      case DOUBLE -> real(json);
      case BYTES -> Base64.getDecoder().decode(as(String.class, json));
      case DURATION -> duration(as(String.class, json));
      case TIMESTAMP -> timestamp(as(String.class, json));
      case IPADDRESS -> {
        IpAddress ip = IpAddress.parse(as(String.class, json));
        if (ip == null) {
          throw new IllegalArgumentException("no address");
        }
        yield ip;
      }
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (Object o : as(List.class, json)) {
          list.add(convert(type.element(), o));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        Json.named(as(Map.class, json)).forEach((k, v) -> map.put(k, convert(type.element(), v)));
        yield map;
      }
    };
  }

  private static <T> T as(Class<T> kind, Object json) {
    if (!kind.isInstance(json)) {
      throw new IllegalArgumentException("another kind of value");
    }
    return kind.cast(json);
  }

  private static Object any(Object json) {
    return switch (json) {
      case BigDecimal n -> {
        boolean whole = n.stripTrailingZeros().scale() <= 0 && n.precision() - n.scale() <= 20;
        BigInteger i = whole ? n.toBigIntegerExact() : null;
        yield i != null && i.bitLength() < Long.SIZE ? (Object) i.longValue() : real(n);
      }
      case List<?> list -> {
        List<Object> out = new ArrayList<>();
        list.forEach(o -> out.add(any(o)));
        yield out;
      }
      case Map<?, ?> map -> {
        Map<String, Object> out = new LinkedHashMap<>();
        Json.named(map).forEach((k, v) -> out.put(k, any(v)));
        yield out;
      }
      case null -> null;
      default -> json;
    };
  }

  private static BigInteger integer(Object json, BigInteger min, BigInteger max) {
    BigInteger value;
    if (json instanceof String s) {
      if (!s.matches("-?[0-9]{1,20}")) {
        throw new IllegalArgumentException("no integer");
      }
      value = new BigInteger(s);
    } else {
      BigDecimal n = as(BigDecimal.class, json);
      if (n.precision() - n.scale() > 20) {
        throw new ArithmeticException("too large");
      }
      value = n.toBigIntegerExact();
    }
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new ArithmeticException("out of range");
    }
    return value;
  }

  private static double real(Object json) {
    double d =
        json instanceof String s && s.matches("-?[0-9.eE+-]{1,40}")
            ? Double.parseDouble(s)
            : as(BigDecimal.class, json).doubleValue();
    if (Double.isInfinite(d)) {
      throw new ArithmeticException("out of range");
    }
    return d == 0 ? 0.0 : d; // without a sign, which a zero of a whole number has not either
  }

  private static Duration duration(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    Matcher m = STEP.matcher(rest);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length() && m.find(at) && m.start() == at && m.group(1).length() < 30) {
      nanos = nanos.add(new BigDecimal(m.group(1)).multiply(unit(m.group(2))));
      at = m.end();
    }
    if (at == 0 || at < rest.length()) {
      throw new IllegalArgumentException("no duration");
    }
    BigInteger whole = nanos.toBigInteger();
    BigInteger[] parts = whole.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
    Duration d = Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    return negative ? d.negated() : d;
  }

  private static BigDecimal unit(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "h" -> 3_600_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "s" -> 1_000_000_000L;
          case "ms" -> 1_000_000L;
          case "us", "\u00b5s", "\u03bcs" -> 1_000L;
          default -> 1L;
        });
  }

  private static Instant timestamp(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
