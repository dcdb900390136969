package dev.anvil.authz.store;

import java.util.HashMap;
import java.util.Map;

/** Interned names of a tenant at one moment. Immutable; ids are never given anew. */
public final class Names {
  static final Names SYSTEM = new Names(SystemNames.ids(), SystemNames.FIRST_OWN);

  private final Map<String, Integer> ids;
  private final Map<Integer, String> texts = new HashMap<>();
  private final int next;

  Names(Map<String, Integer> ids, int next) {
    this.ids = ids;
    this.next = next;
    ids.forEach((text, id) -> texts.put(id, text));
  }

  /** The id, or 0 for a name never seen. */
  public int id(String name) {
    return ids.getOrDefault(name, 0);
  }

  /** The name of an id. */
  public String text(int id) {
    return texts.getOrDefault(id, "?" + id);
  }

  int next() {
    return next;
  }

  /** These names and more. */
  Growing grow() {
    return new Growing(this);
  }

  /** Gives ids to names that have none yet. One thread. */
  static final class Growing {
    private final Map<String, Integer> ids;
    private final Map<String, Integer> added = new HashMap<>();
    private int next;

    private Growing(Names base) {
      this.ids = new HashMap<>(base.ids);
      this.next = base.next;
    }

    int intern(String name) {
      Integer known = ids.get(name);
      if (known == null) {
        known = next++;
        ids.put(name, known);
        added.put(name, known);
      }
      return known;
    }

    Map<String, Integer> added() {
      return added;
    }

    Names names() {
      return new Names(ids, next);
    }
  }
}
