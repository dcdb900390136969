package dev.anvil.app.authz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Draws the trace of an answer, or an expansion, as a tree for a terminal. */
public final class TraceTree {
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean colours;
  private final List<String> lines = new ArrayList<>();

  private TraceTree(boolean colours) {
    this.colours = colours;
  }

  /** Lines of the tree; texts are made harmless for a terminal. */
  public static List<String> lines(JsonNode trace, boolean colours) {
    TraceTree tree = new TraceTree(colours);
    tree.lines.add(tree.node(trace));
    tree.children(trace, "");
    return tree.lines;
  }

  private void children(JsonNode node, String indent) {
    JsonNode children = node.path("children");
    boolean cut = node.path("truncated").asBoolean();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1 && !cut;
      JsonNode child = children.get(i);
      lines.add(indent + (last ? "└── " : "├── ") + node(child));
      children(child, indent + (last ? "    " : "│   "));
    }
    if (cut) {
      JsonNode rest = node.path("rest");
      String where =
          rest.isMissingNode()
              ? ""
              : ": anvil authz tuple read "
                  + safe(rest.path("resourceType").asText())
                  + " --id "
                  + safe(rest.path("resourceId").asText())
                  + " --relation "
                  + safe(rest.path("relation").asText());
      lines.add(indent + "└── " + colour(DIM, "... more" + where));
    }
  }

  private String node(JsonNode n) {
    String kind = n.path("kind").asText();
    String text = safe(n.path("text").asText(""));
    String shown =
        switch (kind) {
          case "union" -> "any of";
          case "intersection" -> "all of";
          case "exclusion" -> "the first, but not the second";
          case "self" -> text.isEmpty() ? "self" : "self " + text;
          case "nil" -> "nobody";
          case "hidden" -> "(hidden)";
          default -> text;
        };
    StringBuilder line = new StringBuilder(mark(n.path("outcome").asText("")));
    line.append(shown);
    if (n.has("caveat")) {
      JsonNode c = n.get("caveat");
      String said = c.path("outcome").asText("");
      line.append("  if ").append(safe(c.path("name").asText()));
      line.append(said.isEmpty() ? "" : " (" + said + ")");
    }
    if (n.has("missing")) {
      List<String> names = new ArrayList<>();
      n.get("missing").forEach(m -> names.add(safe(m.asText())));
      line.append("  needs ").append(String.join(", ", names));
    }
    if (n.has("reason") && kind.equals("member")) {
      line.append(colour(DIM, "  " + n.get("reason").asText().replace('_', ' ')));
    }
    if (n.path("repeated").asBoolean()) {
      line.append(colour(DIM, "  (as elsewhere here)"));
    }
    return line.toString();
  }

  private String mark(String outcome) {
    return switch (outcome) {
      case "" -> "";
      case "allowed" -> colour(GREEN, "yes ");
      case "denied" -> colour(RED, "no  ");
      case "conditional" -> colour(YELLOW, "if  ");
      case "undefined" -> colour(YELLOW, "loop ");
      case "failed" -> colour(RED, "fail ");
      default -> colour(DIM, "-   ");
    };
  }

  private String colour(String colour, String text) {
    return colours ? colour + text + PLAIN : text;
  }

  private static String safe(String text) {
    StringBuilder b = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)) {
            b.append("\\u%04x".formatted(c));
          } else {
            b.appendCodePoint(c);
          }
        });
    return b.toString();
  }
}
