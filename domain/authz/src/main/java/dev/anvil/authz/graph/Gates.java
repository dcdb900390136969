package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Condition;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.values.Conversion;
import dev.anvil.authz.values.Json;
import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatType;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the conditions on tuples say in the context of one request: the request's values overlaid by
 * the stored ones. Each condition with the same stored context runs once. One thread.
 */
public final class Gates {
  /** Parameter that is the time of the request. */
  public static final String NOW = "anvil_now";

  private record Key(int caveat, ByteBuffer context) {}

  private final Schema schema;
  private final Map<String, Object> request;
  private final Instant now;
  private final Map<Key, Truth> known = new HashMap<>();

  /**
   * For one request.
   *
   * @param request JSON values by name; names that no condition has are ignored
   * @param now time of the request
   */
  public Gates(Schema schema, Map<String, Object> request, Instant now) {
    this.schema = schema;
    this.request = request;
    this.now = now;
  }

  Truth of(Edge edge, Work work) {
    if (edge.caveat() == 0) {
      return Truth.YES;
    }
    byte[] stored = edge.context() == null ? new byte[0] : edge.context();
    Key key = new Key(edge.caveat(), ByteBuffer.wrap(stored));
    Truth found = known.get(key);
    if (found == null) {
      work.run();
      found = answered(schema.condition(edge.caveat()), stored);
      known.put(key, found);
    }
    return found;
  }

  /** A value that does not convert leaves this condition without an answer, and no other. */
  private Truth answered(Condition condition, byte[] stored) {
    try {
      return run(condition, stored);
    } catch (Invalid e) {
      return Truth.fault(Fault.context(e));
    }
  }

  private Truth run(Condition condition, byte[] stored) {
    Map<String, Object> own = stored.length == 0 ? Map.of() : parse(stored);
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, CaveatType> p : condition.parameters().entrySet()) {
      String name = p.getKey();
      if (name.equals(NOW) && p.getValue().kind() == CaveatType.Kind.TIMESTAMP) {
        values.put(name, now);
      } else if (own.containsKey(name)) {
        values.put(name, Conversion.convert(name, p.getValue(), own.get(name)));
      } else if (request.containsKey(name)) {
        values.put(name, Conversion.convert(name, p.getValue(), request.get(name)));
      }
    }
    return switch (condition.program().run(values)) {
      case CaveatOutcome.Decided d -> Truth.of(d.holds());
      case CaveatOutcome.Missing m -> Truth.missing(m.names());
      case CaveatOutcome.Fault f -> Truth.fault(Fault.caveat(condition.name(), f.why()));
    };
  }

  private static Map<String, Object> parse(byte[] stored) {
    try {
      return Json.readObject(new String(stored, StandardCharsets.UTF_8), 0).object();
    } catch (Json.Malformed e) {
      throw new Corrupt("a stored context is no JSON: " + e.getMessage());
    }
  }
}
