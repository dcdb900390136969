package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import dev.anvil.ports.testkit.EngineFaults.Leaving;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random operations against a sorted map, with failures and restarts between; on any engine. */
public abstract class PartitionModelContract extends PartitionFixture {
  private static final int STEPS = 400;
  private static final int KEYS = 40;

  private TreeMap<String, String> model = new TreeMap<>();
  private List<String> journal = new ArrayList<>();

  /** Stops without a clean close where the engine can; otherwise a clean restart. */
  protected void crash() {
    reopen();
  }

  @Test
  void followsTheModel() {
    Seeds.fixed(random -> {
      for (int i = 0; i < STEPS; i++) {
        step(random, i);
      }
      compareAll();
    });
  }

  private void step(SplittableRandom random, int number) {
    switch (random.nextInt(20)) {
      case 0 -> failing(random, number);
      case 1 -> reopen();
      case 2 -> crash();
      case 3 -> compareAll();
      case 4, 5 -> refused(random, number);
      case 6, 7, 8 -> compareScan(random);
      default -> written(random, number);
    }
  }

  private void written(SplittableRandom random, int number) {
    TreeMap<String, String> next = new TreeMap<>(model);
    List<String> entries = new ArrayList<>(journal);
    long seed = random.nextLong();
    partition().write(tx -> change(tx, new SplittableRandom(seed), next, entries, number));
    model = next;
    journal = entries;
  }

  private void refused(SplittableRandom random, int number) {
    long seed = random.nextLong();
    assertThatThrownBy(() ->
            partition()
                .write(tx -> {
                  change(
                      tx,
                      new SplittableRandom(seed),
                      new TreeMap<>(model),
                      new ArrayList<>(journal),
                      number);
                  throw new Conflict(Conflict.Reason.values()[0], "no");
                }))
        .isInstanceOf(Conflict.class);
  }

  /** The group fails; what is found afterwards is the state before or the state after. */
  private void failing(SplittableRandom random, int number) {
    Leaving leaving = random.nextBoolean() ? Leaving.DONE : Leaving.NOTHING;
    if (random.nextBoolean()) {
      faults().failCommit(1, leaving);
    } else {
      faults().failSync(1, leaving);
    }
    TreeMap<String, String> next = new TreeMap<>();
    List<String> entries = new ArrayList<>();
    long seed = random.nextLong();
    assertThatThrownBy(() ->
            partition()
                .write(tx -> {
                  next.clear();
                  next.putAll(model);
                  entries.clear();
                  entries.addAll(journal);
                  tx.append(Drafts.of("test.event", "always" + number));
                  entries.add("always" + number);
                  return change(tx, new SplittableRandom(seed), next, entries, number);
                }))
        .isInstanceOf(Unavailable.class);
    Waiting.until("it serves again", () -> partition().state() == PartitionState.SERVING);
    if (partition().head().cursor() != journal.size()) {
      model = next;
      journal = entries;
    }
    compareAll();
  }

  private static Object change(
      WriteTx tx,
      SplittableRandom random,
      TreeMap<String, String> next,
      List<String> entries,
      int number) {
    for (int i = random.nextInt(6); i >= 0; i--) {
      String key = key(random);
      assertThat(Bytes.text(tx.get(of(key)))).isEqualTo(next.get(key));
      if (random.nextInt(3) == 0) {
        tx.delete(of(key));
        next.remove(key);
      } else {
        String value = number + "." + i + "x".repeat(random.nextInt(50));
        tx.put(of(key), of(value));
        next.put(key, value);
      }
      if (random.nextInt(3) == 0) {
        entries.add("e" + number + "." + i);
        assertThat(tx.append(Drafts.of("test.event", entries.getLast()))).isEqualTo(entries.size());
      }
      compareScan(tx, random, next);
    }
    return null;
  }

  private void compareScan(SplittableRandom random) {
    partition()
        .read(tx -> {
          compareScan(tx, random, model);
          return null;
        });
  }

  private static void compareScan(
      ReadTx tx, SplittableRandom random, TreeMap<String, String> expected) {
    String a = key(random);
    String b = key(random);
    String from = a.compareTo(b) < 0 ? a : b;
    String to = a.compareTo(b) < 0 ? b : a;
    List<String> inside = new ArrayList<>();
    expected.subMap(from, to).forEach((k, v) -> inside.add(k + "=" + v));
    boolean up = random.nextBoolean();
    int limit = Math.min(5, inside.size());
    List<String> wanted = (up ? inside : inside.reversed()).subList(0, limit);
    List<String> seen = new ArrayList<>();
    KeyRange range = new KeyRange(of(from), of(to));
    try (var c = tx.scan(range, up ? Order.ASCENDING : Order.DESCENDING)) {
      while (seen.size() < limit && c.next()) {
        seen.add(Bytes.text(c.key()) + "=" + Bytes.text(c.value()));
      }
    }
    assertThat(seen).isEqualTo(wanted);
  }

  private void compareAll() {
    List<String> wanted = new ArrayList<>();
    model.forEach((k, v) -> wanted.add(k + "=" + v));
    List<String> seen =
        partition().read(tx -> Bytes.drain(tx.scan(KeyRange.prefix(of("key")), Order.ASCENDING)));
    assertThat(seen).isEqualTo(wanted);
    List<String> subjects = new ArrayList<>();
    long after = 0;
    while (after < partition().head().cursor()) {
      for (JournalEntry e : partition().journal(after, 50).entries()) {
        subjects.add(Bytes.text(e.change().subject()));
        after = e.cursor();
      }
    }
    assertThat(subjects).isEqualTo(journal);
  }

  private static String key(SplittableRandom random) {
    return "key%02d".formatted(random.nextInt(KEYS));
  }
}
