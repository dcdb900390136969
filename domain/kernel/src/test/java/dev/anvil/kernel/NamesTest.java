package dev.anvil.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Invalid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "a1b", "a.b", "a-b", "1.2.3", "1.2.3.4.5", "a--b", "0.0.0.x"})
  void goodBucketNames(String name) {
    assertThat(new BucketName(name).value()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Abc",
        "a_b",
        "-ab",
        "ab-",
        ".ab",
        "ab.",
        "a..b",
        "a.-b",
        "a-.b",
        "1.2.3.4",
        "999.1.1.1",
        "a b",
        "ab\u00e9",
        "a/b"
      })
  void badBucketNames(String name) {
    assertThatThrownBy(() -> new BucketName(name))
        .isInstanceOf(Invalid.class)
        .extracting(e -> ((Invalid) e).reason())
        .isEqualTo(Invalid.Reason.BUCKET_NAME);
  }

  @Test
  void bucketNamesEndAtSixtyThree() {
    assertThat(new BucketName("a".repeat(63)).value()).hasSize(63);
    assertThatThrownBy(() -> new BucketName("a".repeat(64))).isInstanceOf(Invalid.class);
  }

  @Test
  void keysAreBoundedInBytesOfValidUtf8() {
    assertThat(ObjectKey.of("x".repeat(1024)).utf8()).hasSize(1024);
    assertThat(ObjectKey.of("\u00e9".repeat(512)).utf8()).hasSize(1024);
    assertThat(ObjectKey.of("\u0000").utf8()).hasSize(1);
    for (String bad : new String[] {"", "x".repeat(1025), "\u00e9".repeat(513), "\ud800"}) {
      assertThatThrownBy(() -> ObjectKey.of(bad))
          .isInstanceOf(Invalid.class)
          .extracting(e -> ((Invalid) e).reason())
          .isEqualTo(Invalid.Reason.KEY);
    }
    for (byte[] bad :
        new byte[][] {{(byte) 0xFF}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, 0}}) {
      assertThatThrownBy(() -> ObjectKey.of(bad)).isInstanceOf(Invalid.class);
    }
  }

  @Test
  void keysSortByBytesNotByCharacters() {
    ObjectKey high = ObjectKey.of("\ud83d\ude00");
    ObjectKey low = ObjectKey.of("\uffee");
    assertThat(high.compareTo(low)).isPositive();
    assertThat(high.text().compareTo(low.text())).isNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_anvil", "_anvil/", "_anvil/x", "_anvil//"})
  void reserved(String key) {
    assertThat(ReservedNames.isReserved(key.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_anvi", "_anvil-public/", "x/_anvil/y", "_Anvil", "/_anvil"})
  void notReserved(String key) {
    assertThat(ReservedNames.isReserved(key.getBytes(StandardCharsets.UTF_8))).isFalse();
  }
}
