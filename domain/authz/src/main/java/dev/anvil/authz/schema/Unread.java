package dev.anvil.authz.schema;

import java.util.HashSet;
import java.util.Set;

/**
 * What a text may declare in places that could not be read. Names that may stand there are not
 * called unknown, so that every problem told is one to correct.
 */
final class Unread {
  private final Set<String> items = new HashSet<>();
  private final Set<String> members = new HashSet<>();
  private final Set<String> types = new HashSet<>();
  private boolean anyItem;
  private boolean anyFeature;

  /** A type or caveat whose text is broken; null if even its name is. */
  void item(String name) {
    anyItem |= name == null;
    if (name != null) {
      items.add(name);
      types.add(name);
    }
  }

  /** A member whose text is broken; null if even its name is. */
  void member(String type, String name) {
    if (type == null) {
      return;
    }
    if (name == null) {
      types.add(type);
    } else {
      members.add(type + "#" + name);
    }
  }

  /** A feature that could not be read. */
  void feature() {
    anyFeature = true;
  }

  /** Whether a type or caveat of the name may be there. */
  boolean mayBe(String item) {
    return anyItem || items.contains(item);
  }

  /** Whether the member may be there. */
  boolean mayBe(String type, String member) {
    return types.contains(type) || members.contains(type + "#" + member);
  }

  /** Whether a feature may be switched on there. */
  boolean mayUse() {
    return anyFeature;
  }
}
