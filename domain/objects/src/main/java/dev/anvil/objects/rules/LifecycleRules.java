package dev.anvil.objects.rules;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The lifecycle of a bucket.
 *
 * @param rules 1 to {@link #MAX_RULES}, in the order they were given
 * @param minimumSize what was said of the smallest size of transitions; shown again, of no effect
 */
public record LifecycleRules(List<LifecycleRule> rules, String minimumSize) {
  /** Most rules of a bucket. */
  public static final int MAX_RULES = 1_000;

  /** Kind of the record among the rules of a bucket. */
  public static final int KIND = 1;

  private static final int FORMAT = 1;

  /** Copies the list. */
  public LifecycleRules {
    rules = List.copyOf(rules);
  }

  /** When a version or an open upload ends, and which rule says so. */
  public record Expiry(Instant at, String rule) {}

  /** The earliest end of a current version, or null. */
  public Expiry expiry(byte[] key, Map<String, String> tags, long size, Instant committedAt) {
    Expiry first = null;
    for (LifecycleRule rule : rules) {
      Instant at = rule.enabled() ? rule.currentEnds(committedAt) : null;
      if (at != null
          && (first == null || at.isBefore(first.at()))
          && rule.filter().matches(key, tags, size)) {
        first = new Expiry(at, rule.id());
      }
    }
    return first;
  }

  /** The earliest end of an open upload, or null. */
  public Expiry uploadExpiry(byte[] key, Instant createdAt) {
    Expiry first = null;
    for (LifecycleRule rule : rules) {
      Instant at = rule.enabled() ? rule.uploadEnds(createdAt) : null;
      if (at != null
          && (first == null || at.isBefore(first.at()))
          && rule.filter().matchesKey(key)) {
        first = new Expiry(at, rule.id());
      }
    }
    return first;
  }

  /** As it is stored. */
  public byte[] toBytes() {
    RecordWriter w = new RecordWriter(FORMAT).text(minimumSize).varint(rules.size());
    rules.forEach(r -> r.write(w));
    return w.toBytes();
  }

  /** The reverse of {@link #toBytes}. */
  public static LifecycleRules of(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "lifecycle of a bucket", FORMAT);
    String minimum = r.text();
    List<LifecycleRule> rules = new ArrayList<>();
    for (int i = r.count(MAX_RULES); i > 0; i--) {
      rules.add(LifecycleRule.read(r));
    }
    return new LifecycleRules(rules, minimum);
  }
}
