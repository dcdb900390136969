package dev.anvil.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge accepts what a register does and refuses every planted fault. */
@Tag("fast")
class RegisterJudgeTest {
  private final List<Operation> record = new ArrayList<>();

  private void add(long invoked, long ended, Action action, Outcome outcome) {
    record.add(new Operation(1, invoked, ended, action, outcome));
  }

  private void put(long invoked, long ended, long tag) {
    add(invoked, ended, Action.put(tag), new Outcome.Applied("v" + tag));
  }

  private void saw(long invoked, long ended, long tag) {
    add(invoked, ended, new Action.Read(), new Outcome.Saw(tag, tag == 0 ? null : "v" + tag));
  }

  private Optional<String> verdict() {
    return RegisterJudge.judge("k", record);
  }

  @Test
  void acceptsOverlappingWritesInAnyOrder() {
    put(0, 10, 1);
    put(5, 15, 2);
    saw(20, 21, 1);
    assertThat(verdict()).isEmpty();
  }

  @Test
  void aDeleteThatFoundNothingMayAlsoHaveComeLater() {
    add(0, 100, new Action.Delete(), new Outcome.Applied(null));
    put(1, 50, 1);
    saw(60, 120, 0);
    assertThat(verdict()).isEmpty();
  }

  @Test
  void findsALostWrite() {
    put(0, 10, 1);
    put(20, 30, 2);
    saw(40, 41, 1);
    assertThat(verdict()).get().asString().contains("no order");
  }

  @Test
  void findsAWriteThatIsGone() {
    put(0, 10, 1);
    saw(20, 21, 0);
    assertThat(verdict()).isPresent();
  }

  @Test
  void findsAResurrectedDelete() {
    put(0, 10, 1);
    add(20, 30, new Action.Delete(), new Outcome.Applied(null));
    saw(40, 41, 1);
    assertThat(verdict()).isPresent();
  }

  @Test
  void takesAnOpenWriteEitherWayButOnlyOnce() {
    put(0, 10, 1);
    add(20, 30, Action.put(2), new Outcome.Unknown());
    saw(40, 41, 2);
    assertThat(verdict()).isEmpty();
    saw(50, 51, 1);
    assertThat(verdict()).isPresent();
  }

  @Test
  void leavesAnOpenWriteOut() {
    put(0, 10, 1);
    add(20, 30, Action.put(2), new Outcome.Unknown());
    saw(40, 41, 1);
    assertThat(verdict()).isEmpty();
  }

  @Test
  void refusesAnOpenWriteThatTakesEffectAfterItsEnd() {
    put(0, 10, 1);
    add(20, 30, Action.put(2), new Outcome.Unknown());
    saw(40, 41, 1);
    saw(50, 51, 2);
    assertThat(verdict()).isPresent();
  }

  @Test
  void findsTwoWinners() {
    add(0, 10, Action.create(1), new Outcome.Applied("v1"));
    add(1, 11, Action.create(2), new Outcome.Applied("v2"));
    assertThat(verdict()).isPresent();
  }

  @Test
  void findsARefusalWithoutReason() {
    add(0, 10, Action.create(1), new Outcome.Refused());
    assertThat(verdict()).isPresent();
  }

  @Test
  void acceptsALoserBesideItsWinner() {
    add(0, 10, Action.create(1), new Outcome.Applied("v1"));
    add(1, 11, Action.create(2), new Outcome.Refused());
    add(12, 13, Action.replace(3, "v1"), new Outcome.Applied("v3"));
    add(12, 14, Action.replace(4, "v1"), new Outcome.Refused());
    assertThat(verdict()).isEmpty();
  }

  @Test
  void findsTwoReplacementsOfOneVersion() {
    put(0, 10, 1);
    add(11, 20, Action.replace(2, "v1"), new Outcome.Applied("v2"));
    add(12, 21, Action.replace(3, "v1"), new Outcome.Applied("v3"));
    assertThat(verdict()).isPresent();
  }

  @Test
  void findsContentThatNobodyWrote() {
    saw(0, 1, 7);
    assertThat(verdict()).get().asString().contains("nobody wrote");
  }

  @Test
  void findsContentWithTwoVersions() {
    put(0, 10, 1);
    add(20, 21, new Action.Read(), new Outcome.Saw(1, "other"));
    assertThat(verdict()).get().asString().contains("two versions");
  }

  @Test
  void judgesLongSeededRecordsAndTheirPlantedFault() {
    long seed = Long.getLong("anvil.seed", 20260101L);
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      record.clear();
      simulate(random);
      assertThat(verdict()).as("seed %d round %d", seed, round).isEmpty();
      long last = record.getLast().ended();
      saw(last + 1, last + 2, plantedStale());
      assertThat(verdict()).as("seed %d round %d, planted", seed, round).isPresent();
    }
  }

  /** A register on a simulated clock: every operation takes effect somewhere within its time. */
  private void simulate(Random random) {
    long state = 0;
    long time = 0;
    for (long tag = 1; tag <= 300; tag++) {
      time += 10;
      long invoked = time - random.nextInt(40);
      long ended = time + random.nextInt(40);
      switch (random.nextInt(5)) {
        case 0 -> saw(invoked, ended, state);
        case 1 -> {
          boolean wins = state == 0;
          Outcome outcome = wins ? new Outcome.Applied("v" + tag) : new Outcome.Refused();
          add(invoked, ended, Action.create(tag), outcome);
          state = wins ? tag : state;
        }
        case 2 -> {
          add(invoked, ended, new Action.Delete(), new Outcome.Applied(null));
          state = 0;
        }
        case 3 -> {
          boolean happened = random.nextBoolean();
          add(invoked, ended, Action.put(tag), new Outcome.Unknown());
          state = happened ? tag : state;
        }
        default -> {
          put(invoked, ended, tag);
          state = tag;
        }
      }
    }
    long end = record.stream().mapToLong(Operation::ended).max().orElseThrow();
    put(end + 1, end + 2, 1000);
    put(end + 3, end + 4, 1001);
  }

  private static long plantedStale() {
    return 1000;
  }
}
