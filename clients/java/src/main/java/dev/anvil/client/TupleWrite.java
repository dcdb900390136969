package dev.anvil.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Changes of tuples that happen in one commit or not at all. One thread fills it. */
public final class TupleWrite {
  private final List<Relationships.Update> updates = new ArrayList<>();
  private final ArrayNode preconditions = JsonNodeFactory.instance.arrayNode();
  private Integer schemaVersion;
  private String reason = "";

  /** Inserts a tuple or replaces its values. */
  public TupleWrite touch(String tuple) {
    return update(Relationships.Update.touch(tuple));
  }

  /** Inserts a tuple; 409 {@code TupleExists} if it is there. */
  public TupleWrite create(String tuple) {
    return update(new Relationships.Update(Relationships.Op.CREATE, tuple));
  }

  /** Removes a tuple, if it is there. */
  public TupleWrite delete(String tuple) {
    return update(Relationships.Update.delete(tuple));
  }

  /** One change more. */
  public TupleWrite update(Relationships.Update update) {
    updates.add(update);
    return this;
  }

  /** Refused unless a tuple matches. */
  public TupleWrite ifAny(TupleFilter filter) {
    return precondition("match", filter);
  }

  /** Refused if a tuple matches. */
  public TupleWrite ifNone(TupleFilter filter) {
    return precondition("not_match", filter);
  }

  private TupleWrite precondition(String must, TupleFilter filter) {
    preconditions.addObject().put("must", must).set("filter", filter.document());
    return this;
  }

  /** Refused unless this version of the schema is in force. */
  public TupleWrite ifSchema(int version) {
    schemaVersion = version;
    return this;
  }

  /** What for, kept with the tuples. */
  public TupleWrite reason(String text) {
    reason = text;
    return this;
  }

  ObjectNode document() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode changes = body.putArray("updates");
    for (Relationships.Update u : updates) {
      changes.addObject().put("op", u.op().name().toLowerCase(Locale.ROOT)).put("tuple", u.tuple());
    }
    if (!preconditions.isEmpty()) {
      body.set("preconditions", preconditions);
    }
    if (schemaVersion != null) {
      body.put("schemaVersion", schemaVersion);
    }
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    return body;
  }
}
