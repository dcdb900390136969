package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How an answer came about, or what a permission is made of: a tree of operators and tuples.
 *
 * @param kind such as {@code member}, {@code union}, {@code arrow_any} or {@code tuple}
 * @param text the member or the tuple; empty of an operator
 * @param outcome such as {@code allowed}; empty in an expansion
 * @param reason why not, such as {@code no_path}; empty otherwise
 * @param caveat the condition of a tuple; null without one
 * @param missing names of values that it hangs on
 * @param repeated whether it stands elsewhere in the tree, where its children are
 * @param truncated whether children are left out
 * @param rest where the children that are left out can be read; null if nowhere
 */
public record Trace(
    String kind,
    String text,
    String outcome,
    String reason,
    Caveat caveat,
    List<String> missing,
    boolean repeated,
    boolean truncated,
    Rest rest,
    List<Trace> children) {
  /** A condition, and what it came to; empty in an expansion. */
  public record Caveat(String name, String outcome) {}

  /** Tuples of a relation of an object. */
  public record Rest(String resourceType, String resourceId, String relation) {}

  static Trace of(JsonNode read) {
    List<Trace> children = new ArrayList<>();
    read.path("children").forEach(child -> children.add(of(child)));
    JsonNode caveat = read.path("caveat");
    JsonNode rest = read.path("rest");
    return new Trace(
        read.path("kind").asText(),
        read.path("text").asText(),
        read.path("outcome").asText(),
        read.path("reason").asText(),
        caveat.isObject()
            ? new Caveat(caveat.path("name").asText(), caveat.path("outcome").asText())
            : null,
        Fields.texts(read.path("missing")),
        read.path("repeated").asBoolean(),
        read.path("truncated").asBoolean(),
        rest.isObject()
            ? new Rest(
                rest.path("resourceType").asText(),
                rest.path("resourceId").asText(),
                rest.path("relation").asText())
            : null,
        List.copyOf(children));
  }
}
