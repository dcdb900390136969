package dev.anvil.authz.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.AuthzRecords.Nest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A closure that its tuples do not give is found, and made anew. */
@Tag("fast")
class CheckClosuresTest {
  private static final Relationships.Owner OWNER = new Relationships.Owner(7, "acme");
  private static final WriteRequest.By BY = new WriteRequest.By("test", "r", 0, null, null);
  private static final int SETS = 200;

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  private final LocalPartitions partitions = TestPartitions.inMemory(3, clock);
  private final SchemaReader reader =
      new SchemaReader(AuthzLimits.DEFAULT.schema(), new CelCaveats());
  private final Relationships relationships =
      new Relationships(
          partitions,
          reader,
          new RevisionTokens(new Incarnation(1), new byte[32], AuthzLimits.DEFAULT),
          AuthzLimits.DEFAULT,
          clock,
          System::nanoTime,
          ObjectIds.PLAIN);
  private final Partition home = relationships.home(OWNER.id());
  private final ClosureDriver driver = new ClosureDriver(relationships, OWNER);
  private Nest nest;

  @BeforeEach
  void groups() {
    String schema =
        """
        definition user {}
        definition group { relation member: user | group#member | group#other
          relation other: user }
        """;
    new SchemaWrites(relationships)
        .put(OWNER, new SchemaWrites.Put(schema, false, null, false, List.of()), BY);
    nest =
        relationships
            .read(
                OWNER,
                Consistency.FULL,
                v -> ClosureReads.nest(Questions.member(v.schema(), "group", "member")))
            .value();
    driver.set("group", "member", ClosureSwitches.To.ON);
    List<String> tuples = new ArrayList<>();
    // pairs of chains, so that there are sets on both sides of every slice
    IntStream.range(0, SETS)
        .forEach(i ->
            tuples.add(
                "group:g%03d#member@group:g%03d#member".formatted(i, i % 10 == 9 ? i : i + 1)));
    tuples.add("group:g150#member@group:x#other");
    touch(tuples);
    driver.settle();
  }

  @AfterEach
  void close() {
    partitions.close();
  }

  private void touch(List<String> tuples) {
    new TupleWrites(relationships)
        .write(
            OWNER,
            new WriteRequest(
                tuples.stream()
                    .map(t -> new WriteRequest.Change(WriteRequest.Op.TOUCH, TupleText.parse(t)))
                    .toList(),
                List.of(),
                null,
                null),
            BY);
  }

  private List<String> check(boolean rebuild) {
    List<String> told = new ArrayList<>();
    CheckClosures check = new CheckClosures(partitions, reader, AuthzLimits.DEFAULT);
    for (int n = 0; n < partitions.count(); n++) {
      check.check(
          partitions.get(new PartitionId(n)).id(),
          rebuild,
          (invariant, subject, expected, actual, action) -> {
            assertThat(invariant).isEqualTo("closure-follows-tuples");
            assertThat(action).startsWith(rebuild ? "taken" : "needed");
            assertThat(expected).isNotEqualTo(actual);
            told.add(subject);
          });
    }
    return told;
  }

  private void row(String id, UnaryOperator<ClosureRow> change) {
    home.write(tx -> {
      byte[] key = AuthzRecords.closureRow(OWNER.id(), nest, id);
      byte[] before = tx.get(key);
      ClosureRow after = change.apply(before == null ? null : ClosureRow.decode(before));
      if (after == null) {
        tx.delete(key);
      } else {
        tx.put(key, after.encode());
      }
      return null;
    });
  }

  private void foundAndMended(String what) {
    var rows = driver.rows();
    assertThat(check(false)).singleElement().asString().contains(what);
    assertThat(driver.rows()).isEqualTo(rows);
    assertThat(check(true)).hasSize(1);
    assertThat(driver.rows()).isEmpty();
    assertThat(check(false)).as("it serves nothing, so nothing is wrong").isEmpty();
    driver.restart();
    driver.settle();
    assertThat(driver.rows()).hasSize(SETS);
    assertThat(check(false)).isEmpty();
  }

  @Test
  void whatFollowsFromTheTuplesIsRight() {
    assertThat(check(true)).isEmpty();
    assertThat(driver.rows()).hasSize(SETS);
  }

  @Test
  void aRowThatIsMissingIsFound() {
    row("g017", r -> null);
    foundAndMended("set 'g017'");
  }

