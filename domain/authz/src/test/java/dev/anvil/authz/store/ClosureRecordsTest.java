package dev.anvil.authz.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.testkit.Seeds;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

  @Test
  void whateverIsStoredIsReadOrRefused() {
    Seeds.fixed(random -> {
      fuzz(random, ROW.encode(), ClosureRow::decode);
      fuzz(random, ROW.encode(), ClosureRow::head);
      fuzz(random, STATE.encode(), ClosureState::decode);
    });
  }

  private static void fuzz(SplittableRandom random, byte[] good, Consumer<byte[]> decoder) {
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = Arrays.copyOf(good, Math.max(1, good.length - 2 + random.nextInt(5)));
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        decoder.accept(bytes);
      } catch (Corrupt refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }
}
