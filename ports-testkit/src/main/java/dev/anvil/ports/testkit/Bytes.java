package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Short words for keys and values in tests. */
public final class Bytes {
  private Bytes() {}

  /** UTF-8 of the text. */
  public static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text of UTF-8 bytes; null stays null. */
  public static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** A write set of {@code key=value} puts and {@code -key} deletes, in any order. */
  public static WriteSet set(String... changes) {
    TreeMap<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (String c : changes) {
      if (c.startsWith("-")) {
        sorted.put(of(c.substring(1)), null);
      } else {
        int at = c.indexOf('=');
        sorted.put(of(c.substring(0, at)), of(c.substring(at + 1)));
      }
    }
    return set(sorted);
  }

  /** A write set of a sorted map whose null values are deletes. */
  public static WriteSet set(TreeMap<byte[], byte[]> sorted) {
    List<Mutation> mutations = new ArrayList<>();
    sorted.forEach((k, v) -> mutations.add(new Mutation(k, v)));
    return new WriteSet(mutations);
  }

  /** Everything the cursor passes, as {@code key=value}; closes it. */
  public static List<String> drain(EntryCursor cursor) {
    try (cursor) {
      List<String> out = new ArrayList<>();
      while (cursor.next()) {
        out.add(text(cursor.key()) + "=" + text(cursor.value()));
      }
      return out;
    }
  }

  /** Everything the cursor passes, as entries; closes it. */
  public static List<Entry> entries(EntryCursor cursor) {
    try (cursor) {
      List<Entry> out = new ArrayList<>();
      while (cursor.next()) {
        out.add(new Entry(cursor.key().clone(), cursor.value().clone()));
      }
      return out;
    }
  }
}
