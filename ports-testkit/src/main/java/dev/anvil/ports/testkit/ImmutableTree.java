package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * An ordered map of bytes to bytes that never changes: a put or delete makes a new one that shares
 * all but one path with the old, so a snapshot is a pointer. A treap whose priorities are a hash of
 * the key, hence of the same shape whatever the order of puts.
 */
final class ImmutableTree {
  static final ImmutableTree EMPTY = new ImmutableTree(null);

  private record Node(byte[] key, byte[] value, int priority, int size, Node left, Node right) {
    Node with(Node newLeft, Node newRight) {
      return node(key, value, priority, newLeft, newRight);
    }
  }

  private final Node root;

  private ImmutableTree(Node root) {
    this.root = root;
  }

  int size() {
    return size(root);
  }

  byte[] get(byte[] key) {
    Node n = root;
    while (n != null) {
      int c = Arrays.compareUnsigned(key, n.key);
      if (c == 0) {
        return n.value;
      }
      n = c < 0 ? n.left : n.right;
    }
    return null;
  }

  ImmutableTree put(byte[] key, byte[] value) {
    return new ImmutableTree(put(root, key, value, priority(key)));
  }

  ImmutableTree delete(byte[] key) {
    return get(key) == null ? this : new ImmutableTree(delete(root, key));
  }

  EntryCursor scan(KeyRange range, Order order, Runnable onEntry) {
    return new Cursor(root, range, order, onEntry);
  }

  private static Node put(Node n, byte[] key, byte[] value, int priority) {
    if (n == null) {
      return node(key, value, priority, null, null);
    }
    int c = Arrays.compareUnsigned(key, n.key);
    if (c == 0) {
      return node(key, value, priority, n.left, n.right);
    }
    if (c < 0) {
      Node l = put(n.left, key, value, priority);
      return l.priority > n.priority
          ? l.with(l.left, n.with(l.right, n.right))
          : n.with(l, n.right);
    }
    Node r = put(n.right, key, value, priority);
    return r.priority > n.priority ? r.with(n.with(n.left, r.left), r.right) : n.with(n.left, r);
  }

  private static Node delete(Node n, byte[] key) {
    int c = Arrays.compareUnsigned(key, n.key);
    if (c < 0) {
      return n.with(delete(n.left, key), n.right);
    }
    return c > 0 ? n.with(n.left, delete(n.right, key)) : join(n.left, n.right);
  }

  private static Node join(Node left, Node right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left.priority > right.priority
        ? left.with(left.left, join(left.right, right))
        : right.with(join(left, right.left), right.right);
  }

  private static Node node(byte[] key, byte[] value, int priority, Node left, Node right) {
    return new Node(key, value, priority, 1 + size(left) + size(right), left, right);
  }

  private static int size(Node n) {
    return n == null ? 0 : n.size;
  }

  private static int priority(byte[] key) {
    int h = Arrays.hashCode(key) * 0x9E3779B9;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    return h ^ h >>> 13;
  }

  /** Walks one way with a stack of the nodes still to visit. */
  private static final class Cursor implements EntryCursor {
    private final ArrayDeque<Node> path = new ArrayDeque<>();
    private final KeyRange range;
    private final Order order;
    private final Runnable onEntry;
    private Node current;

    Cursor(Node root, KeyRange range, Order order, Runnable onEntry) {
      this.range = range;
      this.order = order;
      this.onEntry = onEntry;
      descend(root);
    }

    private void descend(Node from) {
      boolean up = order == Order.ASCENDING;
      for (Node n = from; n != null; ) {
        boolean inside =
            up
                ? Arrays.compareUnsigned(n.key, range.from()) >= 0
                : range.to() == null || Arrays.compareUnsigned(n.key, range.to()) < 0;
        if (inside) {
          path.push(n);
        }
        n = inside == up ? n.left : n.right;
      }
    }

    @Override
    public boolean next() {
      current = path.poll();
      if (current == null || !range.contains(current.key)) {
        current = null;
        path.clear();
        return false;
      }
      descend(order == Order.ASCENDING ? current.right : current.left);
      onEntry.run();
      return true;
    }

    @Override
    public byte[] key() {
      return current.key;
    }

    @Override
    public byte[] value() {
      return current.value;
    }

    @Override
    public void close() {
      path.clear();
    }
  }
}