  @Test
  void aRowOfNothingIsFound() {
    row("zzz", r -> new ClosureRow(1, false, false, new int[0]));
    foundAndMended("set 'zzz'");
  }

  @Test
  void aSetTooMuchIsFound() {
    row(
        "g199",
        r -> {
          int[] more = Arrays.copyOf(r.above(), r.above().length + 1);
          more[more.length - 1] = more[more.length - 2] + 1;
          return new ClosureRow(r.number(), r.mixed(), r.wide(), more);
        });
    foundAndMended("set 'g199'");
  }

  @Test
  void aMarkThatIsLostIsFound() {
    row(
        "g150",
        r -> {
          assertThat(r.mixed()).isTrue();
          return new ClosureRow(r.number(), false, r.wide(), r.above());
        });
    foundAndMended("set 'g150'");
  }

  @Test
  void aNumberTwiceIsFound() {
    int[] first = {0};
    row(
        "g000",
        r -> {
          first[0] = r.number();
          return r;
        });
    // g109 is the last of a chain, in no row of others but those of its own chain
    row("g100", r -> new ClosureRow(first[0], r.mixed(), r.wide(), r.above()));
    foundAndMended("set 'g100'");
  }

  @Test
  void countsThatAreWrongAreFound() {
    home.write(tx -> {
      byte[] key = AuthzRecords.closure(OWNER.id(), nest.type(), nest.member());
      ClosureState s = ClosureState.decode(tx.get(key));
      tx.put(key, s.at(s.place(), s.next(), 1, 0).encode());
      return null;
    });
    foundAndMended("its counts");
  }

  private void damage(String id) {
    home.write(tx -> {
      tx.put(AuthzRecords.closureRow(OWNER.id(), nest, id), new byte[] {1, 2});
      return null;
    });
  }

  @Test
  void aRowThatCannotBeReadIsFoundAndMended() {
    damage("g017");
    foundAndMended("set 'g017'");
  }

  @Test
  void aRowThatCannotBeReadIsMendedWhereNothingServes() {
    touch(List.of("group:g000#member@group:g100#member"));
    damage("g100");
    foundAndMended("set 'g100'");
    driver.set("group", "member", ClosureSwitches.To.OFF);
    damage("g100");
    assertThat(check(false)).hasSize(1);
    assertThat(check(true)).hasSize(1);
    assertThat(check(false)).isEmpty();
    assertThat(driver.rows()).isEmpty();
    driver.settle();
    assertThat(driver.rows()).as("it stays off").isEmpty();
  }

  private String in(String group, String user) {
    Question q =
        Question.of(
            TupleText.object("group:" + group), "member", TupleText.subject("user:" + user));
    Work work = new Work(AuthzLimits.DEFAULT.question(), System::nanoTime);
    return relationships
        .read(
            OWNER,
            Consistency.FULL,
            v -> new Questions(v, ObjectIds.PLAIN, AuthzLimits.DEFAULT).check(q, work))
        .value()
        .outcome()
        .wire();
  }

  @Test
  void questionsWalkPastARowThatCannotBeRead() {
    touch(List.of("group:g009#member@user:u"));
    driver.settle();
    for (String damaged : List.of("g000", "g009")) {
      long before = relationships.closures().fallbacks(ClosureCounts.Fallback.DAMAGED);
      damage(damaged);
      assertThat(in("g000", "u")).isEqualTo("allowed");
      assertThat(in("g000", "v")).isEqualTo("denied");
      assertThat(relationships.closures().fallbacks(ClosureCounts.Fallback.DAMAGED))
          .isGreaterThan(before);
    }
  }

  @Test
  void onlyRowsOfClosuresAreDerived() {
    CheckClosures check = new CheckClosures(partitions, reader, AuthzLimits.DEFAULT);
    assertThat(check.derives(AuthzRecords.closureRow(7, nest, "g"))).isTrue();
    assertThat(check.derives(AuthzRecords.closure(7, 1, 2))).isFalse();
    assertThat(check.derives(AuthzRecords.state(7))).isFalse();
    assertThat(check.derives(new byte[] {0x40})).isFalse();
  }

  @Test
  void aClosureThatIsBehindIsNotWrong() {
    touch(List.of("group:g000#member@group:g100#member"));
    assertThat(check(true)).isEmpty();
    driver.settle();
    assertThat(check(true)).isEmpty();
  }
}
