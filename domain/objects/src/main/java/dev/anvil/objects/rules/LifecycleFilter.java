package dev.anvil.objects.rules;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which versions a lifecycle rule is about; all demands together.
 *
 * @param prefix what keys start with, or null
 * @param tags tags that a version has, with these values
 * @param above bytes that a version has more of, or -1
 * @param below bytes that a version has fewer of, or -1
 */
public record LifecycleFilter(
    String prefix, SortedMap<String, String> tags, long above, long below) {
  /** Every version. */
  public static final LifecycleFilter ALL =
      new LifecycleFilter(null, Collections.emptySortedMap(), -1, -1);

  private static final int MAX_TAGS = 64;

  /** Copies. */
  public LifecycleFilter {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** How many demands it makes. */
  public int demands() {
    return (prefix == null ? 0 : 1) + tags.size() + (above < 0 ? 0 : 1) + (below < 0 ? 0 : 1);
  }

  /** Whether a key starts as demanded. */
  public boolean matchesKey(byte[] key) {
    if (prefix == null) {
      return true;
    }
    byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
    return key.length >= start.length
        && Arrays.equals(key, 0, start.length, start, 0, start.length);
  }

  /** Whether a version is meant; a delete marker has no tags and no bytes. */
  public boolean matches(byte[] key, Map<String, String> tagged, long size) {
    return matchesKey(key)
        && tagged.entrySet().containsAll(tags.entrySet())
        && (above < 0 || size > above)
        && (below < 0 || size < below);
  }

  void write(RecordWriter w) {
    w.text(prefix).varint(tags.size());
    tags.forEach((name, value) -> w.text(name).text(value));
    w.varint(above + 1).varint(below + 1);
  }

  static LifecycleFilter read(RecordReader r) {
    String prefix = r.text();
    SortedMap<String, String> tags = new TreeMap<>();
    for (int i = r.count(MAX_TAGS); i > 0; i--) {
      String name = r.text();
      String value = r.text();
      if (name == null || value == null) {
        throw new Corrupt("a lifecycle filter has a tag without name or value");
      }
      tags.put(name, value);
    }
    return new LifecycleFilter(prefix, tags, r.varint() - 1, r.varint() - 1);
  }
}
