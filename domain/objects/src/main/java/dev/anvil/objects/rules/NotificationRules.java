package dev.anvil.objects.rules;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bucket tells of its changes, and whom.
 *
 * @param rules at most {@link #MAX_RULES}
 */
public record NotificationRules(List<NotificationRule> rules) {
  /** Most rules of a bucket. */
  public static final int MAX_RULES = 100;

  /** Kind of the record among the rules of a bucket. */
  public static final int KIND = 2;

  /** Nothing is told. */
  public static final NotificationRules NONE = new NotificationRules(List.of());

  private static final int FORMAT = 1;

  /** Copies the list. */
  public NotificationRules {
    rules = List.copyOf(rules);
  }

  /** As it is stored. */
  public byte[] toBytes() {
    RecordWriter w = new RecordWriter(FORMAT).varint(rules.size());
    rules.forEach(r -> r.write(w));
    return w.toBytes();
  }

  /** The reverse of {@link #toBytes}; nothing for null. */
  public static NotificationRules of(byte[] bytes) {
    if (bytes == null) {
      return NONE;
    }
    RecordReader r = new RecordReader(bytes, "notifications of a bucket", FORMAT);
    List<NotificationRule> rules = new ArrayList<>();
    for (int i = r.count(MAX_RULES); i > 0; i--) {
      rules.add(NotificationRule.read(r));
    }
    return new NotificationRules(rules);
  }
}
