package dev.anvil.http.wire;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Query parameters or form fields: each name once, values decoded; no value is an empty value. */
public final class Query {
  /** No parameters. */
  public static final Query NONE = new Query(Map.of());

  private static final int MAX_PARAMETERS = 64;

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  /** Parses; null is an empty query. */
  public static Query parse(String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : raw.split("&", MAX_PARAMETERS + 1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (values.size() == MAX_PARAMETERS) {
        throw bad("there are more than " + MAX_PARAMETERS + " parameters");
      }
      int equals = pair.indexOf('=');
      String name = PercentCoding.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : PercentCoding.decodeForm(pair.substring(equals + 1));
      if (values.putIfAbsent(name, value) != null) {
        throw bad("parameter '" + name + "' is given twice; give it once");
      }
    }
    return new Query(values);
  }

  /** Every value of a parameter in a query that may be wrong in everything else. */
  public static List<String> lenient(String raw, String name) {
    List<String> found = new ArrayList<>();
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && text(pair.substring(0, equals)).equals(name)) {
        found.add(text(pair.substring(equals + 1)));
      }
    }
    return found;
  }

  private static String text(String raw) {
    return new String(PercentCoding.lenientBytes(raw.replace('+', ' ')), StandardCharsets.UTF_8);
  }

  /** The value, if the parameter is there. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether the parameter is there, with or without a value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Refuses a parameter that the operation does not know: a typing error must not go unseen. */
  public void requireOnly(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw bad(
            "parameter '"
                + name
                + "' is unknown here; known: "
                + (known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList())));
      }
    }
  }

  /** The same parameters in one canonical spelling, or null if there are none. */
  public String canonical() {
    if (values.isEmpty()) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    values.forEach((name, value) ->
        out.append(out.isEmpty() ? "" : "&")
            .append(PercentCoding.encode(name))
            .append('=')
            .append(PercentCoding.encode(value)));
    return out.toString();
  }

  private static Invalid bad(String what) {
    return new Invalid(Invalid.Reason.ARGUMENT, "The query is refused: " + what + ".");
  }
}
