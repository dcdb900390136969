package dev.anvil.caveats.cel;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayDeque;
import java.util.List;

/**
 * {@code matches}, bounded before it compiles: the library looks at the size of a program when it
 * stands in memory, and forty characters of nested repetitions make one of gigabytes.
 */
final class Regexes {
  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from("matches", String.class, String.class, Regexes::matches),
          CelFunctionBinding.from("matches_string", String.class, String.class, Regexes::matches));

  private Regexes() {}

  /** Beyond this nothing is compiled at all; simplifying makes some texts a few times smaller. */
  static final int WRITTEN_OUT = 10 * CelLimits.REGEX_PROGRAM;

  /** Groups in groups; the compiler takes a part of the stack for each. */
  static final int NESTED = 200;

  private static final int FIRST_ENDLESS = 0x1C80;
  private static final int LAST_ENDLESS = 0x1C88;
  private static final java.util.regex.Pattern IGNORES_CASE =
      java.util.regex.Pattern.compile("\\(\\?[a-zA-Z]*i");

  private static boolean matches(String text, String regex) {
    if (writtenOut(regex) > WRITTEN_OUT) {
      throw tooLarge();
    }
    if (foldsEndlessly(regex)) {
      throw new IllegalArgumentException(
          "a regular expression with the flag i has no character of U+1C80 to U+1C88, also none"
              + " inside a range; leave the flag or these characters out");
    }
    Pattern pattern = Pattern.compile(regex);
    if (pattern.programSize() > CelLimits.REGEX_PROGRAM) {
      throw tooLarge();
    }
    return pattern.matcher(text).find();
  }

  private static IllegalArgumentException tooLarge() {
    return new IllegalArgumentException(
        "a regular expression compiles to at most "
            + CelLimits.REGEX_PROGRAM
            + " instructions; shorten it or repeat less");
  }

  /**
   * About how many instructions there are when repetitions are written out: any number past the
   * bound for more, or for too deep groups. A malformed text gets any number, since the compiler
   * refuses it.
   */
  static long writtenOut(String regex) {
    ArrayDeque<Long> around = new ArrayDeque<>();
    long sum = 0;
    long last = 0;
    for (int i = 0; i < regex.length() && sum <= WRITTEN_OUT; i++) {
      switch (regex.charAt(i)) {
        case '(' -> {
          i = flagsEnd(regex, i);
          // flags alone, as in (?i), are no group: what repeats behind them is what is before
          if (regex.charAt(i) != ')') {
            around.push(sum);
            sum = 0;
          }
          if (around.size() > NESTED) {
            return Long.MAX_VALUE;
          }
        }
        case ')' -> {
          last = sum + 1;
          sum = last + (around.isEmpty() ? 0 : around.pop());
        }
        case '{' -> {
          int end = regex.indexOf('}', i);
          long times = end < 0 ? 0 : times(regex.substring(i + 1, end));
          sum += times == 0 ? 1 : last * (times - 1);
          last = times == 0 ? 1 : last * times;
          i = times == 0 ? i : end;
        }
        case '*', '+', '?', '|' -> sum++;
        case '[' -> {
          i = classEnd(regex, i);
          last = 1;
          sum++;
        }
        case '\\' -> {
          int end = escapeEnd(regex, i);
          last = 1;
          // a quotation has one for each of its characters, anything else is one
          sum += regex.startsWith("\\Q", i) ? end - i : 1;
          i = end;
        }
        default -> {
          last = 1;
          sum++;
        }
      }
    }
    return sum;
  }

  /**
   * Whether the compiler might look for the other cases of a character whose cases lead elsewhere
   * and never back: re2j 1.8 does not return then. Says yes too often rather than too rarely: what
   * looks like a range counts as one wherever it stands.
   */
  static boolean foldsEndlessly(String regex) {
    if (!IGNORES_CASE.matcher(regex).find()) {
      return false;
    }
    int before = 0;
    boolean range = false;
    for (int i = 0; i < regex.length(); i++) {
      if (regex.charAt(i) == '-' && !range) {
        range = true;
        continue;
      }
      int end = regex.charAt(i) == '\\' ? escapeEnd(regex, i) : i;
      int here = end > i ? escaped(regex.substring(i, end + 1)) : regex.codePointAt(i);
      int low = range ? Math.min(before, here) : here;
      if (low <= LAST_ENDLESS && here >= FIRST_ENDLESS) {
        return true;
      }
      i = end > i ? end : i + Character.charCount(here) - 1;
      before = here;
      range = false;
    }
    return false;
  }

  /** The character of a hexadecimal escape; of any other the least, where a range may begin. */
  private static int escaped(String escape) {
    String digits = escape.replaceAll("[^0-9a-fA-F]", "");
    boolean braces = escape.startsWith("\\x{") && !digits.isEmpty() && digits.length() <= 6;
    return braces ? Integer.parseInt(digits, 16) : 0;
  }

  /** Place of the last character of what says how a group is taken, which is no part of it. */
  private static int flagsEnd(String regex, int open) {
    int i = open;
    if (regex.startsWith("(?", open)) {
      while (i + 1 < regex.length() && ":>)".indexOf(regex.charAt(i)) < 0) {
        i++;
      }
    }
    return i;
  }

  private static int escapeEnd(String regex, int slash) {
    if (regex.startsWith("\\Q", slash)) {
      int end = regex.indexOf("\\E", slash);
      return end < 0 ? regex.length() : end + 1;
    }
    int i = Math.min(slash + 1, regex.length() - 1);
    boolean braces = i + 1 < regex.length() && regex.charAt(i + 1) == '{';
    if (braces && "pPx".indexOf(regex.charAt(i)) >= 0) {
      int end = regex.indexOf('}', i);
      return end < 0 ? regex.length() : end;
    }
    return i;
  }

  /** How often the braces repeat at most; 0 if they are plain characters. */
  private static long times(String braces) {
    if (!braces.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
      return 0;
    }
    String[] ends = braces.split(",");
    long most = 1;
    for (String end : ends) {
      most = Math.max(most, Long.parseLong(end));
    }
    return most;
  }

  /** Place of the bracket that ends a class; the first in it is a plain character. */
  private static int classEnd(String regex, int start) {
    int i = start + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    for (int first = i; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c == '\\') {
        i++;
      } else if (regex.startsWith("[:", i) && regex.indexOf(":]", i) > 0) {
        i = regex.indexOf(":]", i) + 1;
      } else if (c == ']' && i > first) {
        return i;
      }
    }
    return regex.length();
  }
}
