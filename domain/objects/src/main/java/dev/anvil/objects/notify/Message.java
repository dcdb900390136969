package dev.anvil.objects.notify;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;

/**
 * A message on its way.
 *
 * @param cursor of the change
 * @param rule place of the rule among those of the bucket
 * @param arn of the target
 * @param attempts so far
 * @param madeAt time of the change
 * @param failure of the last attempt, or null
 * @param body JSON; not changed by who holds it
 */
public record Message(
    long cursor, int rule, String arn, int attempts, Instant madeAt, String failure, byte[] body) {
  private static final int FORMAT = 1;
  private static final int MAX = Integer.MAX_VALUE;
  private static final int MAX_FAILURE = 500;

  Message failed(String why) {
    String cut = why.length() > MAX_FAILURE ? why.substring(0, MAX_FAILURE) : why;
    return new Message(cursor, rule, arn, attempts + 1, madeAt, cut, body);
  }

  Message afresh() {
    return new Message(cursor, rule, arn, 0, madeAt, failure, body);
  }

  byte[] toBytes() {
    return new RecordWriter(FORMAT)
        .varint(cursor)
        .varint(rule)
        .text(arn)
        .varint(attempts)
        .i64(madeAt.toEpochMilli())
        .text(failure)
        .blob(body)
        .toBytes();
  }

  static Message of(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "notification", FORMAT);
    long cursor = r.varint();
    int rule = r.count(MAX);
    String arn = r.text();
    int attempts = r.count(MAX);
    Instant at = Instant.ofEpochMilli(r.i64());
    String failure = r.text();
    byte[] body = r.blob();
    if (arn == null || body == null) {
      throw new Corrupt("a notification lacks its target or its body");
    }
    return new Message(cursor, rule, arn, attempts, at, failure, body);
  }
}
