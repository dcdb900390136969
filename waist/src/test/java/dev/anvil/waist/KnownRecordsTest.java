package dev.anvil.waist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.WriteSet.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that are kept stay within their room and never outlive a change. */
@Tag("fast")
class KnownRecordsTest {
  private final RecordRoom room = new RecordRoom(20_000, 1 << 8, 0);
  private final KnownRecords known = new KnownRecords(room, 5);

  private static Mutation put(String key, String value) {
    return new Mutation(of(key), value == null ? null : RecordCheck.seal(of(key), of(value)));
  }

  private static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theyTakeNoMoreThanTheRoomAndGiveItBack() {
    int found = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] key = of("key" + i);
      known.offer(key, new byte[300], 5);
      found += known.find(key, 5) == null ? 0 : 1;
      assertThat(room.used()).isBetween(0L, 20_000L);
    }
    assertThat(found).as("newer ones still find a place").isGreaterThan(500);
    known.end();
    assertThat(room.used()).isZero();
  }

  @Test
  void aLargeValueIsNotKeptAndAnAbsentOneIs() {
    known.offer(of("large"), new byte[RecordRoom.MOST_VALUE_BYTES + 1], 5);
    assertThat(known.find(of("large"), 5)).isNull();
    known.offer(of("absent"), null, 5);
    assertThat(known.find(of("absent"), 5).copy()).isNull();
  }

  @Test
  void whatIsReadOfAnOlderStateIsNotBelievedLater() {
    known.offer(of("k"), of("old"), 5);
    assertThat(known.find(of("k"), 5).copy()).isEqualTo(of("old"));
    known.changed(List.of(put("k", "new")), 6);
    assertThat(known.find(of("k"), 5)).isNull();
    known.offer(of("k"), of("old"), 5);
    assertThat(known.find(of("k"), 5)).isNull();
    assertThat(known.find(of("k"), 6).copy()).isEqualTo(of("new"));
    assertThat(known.find(of("k"), 9).copy()).as("nothing changed since").isEqualTo(of("new"));
    assertThat(known.find(of("k"), 5)).isNull();
  }

  @Test
  void aKnownKeyKeepsItsNewValueAndOthersOfItsSetTheirs() {
    KnownRecords one = new KnownRecords(new RecordRoom(20_000, 2, 0), 5);
    one.offer(of("a"), of("old"), 5);
    one.offer(of("b"), of("stays"), 5);
    one.changed(List.of(put("a", "new"), put("stranger", "x")), 6);
    assertThat(one.find(of("a"), 6).copy()).isEqualTo(of("new"));
    assertThat(one.find(of("b"), 6).copy()).isEqualTo(of("stays"));
    assertThat(one.find(of("stranger"), 6)).isNull();
    one.changed(List.of(put("a", null)), 7);
    assertThat(one.find(of("a"), 7)).isNull();
    assertThat(one.find(of("b"), 7).copy()).isEqualTo(of("stays"));
  }

  @Test
  void keysThatHoldNothingDriveOutNoOthers() {
    KnownRecords one = new KnownRecords(new RecordRoom(20_000, 2, 0), 5);
    one.offer(of("a"), of("A"), 5);
    one.offer(of("b"), of("B"), 5);
    for (int i = 0; i < 20; i++) {
      byte[] absent = of("absent" + i);
      one.offer(absent, null, 5 + i);
      assertThat(one.find(absent, 5 + i).copy()).isNull();
      one.changed(List.of(put("absent" + i, "now")), 6 + i);
      assertThat(one.find(absent, 6 + i)).isNull();
    }
    assertThat(one.find(of("a"), 25).copy()).isEqualTo(of("A"));
    assertThat(one.find(of("b"), 25).copy()).isEqualTo(of("B"));
  }

  @Test
  void whatIsKnownIsAlwaysWhatTheEngineHadAtThatRevision() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      RecordRoom tight = new RecordRoom(1_500, 8, 0);
      KnownRecords kept = new KnownRecords(tight, 0);
      List<Map<String, String>> states = new ArrayList<>(List.of(Map.of()));
      int found = 0;
      for (int step = 0; step < 4_000; step++) {
        String key = "key" + random.nextInt(12);
        int now = states.size() - 1;
        int revision = Math.max(0, now - random.nextInt(3));
        switch (random.nextInt(3)) {
          case 0 -> {
            String value = states.get(revision).get(key);
            kept.offer(of(key), value == null ? null : of(value), revision);
          }
          case 1 -> {
            Map<String, String> next = new TreeMap<>(states.get(now));
            List<Mutation> group = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
              if (random.nextInt(4) == 0) {
                String value = random.nextInt(4) == 0 ? null : "v" + step + "." + i;
                next.put("key" + i, value);
                group.add(put("key" + i, value));
              }
            }
            states.add(next);
            kept.changed(group, now + 1);
          }
          default -> {
            KnownRecords.Known k = kept.find(of(key), revision);
            String had = states.get(revision).get(key);
            if (k != null) {
              found++;
              assertThat(k.copy())
                  .as("seed %d, step %d", seed, step)
                  .isEqualTo(had == null ? null : of(had));
            }
          }
        }
        assertThat(tight.used()).isBetween(0L, 1_500L);
      }
      assertThat(found).as("seed %d", seed).isGreaterThan(50);
      kept.end();
      assertThat(tight.used()).isZero();
    }
  }

  @Test
  void whoReadsOnAfterTheEndTakesNothing() {
    known.offer(of("k"), of("v"), 5);
    known.end();
    for (int i = 0; i < 10; i++) {
      known.offer(of("late" + i), of("v"), 5);
    }
    assertThat(room.used()).isZero();
  }

  @Test
  void tablesOfAllPartitionsTakeAtMostHalfOfWhatTheValuesMay() {
    long eighth = 64L << 20;
    for (int partitions : new int[] {1, 16, 100, 256}) {
      RecordRoom all = RecordRoom.of(eighth, partitions);
      long tables = (long) partitions * all.places() * RecordRoom.PLACE_BYTES;
      assertThat(tables).as("%d partitions", partitions).isLessThanOrEqualTo(eighth / 2);
    }
    assertThat(RecordRoom.of(eighth, 16).places()).isEqualTo(1 << 18);
    assertThat(RecordRoom.of(1 << 20, 256).places()).isPositive();
  }

  @Test
  void anIdlePartitionKeepsNothing() {
    RecordRoom late = new RecordRoom(20_000, 1 << 8, 3);
    KnownRecords idle = new KnownRecords(late, 1);
    for (int i = 0; i < 2; i++) {
      idle.offer(of("k"), of("v"), 1);
      assertThat(idle.find(of("k"), 1)).isNull();
    }
    idle.offer(of("k"), of("v"), 1);
    assertThat(idle.find(of("k"), 1).copy()).isEqualTo(of("v"));
  }
}
