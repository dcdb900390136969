package dev.anvil.app.authz;

import dev.anvil.client.Trace;
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
  public static List<String> lines(Trace trace, boolean colours) {
    TraceTree tree = new TraceTree(colours);
    tree.lines.add(tree.node(trace));
    tree.children(trace, "");
    return tree.lines;
  }

  private void children(Trace node, String indent) {
    List<Trace> children = node.children();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1 && !node.truncated();
      Trace child = children.get(i);
      lines.add(indent + (last ? "└── " : "├── ") + node(child));
      children(child, indent + (last ? "    " : "│   "));
    }
    if (node.truncated()) {
      Trace.Rest rest = node.rest();
      String where =
          rest == null
              ? ""
              : ": anvil authz tuple read "
                  + safe(rest.resourceType())
                  + " --id "
                  + safe(rest.resourceId())
                  + " --relation "
                  + safe(rest.relation());
      lines.add(indent + "└── " + colour(DIM, "... more" + where));
    }
  }

  private String node(Trace n) {
    String text = safe(n.text());
    String shown =
        switch (n.kind()) {
          case "union" -> "any of";
          case "intersection" -> "all of";
          case "exclusion" -> "the first, but not the second";
          case "self" -> text.isEmpty() ? "self" : "self " + text;
          case "nil" -> "nobody";
          case "hidden" -> "(hidden)";
          default -> text;
        };
    StringBuilder line = new StringBuilder(mark(n.outcome()));
    line.append(shown);
    if (n.caveat() != null) {
      String said = n.caveat().outcome();
      line.append("  if ").append(safe(n.caveat().name()));
      line.append(said.isEmpty() ? "" : " (" + said + ")");
    }
    if (!n.missing().isEmpty()) {
      List<String> names = n.missing().stream().map(TraceTree::safe).toList();
      line.append("  needs ").append(String.join(", ", names));
    }
    if (!n.reason().isEmpty() && n.kind().equals("member")) {
      line.append(colour(DIM, "  " + n.reason().replace('_', ' ')));
    }
    if (n.repeated()) {
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
