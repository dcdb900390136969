package dev.anvil.s3;

import java.util.List;
import java.util.SplittableRandom;

/** Texts near given ones. */
public final class Mutations {
  private static final List<String> AWKWARD =
      List.of(
          "%",
          "%00",
          "%2",
          "%zz",
          "%C3%28",
          "%ff",
          "+",
          "?",
          "&",
          "=",
          ";",
          ",",
          "/",
          "//",
          "..",
          "\"",
          "'",
          "<",
          ">",
          "&amp;",
          "&#1;",
          "]]>",
          "<!--",
          "-1",
          "0",
          "99999999999999999999",
          "null",
          "*",
          "\t",
          " ",
          "{",
          "}",
          "[",
          "]",
          "\u00fc",
          "\u0000");

  private final SplittableRandom random;

  public Mutations(SplittableRandom random) {
    this.random = random;
  }

  /** One of them, changed in up to three places. */
  public String of(List<String> texts) {
    StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
    for (int n = random.nextInt(4); n > 0 && !text.isEmpty(); n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, AWKWARD.get(random.nextInt(AWKWARD.size())));
        case 3 -> text.setLength(Math.max(1, at));
        case 4 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
        default -> text.replace(at, Math.min(text.length(), at + 8), "");
      }
    }
    return text.toString();
  }

  /** The same without what no HTTP message can hold in a line. */
  public String line(List<String> texts) {
    return of(texts).replaceAll("[^\\x21-\\x7e]", "");
  }
}
