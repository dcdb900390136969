package dev.anvil.authz.graph;

import dev.anvil.ports.caveats.CaveatEngine;
import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Conditions of the form {@code name == number}; zero is a fault. */
public final class TestCaveats implements CaveatEngine {
  @Override
  public String language() {
    return "test/1";
  }

  @Override
  public CaveatProgram compile(CaveatSource source) throws CaveatRejected {
    String[] words = source.body().split(" ");
    if (words.length != 3 || !source.parameters().containsKey(words[0])) {
      throw new CaveatRejected("write 'name == number'", 1, 1);
    }
    long wanted = Long.parseLong(words[2]);
    return new CaveatProgram() {
      @Override
      public byte[] identity() {
        return Arrays.copyOf(source.toString().getBytes(StandardCharsets.UTF_8), 32);
      }

      @Override
      public SortedSet<String> unused() {
        SortedSet<String> names = new TreeSet<>(source.parameters().keySet());
        names.remove(words[0]);
        return names;
      }

      @Override
      public CaveatOutcome run(Map<String, Object> values) {
        Object value = values.get(words[0]);
        if (value == null) {
          return new CaveatOutcome.Missing(new TreeSet<>(Set.of(words[0])));
        }
        return value.equals(0L)
            ? new CaveatOutcome.Fault("zero")
            : new CaveatOutcome.Decided(value.equals(wanted));
      }
    };
  }
}
