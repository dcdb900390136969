package dev.anvil.objects.notify;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.events.Webhooks;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts what waits, oldest due first. A message is dropped when its target took it; otherwise it
 * waits longer each time, and after the last try it is laid aside. A crash in between posts a
 * message again: targets tell repetitions by the delivery's name.
 */
public final class DeliverMessages {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "deliver";

  private final TargetBook targets;
  private final Webhooks webhooks;
  private final InstantSource clock;
  private final Meters.Counter outcomes;

  /** Through these webhooks. */
  public DeliverMessages(
      TargetBook targets, Webhooks webhooks, InstantSource clock, Meters meters) {
    this.targets = targets;
    this.webhooks = webhooks;
    this.clock = clock;
    this.outcomes =
        meters.counter(
            "anvil_notifications_total", "Notifications by what became of a try", "outcome");
  }

  private record Waiting(byte[] key, Message message) {}

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    Instant now = clock.instant();
    List<Waiting> due = targets.partitions().get(id).read(tx -> due(tx, now.toEpochMilli()));
    if (due.isEmpty()) {
      return false;
    }
    List<Webhooks.Outcome> done = post(id, due, now);
    targets
        .partitions()
        .get(id)
        .write(
            new WriteBounds(WriteBounds.DEFAULT.reads() + 4 * due.size(), 4 * bytes(due)),
            tx -> {
              Fences.check(tx, DUTY + "/" + id, token);
              settle(tx, due, done, now);
              return null;
            });
    done.forEach(o -> outcomes.add(1, o.delivered() ? "delivered" : "failed"));
    return due.size() == Webhooks.MAX_POSTS;
  }

  private static int bytes(List<Waiting> due) {
    return 4_096 + due.stream().mapToInt(w -> w.message().body().length + 1_024).sum();
  }

  private static List<Waiting> due(ReadTx tx, long now) {
    List<Waiting> due = new ArrayList<>();
    try (EntryCursor c = tx.scan(KeyRange.prefix(NotifyRecords.waiting()), Order.ASCENDING)) {
      while (due.size() < Webhooks.MAX_POSTS && c.next() && NotifyRecords.due(c.key()) <= now) {
        due.add(new Waiting(c.key(), Message.of(c.value())));
      }
    }
    return due;
  }

  private List<Webhooks.Outcome> post(PartitionId id, List<Waiting> due, Instant now) {
    List<Webhooks.Post> posts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Webhooks.Outcome> all = new ArrayList<>();
    for (int i = 0; i < due.size(); i++) {
      Message m = due.get(i).message();
      Target target = targets.find(m.arn());
      all.add(new Webhooks.Outcome(false, "there is no target " + m.arn()));
      if (target != null) {
        posts.add(post(id, m, target, now));
        places.add(i);
      }
    }
    List<Webhooks.Outcome> outcomes = posts.isEmpty() ? List.of() : webhooks.post(posts);
    for (int i = 0; i < places.size(); i++) {
      all.set(places.get(i), outcomes.get(i));
    }
    return all;
  }

  private Webhooks.Post post(PartitionId id, Message m, Target target, Instant now) {
    String time = Long.toString(now.getEpochSecond());
    String name = id + "-" + m.cursor() + "-" + m.rule();
    return new Webhooks.Post(
        target.url(),
        Map.of(
            "Content-Type",
            "application/json",
            "Anvil-Delivery",
            name,
            "Anvil-Attempt",
            Integer.toString(m.attempts() + 1),
            "Anvil-Signature",
            "t=" + time + ",v1=" + signature(targets.secret(target), time, m.body())),
        m.body());
  }

  /** HMAC-SHA256 over the time, a dot and the body, in lower-case hexadecimal. */
  static String signature(byte[] secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static void settle(
      WriteTx tx, List<Waiting> due, List<Webhooks.Outcome> done, Instant now) {
    NotifyRecords.Counts counts = NotifyRecords.counts(tx);
    for (int i = 0; i < due.size(); i++) {
      Waiting w = due.get(i);
      if (tx.get(w.key()) == null) {
        continue;
      }
      tx.delete(w.key());
      Webhooks.Outcome outcome = done.get(i);
      if (outcome.delivered()) {
        counts = counts.plus(-1, 0);
        continue;
      }
      Message failed = w.message().failed(outcome.detail());
      if (failed.attempts() <= NotifyLimits.RESTS.size()) {
        Instant next = now.plus(NotifyLimits.RESTS.get(failed.attempts() - 1));
        tx.put(
            NotifyRecords.waiting(next.toEpochMilli(), failed.cursor(), failed.rule()),
            failed.toBytes());
      } else {
        counts = counts.plus(-1, 1 - makeRoom(tx, counts.dead()));
        tx.put(NotifyRecords.dead(failed.cursor(), failed.rule()), failed.toBytes());
      }
    }
    NotifyRecords.counts(tx, counts);
  }

  /** Drops the oldest of those given up if there are too many; gives how many it dropped. */
  private static int makeRoom(WriteTx tx, long dead) {
    if (dead < NotifyLimits.MAX_DEAD) {
      return 0;
    }
    Entry oldest = null;
    try (EntryCursor c = tx.scan(KeyRange.prefix(NotifyRecords.dead()), Order.ASCENDING)) {
      if (c.next()) {
        oldest = new Entry(c.key(), c.value());
      }
    }
    if (oldest == null) {
      return 0;
    }
    tx.delete(oldest.key());
    return 1;
  }
}
