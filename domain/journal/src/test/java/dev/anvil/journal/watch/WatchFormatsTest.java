package dev.anvil.journal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.identity.StableSealer;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.Partition;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bytes that clients and disks keep. */
@Tag("fast")
class WatchFormatsTest {
  private static final StableSealer OPEN =
      new StableSealer() {
        @Override
        public byte[] seal(byte[] plain) {
          return plain;
        }

        @Override
        public byte[] open(byte[] sealed) {
          return sealed;
        }
      };

  private final CursorTexts texts = new CursorTexts(OPEN, new Incarnation(0x01020304));

  private static String hex(String text) {
    return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(text));
  }

  @Test
  void aCursorOfAList() {
    String hex = hex(texts.ofList(new BucketName("docs"), new byte[] {'a', '/'}, 3, 0x0A0B0C));
    assertThat(hex)
        .isEqualTo(
            "0101"
                + "01020304"
                + "46b42b4229cd7a39"
                + "0002"
                + "b3dda5b674f9ce73"
                + "00"
                + "03"
                + "0000000a0b0c");
  }

  @Test
  void aCursorOfATenantWithKinds() {
    WatchScope scope = WatchScope.tenant(7, List.of("object.put"));
    assertThat(hex(texts.text(texts.head(scope), 1L, 2L)))
        .isEqualTo(
            "0102"
                + "01020304"
                + "0000000000000007"
                + "01"
                + "e02a6abc"
                + "01"
                + "000000000001"
                + "000000000002");
  }

  @Test
  void aCommit() {
    assertThat(hex(texts.commit(2, 256))).isEqualTo("0103" + "02" + "000000000100");
  }

  @Test
  void incarnations() {
    try (WatchWorld world = new WatchWorld(1)) {
      world.append(world.bucket(WatchWorld.DOCS, 0, 1, 7), "object.put", "x", "y");
      Incarnations.open(world.partitions, new Incarnation(0x0A));
      Partition partition = world.partition(0);
      byte[] key = new KeyWriter(KeySpace.DUTIES).u8(2).toBytes();
      assertThat(HexFormat.of().formatHex(partition.read(tx -> tx.get(key))))
          .isEqualTo("0102000000000000000100000000000000000a02");
    }
  }
}
