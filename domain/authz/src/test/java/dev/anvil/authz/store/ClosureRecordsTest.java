package dev.anvil.authz.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.DecoderFuzz;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Records of closures: their bytes are known, and whatever is stored, decoders answer or refuse.
 */
@Tag("fast")
class ClosureRecordsTest {
  private static final ClosureRow ROW = new ClosureRow(7, true, false, new int[] {1, 2, 300});
  private static final ClosureState STATE = new ClosureState(true, false, "g1", 3, 500, 8, 6, 9);

  @Test
  void bytesStayWhatTheyAre() {
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(ROW.encode())).isEqualTo("010701000301" + "01" + "aa02");
    assertThat(hex.formatHex(STATE.encode())).isEqualTo("0101" + "00" + "036731" + "03f403080609");
    assertThat(ClosureRow.decode(ROW.encode()).same(ROW)).isTrue();
    assertThat(ClosureRow.head(ROW.encode()).number()).isEqualTo(7);
    assertThat(ClosureState.decode(STATE.encode())).isEqualTo(STATE);
    assertThat(ClosureState.decode(null)).isNull();
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> whateverIsStoredIsReadOrRefused() {
    return Stream.of(
        DecoderFuzz.test("row", ROW.encode(), ClosureRow::decode),
        DecoderFuzz.test("head of a row", ROW.encode(), ClosureRow::head),
        DecoderFuzz.test("state", STATE.encode(), ClosureState::decode));
  }
}
