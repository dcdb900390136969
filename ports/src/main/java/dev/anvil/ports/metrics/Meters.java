package dev.anvil.ports.metrics;

import java.util.function.DoubleSupplier;

/** Makes meters; names follow Prometheus rules; labels are few and never tenant, bucket or key. */
public interface Meters {
  /** A count that only grows. */
  interface Counter {
    /** Adds under the label values, in the order of the label names. */
    void add(double amount, String... labels);
  }

  /** A distribution. */
  interface Histogram {
    /** Records one observation under the label values. */
    void observe(double value, String... labels);
  }

  /** The counter of this name, made on first use. */
  Counter counter(String name, String help, String... labelNames);

  /** The histogram of this name, made on first use, with upper bounds of buckets ascending. */
  Histogram histogram(String name, String help, double[] bounds, String... labelNames);

  /** A value read at each scrape; label pairs are name, value, name, value, ... */
  void gauge(String name, String help, DoubleSupplier value, String... labelPairs);

  /** Meters that go nowhere. */
  static Meters none() {
    return new Meters() {
      @Override
      public Counter counter(String name, String help, String... labelNames) {
        return (amount, labels) -> {};
      }

      @Override
      public Histogram histogram(String name, String help, double[] bounds, String... labelNames) {
        return (value, labels) -> {};
      }

      @Override
      public void gauge(String name, String help, DoubleSupplier value, String... labelPairs) {}
    };
  }
}
