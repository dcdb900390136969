package dev.anvil.authz.graph;

import java.util.Comparator;

/** Order of the UTF-8 bytes of strings: of code points, not of UTF-16 units. */
public enum Utf8Order implements Comparator<String> {
  /** The only one. */
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothHalves = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothHalves ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
