package dev.anvil.caveats.cel;

import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.caveats.CaveatType;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A compiled condition. */
final class CelProgram implements CaveatProgram {
  private static final int SHOWN = 200;

  private final CaveatSource source;
  private final CelRuntime.Program program;
  private final byte[] identity;
  private final SortedSet<String> used;

  CelProgram(
      CaveatSource source, CelRuntime.Program program, byte[] identity, SortedSet<String> used) {
    this.source = source;
    this.program = program;
    this.identity = identity;
    this.used = used;
  }

  @Override
  public byte[] identity() {
    return identity.clone();
  }

  @Override
  public SortedSet<String> unused() {
    SortedSet<String> names = new TreeSet<>(source.parameters().keySet());
    names.removeAll(used);
    return names;
  }

  @Override
  public CaveatOutcome run(Map<String, Object> values) {
    Map<String, Object> vars = new HashMap<>();
    List<CelAttributePattern> missing = new ArrayList<>();
    for (Map.Entry<String, CaveatType> p : source.parameters().entrySet()) {
      if (values.containsKey(p.getKey())) {
        vars.put(p.getKey(), Types.value(p.getValue(), values.get(p.getKey())));
      } else {
        missing.add(CelAttributePattern.create(p.getKey()));
      }
    }
    try {
      Object result =
          missing.isEmpty()
              ? program.eval(vars)
              : program.eval(PartialVars.of(vars, missing.toArray(CelAttributePattern[]::new)));
      return switch (result) {
        case Boolean b -> new CaveatOutcome.Decided(b);
        case CelUnknownSet unknown -> new CaveatOutcome.Missing(names(unknown));
        default -> new CaveatOutcome.Fault("it yields no bool");
      };
    } catch (CelEvaluationException | CelRuntimeException | IllegalArgumentException e) {
      // a function's own words; the library would put every argument before them
      boolean own = e.getCause() instanceof IllegalArgumentException;
      String why = String.valueOf(own ? e.getCause().getMessage() : e.getMessage());
      return new CaveatOutcome.Fault(why.length() <= SHOWN ? why : why.substring(0, SHOWN));
    }
  }

  private SortedSet<String> names(CelUnknownSet unknown) {
    SortedSet<String> names = new TreeSet<>();
    for (CelAttribute a : unknown.attributes()) {
      names.add(a.qualifiers().getFirst().asString());
    }
    return names;
  }
}
