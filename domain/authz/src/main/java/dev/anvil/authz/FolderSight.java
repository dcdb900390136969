package dev.anvil.authz;

import dev.anvil.authz.store.GrantedNodes;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.ports.storage.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sight where folders pass on what they give. A key that no tuple of the caller names is seen if
 * its folder gives management, reading or listing; so each folder is decided once, each named key
 * by itself, and from what is hidden the way goes straight to the next place that a tuple names.
 */
final class FolderSight implements Sight {
  /** Deeper keys hang on the folder of this depth. */
  private static final int MAX_SEGMENTS = 32;

  private final String bucket;
  private final Decisions decisions;
  private final GrantedNodes nodes;
  private final PageWork work;
  private final boolean root;
  private final List<Folder> path = new ArrayList<>();

  /** A folder of the last key. */
  private record Folder(byte[] name, boolean seen) {
    boolean holds(byte[] key) {
      return key.length >= name.length && Arrays.equals(key, 0, name.length, name, 0, name.length);
    }
  }

  FolderSight(String bucket, Decisions decisions, GrantedNodes nodes, PageWork work) {
    this.bucket = bucket;
    this.decisions = decisions;
    this.nodes = nodes;
    this.work = work;
    this.root = gives(new ObjectRef("anvil/bucket", bucket));
  }

  private boolean gives(ObjectRef on) {
    work.pass();
    return decisions.of(on, "read").allowed()
        || decisions.of(on, "list").allowed()
        || decisions.of(on, "manage").allowed();
  }

  @Override
  public boolean sees(byte[] key) {
    enter(key);
    nodes.from(key);
    if (nodes.object(key)) {
      work.pass();
      String id = bucket + "/" + new String(key, StandardCharsets.UTF_8);
      return decisions.of(new ObjectRef("anvil/object", id), "see").allowed();
    }
    return path.isEmpty() ? root : path.getLast().seen();
  }

  /** Keeps the folders that hold the key and decides those that are new on its way. */
  private void enter(byte[] key) {
    int end = parentLength(key);
    while (!path.isEmpty() && (path.getLast().name().length > end || !path.getLast().holds(key))) {
      path.removeLast();
    }
    int from = path.isEmpty() ? 0 : path.getLast().name().length;
    for (int i = from; i < end && path.size() < MAX_SEGMENTS; i++) {
      if (key[i] == '/') {
        byte[] name = Arrays.copyOf(key, i + 1);
        String id = bucket + "/" + new String(name, StandardCharsets.UTF_8);
        path.add(new Folder(name, gives(new ObjectRef("anvil/folder", id))));
      }
    }
  }

  /** Length of the name of the folder that a key hangs on; a slash at its end is its own. */
  private static int parentLength(byte[] key) {
    for (int i = key.length - 2; i >= 0; i--) {
      if (key[i] == '/') {
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  public byte[] next(byte[] key) {
    byte[] after = Arrays.copyOf(key, key.length + 1);
    if (nodes.folder(key)) {
      // an object may have the name of a folder; what the folder gives lies behind it
      return after;
    }
    byte[] named = nodes.from(after);
    int hidden = path.size();
    while (hidden > 0 && !path.get(hidden - 1).seen()) {
      hidden--;
    }
    if (hidden == path.size() && (hidden > 0 || root)) {
      // the key alone is hidden, in a folder that is seen
      return after;
    }
    byte[] end = hidden == 0 && !root ? null : KeyRange.successorOfPrefix(path.get(hidden).name());
    if (named == null || end == null) {
      return named == null ? end : named;
    }
    return Arrays.compareUnsigned(named, end) < 0 ? named : end;
  }

  @Override
  public boolean spent() {
    return work.spent();
  }
}
