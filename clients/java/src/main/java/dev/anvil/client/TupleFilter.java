package dev.anvil.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tuples are meant: those that have all that is said. Values; each method gives a new one.
 */
public final class TupleFilter {
  private final Map<String, String> members;

  private TupleFilter(Map<String, String> members) {
    this.members = members;
  }

  /** All of a type of objects. */
  public static TupleFilter of(String resourceType) {
    return new TupleFilter(Map.of("resourceType", resourceType));
  }

  private TupleFilter with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new TupleFilter(more);
  }

  /** Of one object. */
  public TupleFilter id(String resourceId) {
    return with("resourceId", resourceId);
  }

  /** Of objects whose ids begin so. */
  public TupleFilter idPrefix(String prefix) {
    return with("resourceIdPrefix", prefix);
  }

  /** Of one relation. */
  public TupleFilter relation(String relation) {
    return with("relation", relation);
  }

  /** Of subjects of a type. */
  public TupleFilter subjectType(String type) {
    return with("subjectType", type);
  }

  /** Of one subject. */
  public TupleFilter subjectId(String id) {
    return with("subjectId", id);
  }

  /** Of sets of subjects. */
  public TupleFilter subjectRelation(String relation) {
    return with("subjectRelation", relation);
  }

  ObjectNode document() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    members.forEach(document::put);
    return document;
  }
}
