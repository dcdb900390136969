package dev.anvil.bench.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The arguments of a program, each taken once. Wrong ones are an IllegalArgumentException. */
public final class Arguments {
  private final List<String> left;

  /** All that were given. */
  public Arguments(String[] args) {
    left = new ArrayList<>(Arrays.asList(args));
  }

  /** Whether the word is there. */
  public boolean flag(String name) {
    return left.remove(name);
  }

  /** The word behind a name. */
  public String value(String name, String otherwise) {
    int at = left.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    if (at + 1 == left.size()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    left.remove(at);
    return left.remove(at);
  }

  /** The words behind a name with commas between them; "none" is none. */
  public List<String> list(String name, String otherwise) {
    String text = value(name, otherwise);
    return text.equals("none") ? List.of() : List.of(text.split(","));
  }

  /** Refuses what nobody took. */
  public void nothingLeft() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("unknown argument " + left.getFirst());
    }
  }
}
