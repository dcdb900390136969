package dev.anvil.authz.policy;

import java.util.BitSet;

/** Patterns in which {@code *} stands for any text and {@code ?} for any one character. */
final class Wildcards {
  private static final BitSet NONE = new BitSet(0);

  private Wildcards() {}

  /** Whether the pattern stands for the whole text; linear but for the last star. */
  static boolean match(String pattern, String text) {
    return match(pattern, NONE, text);
  }

  /** The same where the characters at some places of the pattern stand for themselves. */
  static boolean match(String pattern, BitSet literal, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      char c = p < pattern.length() ? pattern.charAt(p) : 0;
      if (p < pattern.length() && c == '*' && !literal.get(p)) {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && (c == '?' && !literal.get(p) || c == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*' && !literal.get(p)) {
      p++;
    }
    return p == pattern.length();
  }

  /** Length of the shortest text that the pattern stands for. */
  static int atLeast(String pattern, BitSet literal) {
    int length = 0;
    for (int p = 0; p < pattern.length(); p++) {
      length += pattern.charAt(p) != '*' || literal.get(p) ? 1 : 0;
    }
    return length;
  }

  /** Whether the text is a pattern of more than itself. */
  static boolean wild(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }
}
