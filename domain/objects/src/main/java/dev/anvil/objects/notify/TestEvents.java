package dev.anvil.objects.notify;

import dev.anvil.objects.BucketTx;
import dev.anvil.objects.rules.NotificationRule;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What targets are sent when a bucket begins to tell them: that they can be reached shows so. */
public final class TestEvents {
  /** Reserved for one message in a commit. */
  public static final int BYTES = 2 << 10;

  private TestEvents() {}

  /**
   * Queues one message a target in the commit that names the targets.
   *
   * @param cursor of that change
   */
  public static void queue(BucketTx b, long cursor, List<NotificationRule> rules) {
    Set<String> targets = new LinkedHashSet<>();
    rules.forEach(rule -> targets.add(rule.arn()));
    int n = 0;
    for (String arn : targets) {
      Message message = new Message(cursor, n, arn, 0, b.committedAt(), null, document(b));
      long due = b.committedAt().toEpochMilli();
      b.tx().put(NotifyRecords.waiting(due, cursor, n++), message.toBytes());
    }
    if (n > 0) {
      NotifyRecords.counts(b.tx(), NotifyRecords.counts(b.tx()).plus(n, 0));
    }
  }

  private static byte[] document(BucketTx b) {
    String id = b.attempt().requestId() == null ? "" : b.attempt().requestId();
    StringBuilder out = new StringBuilder(256);
    out.append("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"");
    Event.member(out, "Time", b.committedAt().toString());
    Event.member(out, "Bucket", b.bucket().name().value());
    Event.member(out, "RequestId", id);
    Event.member(out, "HostId", id);
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
