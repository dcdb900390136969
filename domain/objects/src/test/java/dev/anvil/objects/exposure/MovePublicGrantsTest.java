package dev.anvil.objects.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.objects.PublicMove;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Public access on its way from records to tuples, stopped at every commit on the way. */
@Tag("fast")
class MovePublicGrantsTest extends PublicGrantsWorld {
  @Test
  void oldRecordsBecomeTuplesAndNoStopOnTheWayChangesWhatAnybodyMay() {
    for (int kind = 1; kind < 4; kind++) {
      boolean read = (kind & 1) != 0;
      boolean write = (kind & 2) != 0;
      List<String> before = new ArrayList<>();
      cutEverywhere(
          () -> {
            ask(false, false);
            oldRecord(read, write);
            before.clear();
            before.addAll(access());
            assertThat(before).isNotEmpty();
          },
          this::duty,
          () -> {
            assertThat(access()).isEqualTo(before);
            duty();
            assertThat(access()).isEqualTo(before);
            assertMoved(read, write);
          });
    }
  }

  @Test
  void aStoppedChangeGivesNoMoreThanWasThereOrWasAskedAndIsFinishedByTheDuty() {
    ask(true, false);
    List<String> reading = access();
    cutEverywhere(
        () -> ask(true, false),
        () -> ask(false, false),
        () -> {
          assertThat(reading).containsAll(access());
          boolean asked = moving() != null || access().isEmpty();
          duty();
          assertThat(access()).isEqualTo(asked ? List.of() : reading);
          assertMoved(!asked, false);
        });
    cutEverywhere(
        () -> ask(false, false),
        () -> ask(true, false),
        () -> {
          List<String> now = access();
          assertThat(reading).containsAll(now);
          duty();
          assertThat(access()).isEqualTo(now);
          assertMoved(!now.isEmpty(), false);
        });
  }

  /** A move that was read before a newer change, and comes after it, opens nothing. */
  @Test
  void aMoveThatComesLateUndoesNothing() {
    oldRecord(true, true);
    cut.left = 2;
    assertThatThrownBy(this::duty).isInstanceOf(Unavailable.class);
    boot();
    var late = PublicMove.decode(moving());
    ask(false, false);
    assertThat(access()).isEmpty();
    var by = new WriteRequest.By("late", null, 0, null, null);
    assertThat(MovePublicGrants.publish(services, ref(), late, by)).isTrue();
    assertThat(access()).isEmpty();
    assertMoved(false, false);
  }

  /** What a schema makes of its own of the server's types may be more than public access. */
  @Test
  void underARedefinedSchemaTheRecordKeepsIt() {
    redefine();
    oldRecord(true, false);
    List<String> before = access();
    duty();
    duty();
    assertThat(access()).isEqualTo(before).isNotEmpty();
    assertThat(held()).isEqualTo(NOTHING);
    ask(false, true);
    assertThat(held()).isEqualTo(NOTHING);
    assertThat(access()).isNotEmpty().doesNotContainAnyElementsOf(before);
    ask(false, false);
    assertThat(access()).isEmpty();
    assertThat(moving()).isNull();
  }

  @Test
  void aRevocationUnderARedefinedSchemaTakesTheTuples() {
    ask(true, true);
    assertMoved(true, true);
    redefine();
    ask(true, false);
    assertThat(held()).isEqualTo(new Everybody(true, false));
    ask(false, false);
    assertThat(access()).isEmpty();
    assertMoved(false, false);
  }

  @Test
  void recordsOfMovesStayKnown() {
    PublicMove move = new PublicMove(new Everybody(true, false), null, 300);
    assertThat(HexFormat.of().formatHex(move.encode())).isEqualTo("010100ac02");
    assertThat(PublicMove.decode(move.encode())).isEqualTo(move);
  }

  @Tag("verify")
  @Test
  void damagedRecordsOfMovesAreCorrupt() {
    DecoderFuzz.fuzz(
        new PublicMove(new Everybody(true, false), null, 300).encode(), PublicMove::decode);
  }
}
