package dev.anvil.authz;

import dev.anvil.identity.ScopeResource;
import dev.anvil.kernel.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which keys of a bucket one caller may read, at one revision: a key has the answer of its nearest
 * node, which is the object of its name or else the deepest folder that it is in. Made so that
 * searches can filter by it without asking key by key.
 */
public final class ReadableMap {
  /** What holds at a node. */
  public enum Answer {
    /** It may be read. */
    ALLOWED,
    /** It may not. */
    DENIED,
    /** It was not settled within bounds: ask for each key. */
    ASK
  }

  /**
   * A place with an answer other than that of the node above it.
   *
   * @param path in the bucket; a folder's ends with a slash, and the empty one is the bucket itself
   * @param object whether it is one object, not all below a folder
   * @param exact whether all below has this answer; always of an object
   */
  public record Node(String path, boolean object, Answer answer, boolean exact) {}

  private final List<Node> nodes;
  private final List<ScopeResource.Keys> scopes;
  private final long revision;
  private final Map<String, Answer> folders = new HashMap<>();
  private final Map<String, Answer> objects = new HashMap<>();

  /**
   * Of these nodes, the first of which is the bucket's.
   *
   * @param nodes in byte order of their paths
   * @param scopes keys that the caller's scopes cover
   */
  ReadableMap(List<Node> nodes, List<ScopeResource.Keys> scopes, long revision) {
    this.nodes = List.copyOf(nodes);
    this.scopes = List.copyOf(scopes);
    this.revision = revision;
    nodes.forEach(n -> (n.object() ? objects : folders).put(n.path(), n.answer()));
  }

  /** The bucket alone. */
  static List<Node> whole(Answer answer) {
    return List.of(new Node("", false, answer, true));
  }

  /** The nodes in byte order of their paths; the first is the bucket's. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Keys that scopes cover; none but these may be read, whatever the nodes say. */
  public List<ScopeResource.Keys> scopes() {
    return scopes;
  }

  /** Of the relationships it rests on; {@link Access#NO_RELATIONSHIPS} if none govern. */
  public long revision() {
    return revision;
  }

  /** Whether every key of the bucket may be read. */
  public boolean everything() {
    return nodes.size() == 1
        && nodes.getFirst().answer() == Answer.ALLOWED
        && scopes.stream().anyMatch(s -> s.open() && s.start().length == 0);
  }

  /** The answer for a key, whether there is such an object or not. */
  public Answer answer(ObjectKey key) {
    byte[] utf8 = key.utf8();
    if (scopes.stream().noneMatch(s -> s.holds(utf8))) {
      return Answer.DENIED;
    }
    String text = new String(utf8, StandardCharsets.UTF_8);
    Answer own = objects.get(text);
    // a slash at the end of a key is its own: it hangs on the folder before
    int slash = text.lastIndexOf('/', text.length() - 2);
    while (own == null && slash >= 0) {
      own = folders.get(text.substring(0, slash + 1));
      slash = slash == 0 ? -1 : text.lastIndexOf('/', slash - 1);
    }
    return own != null ? own : folders.get("");
  }
}
