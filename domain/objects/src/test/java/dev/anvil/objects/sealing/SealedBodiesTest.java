package dev.anvil.objects.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.objects.MemoryBodies;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.Corrupt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blocks of encrypted bodies cannot change places, be cut off, or be read under another key. */
@Tag("fast")
class SealedBodiesTest {
  private static final int SIZE = 3 * SealedBlocks.BLOCK + 17;
  private final MemoryBodies bodies = new MemoryBodies();
  private final DataKey key = key(1);
  private final byte[] plain = plain();

  private static DataKey key(int seed) {
    byte[] bytes = new byte[32];
    SplittableRandom random = new SplittableRandom(seed);
    random.nextBytes(bytes);
    return new DataKey(bytes, new Sealing(new byte[40], null), random);
  }

  private static byte[] plain() {
    byte[] bytes = new byte[SIZE];
    new SplittableRandom(5).nextBytes(bytes);
    return bytes;
  }

  private BodyId store(byte[] bytes) {
    try (BodyWriter writer = bodies.create()) {
      writer.write(ByteBuffer.wrap(bytes));
      return writer.seal().id();
    }
  }

  private byte[] sealed() {
    BodyId id;
    try (BodyWriter writer = new SealingWriter(bodies.create(), key)) {
      int at = 0;
      for (int n : new int[] {1, SealedBlocks.BLOCK - 1, SealedBlocks.BLOCK + 5, 9}) {
        writer.write(ByteBuffer.wrap(plain, at, n));
        at += n;
      }
      writer.write(ByteBuffer.wrap(plain, at, SIZE - at));
      id = writer.seal().id();
    }
    assertThat(bodies.size(id)).isEqualTo(SealedBlocks.length(SIZE));
    assertThat(read(id, key, 0, SIZE)).isEqualTo(plain);
    return bytes(bodies.open(id, 0, bodies.size(id)));
  }

  private byte[] read(BodyId id, DataKey under, long offset, long length) {
    return bytes(OpeningReader.open(bodies, id, under, SIZE, offset, length));
  }

  private static byte[] bytes(BodyReader from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BodyReader reader = from) {
      for (ByteBuffer b = reader.next(); b != null; b = reader.next()) {
        byte[] some = new byte[b.remaining()];
        b.get(some);
        out.writeBytes(some);
      }
    }
    return out.toByteArray();
  }

  @Test
  void onlyTheBlocksOfARangeAreRead() {
    BodyId id;
    try (BodyWriter writer = new SealingWriter(bodies.create(), key)) {
      writer.write(ByteBuffer.wrap(plain));
      id = writer.seal().id();
    }
    long before = bodies.bytesRead();
    assertThat(read(id, key, SealedBlocks.BLOCK + 3L, 10))
        .isEqualTo(Arrays.copyOfRange(plain, SealedBlocks.BLOCK + 3, SealedBlocks.BLOCK + 13));
    assertThat(bodies.bytesRead() - before).isEqualTo(SealedBlocks.SEALED_BLOCK);
  }

  @Test
  void anotherKeyAndAnotherNameOpenNothing() {
    byte[] sealed = sealed();
    BodyId copied = store(sealed);
    assertThatThrownBy(() -> read(copied, key, 0, SIZE))
        .as("a body under another name")
        .isInstanceOf(Corrupt.class);
    BodyId id;
    try (BodyWriter writer = new SealingWriter(bodies.create(), key)) {
      writer.write(ByteBuffer.wrap(plain));
      id = writer.seal().id();
    }
    assertThatThrownBy(() -> read(id, key(2), 0, 5)).isInstanceOf(Corrupt.class);
  }

  @Test
  void smallBodiesWithstandEveryFlippedBit() {
    byte[] small = Arrays.copyOf(plain, 50);
    byte[] sealed = key.sealSmall(small);
    assertThat(sealed).hasSize((int) SealedBlocks.smallLength(50));
    assertThat(SealedBlocks.openSmall(key, sealed, 50)).isEqualTo(small);
    assertThat(key.sealSmall(small)).as("never the same twice").isNotEqualTo(sealed);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] damaged = sealed.clone();
      damaged[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThatThrownBy(() -> SealedBlocks.openSmall(key, damaged, 50))
          .isInstanceOf(Corrupt.class);
    }
    assertThatThrownBy(() -> SealedBlocks.openSmall(key, Arrays.copyOf(sealed, 60), 50))
        .isInstanceOf(Corrupt.class);
  }

  @Test
  void blocksKeepTheirPlacesAndTheEndIsTheEnd() {
    var body = key.bodyKey(new byte[] {9});
    byte[] block = SealedBlocks.seal(body, 0, false, plain, SealedBlocks.BLOCK);
    assertThat(SealedBlocks.open(body, 0, false, block, 0, block.length))
        .isEqualTo(Arrays.copyOf(plain, SealedBlocks.BLOCK));
    assertThatThrownBy(() -> SealedBlocks.open(body, 1, false, block, 0, block.length))
        .as("a block in another place")
        .isInstanceOf(Corrupt.class);
    assertThatThrownBy(() -> SealedBlocks.open(body, 0, true, block, 0, block.length))
        .as("a body cut at a block")
        .isInstanceOf(Corrupt.class);
  }
}
