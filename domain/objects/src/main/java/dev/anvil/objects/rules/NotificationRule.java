package dev.anvil.objects.rules;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which changes are told to a target.
 *
 * @param id unique in its bucket
 * @param kind under which element it was given, as it is then shown again
 * @param arn of the target
 * @param events names such as {@code s3:ObjectCreated:*}
 * @param prefix what keys start with, or null
 * @param suffix what keys end with, or null
 */
public record NotificationRule(
    String id, Kind kind, String arn, List<String> events, String prefix, String suffix) {
  /** Element that names the target. The order is that of the stored form. */
  public enum Kind {
    /** TopicConfiguration. */
    TOPIC,
    /** QueueConfiguration. */
    QUEUE,
    /** CloudFunctionConfiguration. */
    FUNCTION
  }

  /** Most events of a rule. */
  public static final int MAX_EVENTS = 32;

  private static final String ALL = "*";

  /** Copies the list. */
  public NotificationRule {
    events = List.copyOf(events);
  }

  /**
   * Whether a change is told.
   *
   * @param event its name without {@code s3:}
   */
  public boolean tells(String event, byte[] key) {
    return events.stream().anyMatch(e -> names(e, "s3:" + event)) && starts(key) && ends(key);
  }

  /** Whether some change would be told by both. */
  public boolean overlaps(NotificationRule other) {
    String start = prefix == null ? "" : prefix;
    String otherStart = other.prefix == null ? "" : other.prefix;
    String end = suffix == null ? "" : suffix;
    String otherEnd = other.suffix == null ? "" : other.suffix;
    return (start.startsWith(otherStart) || otherStart.startsWith(start))
        && (end.endsWith(otherEnd) || otherEnd.endsWith(end))
        && events.stream()
            .anyMatch(e -> other.events.stream().anyMatch(o -> names(e, o) || names(o, e)));
  }

  private static boolean names(String pattern, String event) {
    return pattern.endsWith(ALL)
        ? event.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(event);
  }

  private boolean starts(byte[] key) {
    byte[] start = prefix == null ? new byte[0] : prefix.getBytes(StandardCharsets.UTF_8);
    return key.length >= start.length
        && Arrays.equals(key, 0, start.length, start, 0, start.length);
  }

  private boolean ends(byte[] key) {
    byte[] end = suffix == null ? new byte[0] : suffix.getBytes(StandardCharsets.UTF_8);
    return key.length >= end.length
        && Arrays.equals(key, key.length - end.length, key.length, end, 0, end.length);
  }

  void write(RecordWriter w) {
    w.text(id).u8(kind.ordinal()).text(arn).varint(events.size());
    events.forEach(w::text);
    w.text(prefix).text(suffix);
  }

  static NotificationRule read(RecordReader r) {
    String id = r.text();
    int kind = r.u8();
    String arn = r.text();
    List<String> events = new ArrayList<>();
    for (int i = r.count(MAX_EVENTS); i > 0; i--) {
      events.add(r.text());
    }
    if (id == null || arn == null || kind >= Kind.values().length || events.contains(null)) {
      throw new Corrupt("a notification rule lacks a field or is of kind " + kind);
    }
    return new NotificationRule(id, Kind.values()[kind], arn, events, r.text(), r.text());
  }
}
