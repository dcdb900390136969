package dev.anvil.authz;

import dev.anvil.authz.ReadableMap.Answer;
import dev.anvil.authz.ReadableMap.Node;
import dev.anvil.authz.store.GrantedNodes;
import dev.anvil.authz.store.Roots;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.ports.failure.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the nodes of a readable map where folders pass on what they give: looks at what tuples name
 * the caller, in order, and keeps what differs from the node above it. One thread.
 */
final class ReadableWalk {
  /** Folders deeper than this have no say. */
  private static final int MAX_SEGMENTS = 32;

  private final String bucket;
  private final Decisions decisions;
  private final GrantedNodes granted;
  private final int most;
  private final List<Node> kept = new ArrayList<>();
  private final ArrayDeque<Integer> above = new ArrayDeque<>();

  ReadableWalk(String bucket, Decisions decisions, GrantedNodes granted, int most) {
    this.bucket = bucket;
    this.decisions = decisions;
    this.granted = granted;
    this.most = most;
  }

  /** The nodes; null if there are more than a map may have. */
  List<Node> nodes() {
    keep("", false, answer(Roots.below("")));
    byte[] place = new byte[0];
    for (byte[] at = granted.from(place); at != null; at = granted.from(place)) {
      boolean object = granted.object(at);
      boolean folder = granted.folder(at);
      String path = new String(at, StandardCharsets.UTF_8);
      if (object) {
        node(path, true, answer(path));
      }
      if (folder && path.chars().filter(c -> c == '/').count() <= MAX_SEGMENTS) {
        node(path, false, answer(Roots.below(path)));
      }
      if (kept.size() > most) {
        return null;
      }
      place = Arrays.copyOf(at, at.length + 1);
    }
    return kept;
  }

  private void node(String path, boolean object, Answer answer) {
    while (!holds(kept.get(above.peekLast()), path)) {
      above.removeLast();
    }
    if (kept.get(above.peekLast()).answer() == answer) {
      return;
    }
    for (int i : above) {
      Node n = kept.get(i);
      kept.set(i, new Node(n.path(), n.object(), n.answer(), false));
    }
    keep(path, object, answer);
  }

  private void keep(String path, boolean object, Answer answer) {
    kept.add(new Node(path, object, answer, true));
    if (!object) {
      above.addLast(kept.size() - 1);
    }
  }

  /** Whether the folder holds what has this path. */
  private static boolean holds(Node folder, String path) {
    return path.length() > folder.path().length() && path.startsWith(folder.path());
  }

  private Answer answer(String key) {
    try {
      boolean may =
          decisions.of(new ObjectRef("anvil/object", bucket + "/" + key), "read").allowed();
      return may ? Answer.ALLOWED : Answer.DENIED;
    } catch (Unavailable e) {
      if (!Decisions.undecided(e)) {
        throw e;
      }
      return Answer.ASK;
    }
  }
}
