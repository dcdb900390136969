package dev.anvil.http.authz;

import dev.anvil.authz.graph.Trace;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A node of the tree behind an answer, or of an expansion, which has no outcomes.
 *
 * @param kind what stands here
 * @param text a member, a tuple or an arrow as people write it; absent for operators
 * @param outcome what it came to
 * @param reason why it was denied
 * @param missing names whose values decide
 * @param caveat condition of the tuple
 * @param repeated whether its parts stand elsewhere in the tree
 * @param truncated whether parts are left out
 * @param rest filter with which the tuples left out are read
 * @param children parts
 */
@Schema(name = "Trace")
public record TraceDocument(
    @Schema(
            allowableValues = {
              "member",
              "union",
              "intersection",
              "exclusion",
              "arrow_any",
              "arrow_all",
              "tuple",
              "self",
              "nil",
              "hidden"
            })
        String kind,
    String text,
    @Schema(
            allowableValues = {
              "allowed",
              "denied",
              "conditional",
              "undefined",
              "failed",
              "not_evaluated"
            })
        String outcome,
    @Schema(allowableValues = {"no_path", "caveat_false", "excluded", "unstable_cycle"})
        String reason,
    List<String> missing,
    Caveat caveat,
    Boolean repeated,
    Boolean truncated,
    Rest rest,
    List<TraceDocument> children) {
  /** A condition and what it said. */
  @Schema(name = "TraceCaveat")
  public record Caveat(String name, String outcome) {}

  /** Filter of the tuples left out, as tuples:read takes it. */
  @Schema(name = "TraceRest")
  public record Rest(String resourceType, String resourceId, String relation) {}

  static TraceDocument of(Trace t) {
    return new TraceDocument(
        t.kind().wire(),
        t.text().isEmpty() ? null : t.text(),
        wire(t.outcome()),
        t.why() == null ? null : t.why().wire(),
        t.missing().isEmpty() ? null : List.copyOf(t.missing()),
        t.caveat() == null ? null : new Caveat(t.caveat().name(), wire(t.caveat().outcome())),
        t.repeated() ? true : null,
        t.truncated() ? true : null,
        t.rest() == null
            ? null
            : new Rest(t.rest().resource().type(), t.rest().resource().id(), t.rest().relation()),
        t.children().isEmpty() ? null : t.children().stream().map(TraceDocument::of).toList());
  }

  private static String wire(Trace.Outcome outcome) {
    return outcome == null ? null : outcome.wire();
  }
}
