package dev.anvil.app.node;

import dev.anvil.ports.caveats.CaveatEngine;
import dev.anvil.ports.caveats.CaveatOutcome;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.time.Ticker;
import java.util.Map;
import java.util.SortedSet;

/** Measures how long conditions take to compile and to run. */
record MeteredCaveats(
    CaveatEngine inner, Ticker ticker, Meters.Histogram compiled, Meters.Histogram ran)
    implements CaveatEngine {
  private static final double[] COMPILE = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3};
  private static final double[] RUN = {0.000001, 0.000003, 0.00001, 0.00003, 0.0001, 0.001, 0.01};

  static MeteredCaveats of(CaveatEngine inner, Meters meters, Ticker ticker) {
    return new MeteredCaveats(
        inner,
        ticker,
        meters.histogram("anvil_authz_caveat_compile_seconds", "Time to compile one", COMPILE),
        meters.histogram("anvil_authz_caveat_run_seconds", "Time to run one", RUN));
  }

  @Override
  public String language() {
    return inner.language();
  }

  @Override
  public CaveatProgram compile(CaveatSource source) throws CaveatRejected {
    long began = ticker.nanos();
    try {
      return new Program(inner.compile(source), ticker, ran);
    } finally {
      compiled.observe((ticker.nanos() - began) / 1e9);
    }
  }

  private record Program(CaveatProgram inner, Ticker ticker, Meters.Histogram ran)
      implements CaveatProgram {
    @Override
    public byte[] identity() {
      return inner.identity();
    }

    @Override
    public SortedSet<String> unused() {
      return inner.unused();
    }

    @Override
    public CaveatOutcome run(Map<String, Object> values) {
      long began = ticker.nanos();
      try {
        return inner.run(values);
      } finally {
        ran.observe((ticker.nanos() - began) / 1e9);
      }
    }
  }
}
