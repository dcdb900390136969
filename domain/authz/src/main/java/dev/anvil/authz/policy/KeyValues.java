package dev.anvil.authz.policy;

import java.util.List;

/** What a request says of the keys that conditions and variables name, in lower case. */
@FunctionalInterface
public interface KeyValues {
  /** Value of a key that has one, or null. */
  String one(String key);

  /** Values of a key that may have many; none if the request says nothing of it. */
  default List<String> all(String key) {
    String one = one(key);
    return one == null ? List.of() : List.of(one);
  }
}
