package dev.anvil.http;

import dev.anvil.ports.metrics.Meters;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Meters that go nowhere, but for one gauge. */
record GaugeOf(String wanted, Consumer<DoubleSupplier> sink) implements Meters {
  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return (amount, labels) -> {};
  }

  @Override
  public Histogram histogram(String name, String help, double[] bounds, String... labelNames) {
    return (value, labels) -> {};
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value, String... labelPairs) {
    if (name.equals(wanted)) {
      sink.accept(value);
    }
  }
}
