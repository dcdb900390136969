package dev.anvil.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A content names its tag only while it is whole. */
@Tag("fast")
class PayloadTest {
  @Test
  void wholeContentNamesItsTag() {
    for (int length : new int[] {16, 17, 23, 24, 4096, 100_001}) {
      assertThat(Payload.tag(Payload.of(42, length))).isEqualTo(42);
    }
  }

  @Test
  void damagedCutOrMixedContentDoesNot() {
    byte[] one = Payload.of(1, 1000);
    byte[] two = Payload.of(2, 1000);
    System.arraycopy(two, 500, one, 500, 500);
    assertThat(Payload.tag(one)).isEqualTo(-1);
    two[999] ^= 1;
    assertThat(Payload.tag(two)).isEqualTo(-1);
    assertThat(Payload.tag(java.util.Arrays.copyOf(Payload.of(3, 1000), 999))).isEqualTo(-1);
    assertThat(Payload.tag(new byte[3])).isEqualTo(-1);
  }
}
