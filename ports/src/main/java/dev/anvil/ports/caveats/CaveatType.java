package dev.anvil.ports.caveats;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Declared type of a parameter.
 *
 * @param kind which
 * @param element of a list or of the values of a map; null for others
 */
public record CaveatType(Kind kind, CaveatType element) {
  /** Every type there is, by its name in a schema. */
  public enum Kind {
    /** Anything JSON can say. */
    ANY("any"),
    /** {@code Boolean}. */
    BOOL("bool"),
    /** {@code String}. */
    STRING("string"),
    /** {@code Long}. */
    INT("int"),
    /** {@code Long}, read as unsigned. */
    UINT("uint"),
    /** {@code Double}. */
    DOUBLE("double"),
    /** {@code byte[]}. */
    BYTES("bytes"),
    /** {@code java.time.Duration}. */
    DURATION("duration"),
    /** {@code java.time.Instant}. */
    TIMESTAMP("timestamp"),
    /** {@link IpAddress}. */
    IPADDRESS("ipaddress"),
    /** {@code List}. */
    LIST("list"),
    /** {@code Map} with string keys. */
    MAP("map");

    private static final Map<String, Kind> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Kind::text, k -> k));

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As written in a schema. */
    public String text() {
      return text;
    }

    /** The kind of that name, or null. */
    public static Kind named(String text) {
      return BY_NAME.get(text);
    }

    /** Whether it has an element type. */
    public boolean generic() {
      return this == LIST || this == MAP;
    }
  }

  /** Generic kinds have an element, others none. */
  public CaveatType {
    Objects.requireNonNull(kind, "kind");
    if (kind.generic() != (element != null)) {
      throw new IllegalArgumentException("only list and map have an element type");
    }
  }

  /** A type without an element. */
  public static CaveatType of(Kind kind) {
    return new CaveatType(kind, null);
  }

  /** As written in a schema. */
  public String text() {
    return element == null ? kind.text() : kind.text() + "<" + element.text() + ">";
  }
}
