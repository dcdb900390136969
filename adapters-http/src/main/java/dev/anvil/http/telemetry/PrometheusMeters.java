package dev.anvil.http.telemetry;

import dev.anvil.ports.metrics.Meters;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** Meters on Prometheus' simple client. Threads: any. */
public final class PrometheusMeters implements Meters {
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
  private final Map<String, Gauges> gauges = new ConcurrentHashMap<>();

  private boolean toLoad;

  /** Empty, or with the meters of the virtual machine. */
  public PrometheusMeters(boolean virtualMachine) {
    toLoad = virtualMachine;
  }

  /** Makes the meters of the virtual machine, so that the first scrape has not to; any thread. */
  public synchronized void load() {
    if (toLoad) {
      toLoad = false;
      DefaultExports.register(registry);
    }
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return counters.computeIfAbsent(
        name,
        _ -> {
          var made =
              io.prometheus.client.Counter.build(name, help)
                  .labelNames(labelNames)
                  .register(registry);
          return (amount, labels) -> made.labels(labels).inc(amount);
        });
  }

  @Override
  public Histogram histogram(String name, String help, double[] bounds, String... labelNames) {
    return histograms.computeIfAbsent(
        name,
        _ -> {
          var made =
              io.prometheus.client.Histogram.build(name, help)
                  .buckets(bounds)
                  .labelNames(labelNames)
                  .register(registry);
          return (value, labels) -> made.labels(labels).observe(value);
        });
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value, String... labelPairs) {
    gauges
        .computeIfAbsent(name, _ -> new Gauges(name, help).register(registry))
        .add(value, labelPairs);
  }

  /** All meters in Prometheus' text format 0.0.4. */
  public String text() {
    load();
    StringWriter out = new StringWriter();
    try {
      TextFormat.write004(out, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toString();
  }

  /** Gauges of one name, read when scraped. */
  private static final class Gauges extends Collector {
    private record One(List<String> names, List<String> values, DoubleSupplier supplier) {}

    private final String name;
    private final String help;
    private final List<One> all = new CopyOnWriteArrayList<>();

    Gauges(String name, String help) {
      this.name = name;
      this.help = help;
    }

    void add(DoubleSupplier supplier, String... pairs) {
      List<String> names = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (int i = 0; i + 1 < pairs.length; i += 2) {
        names.add(pairs[i]);
        values.add(pairs[i + 1]);
      }
      all.removeIf(o -> o.values().equals(values) && o.names().equals(names));
      all.add(new One(names, values, supplier));
    }

    @Override
    public List<MetricFamilySamples> collect() {
      if (all.isEmpty()) {
        return List.of();
      }
      List<String> names = all.getFirst().names();
      if (name.endsWith("_total")) {
        var counts = new CounterMetricFamily(name, help, names);
        all.forEach(one -> counts.addMetric(one.values(), one.supplier().getAsDouble()));
        return List.of(counts);
      }
      var family = new GaugeMetricFamily(name, help, names);
      all.forEach(one -> family.addMetric(one.values(), one.supplier().getAsDouble()));
      return List.of(family);
    }
  }
}
