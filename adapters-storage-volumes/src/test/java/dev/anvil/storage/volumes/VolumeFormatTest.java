package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.DecoderFuzz;
import dev.anvil.storage.volumes.IndexRecords.Meta;
import dev.anvil.storage.volumes.IndexRecords.ScrubPlace;
import dev.anvil.storage.volumes.IndexRecords.VolumeMark;
import dev.anvil.storage.volumes.IndexRecords.VolumeState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes on the disk are pinned, and nothing but what was written decodes. */
@Tag("fast")
class VolumeFormatTest {
  private static final BodyId ID = new BodyId(0x0102030405060708L, 0x1112131415161718L);
  private static final BodyPlace PLACE =
      new BodyPlace(
          300_000, List.of(new Extent(3, 80, 0, 262_144), new Extent(4, 96, 262_144, 37_856)));

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteBuffer frame(byte[] data, boolean last) {
    FrameBuffer frame = new FrameBuffer(ID, new Buffers());
    frame.fill(ByteBuffer.wrap(data));
    ByteBuffer direct = frame.finish();
    VolumeFormat.putFrameHeader(
        direct, new VolumeFormat.FrameHeader(ID, 0, data.length, last), 77, 4_096);
    return ByteBuffer.allocate(direct.remaining()).put(direct).flip();
  }

  @Test
  void volumeHeadersArePinned() {
    byte[] header = VolumeFormat.volumeHeader(new VolumeFormat.VolumeHeader(1, 2, 3, 4)).array();
    String copy = "414e56494c564f4c" + "00000001" + "00000002" + "0000000000000003";
    assertThat(hex(header))
        .isEqualTo((copy + "0000000000000004" + "00000000" + "1d61ac06").repeat(2));
  }

  @Test
  void framesArePinned() {
    ByteBuffer frame = frame(new byte[] {1, 2, 3}, true);
    assertThat(hex(frame.array()))
        .isEqualTo(
            "41564631"
                + "00000001"
                + "01020304050607081112131415161718"
                + "0000000000000000"
                + "00000003"
                + "26a97d3b"
                + "010203"
                + "1ae21158"
                + "00");
    assertThat(VolumeFormat.FULL_FRAME).isEqualTo(262_200);
  }

  @Test
  void anyOtherFrameHeaderIsNone() {
    ByteBuffer frame = frame(BodyStoreContract.content(1_000, 1), true);
    assertThat(VolumeFormat.readFrameHeader(frame, 0, 77, 4_096))
        .isEqualTo(new VolumeFormat.FrameHeader(ID, 0, 1_000, true));
    assertThat(VolumeFormat.readFrameHeader(frame, 0, 78, 4_096)).isNull();
    assertThat(VolumeFormat.readFrameHeader(frame, 0, 77, 4_104)).isNull();
    for (int bit = 0; bit < VolumeFormat.FRAME_HEADER * 8; bit++) {
      frame.array()[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(VolumeFormat.readFrameHeader(frame, 0, 77, 4_096)).isNull();
      frame.array()[bit / 8] ^= (byte) (1 << bit % 8);
    }
    byte[] noise = new byte[VolumeFormat.FRAME_HEADER];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(noise);
      ByteBuffer.wrap(noise).putInt(VolumeFormat.FRAME_MAGIC);
      assertThat(VolumeFormat.readFrameHeader(ByteBuffer.wrap(noise), 0, 77, 0)).isNull();
    }
  }

  @Test
  void checksOfBlocksNameTheBodyAndTheOffset() {
    ByteBuffer data = ByteBuffer.wrap(BodyStoreContract.content(100, 1));
    int check = VolumeFormat.blockCheck(ID, 0, data, 0, 100);
    assertThat(VolumeFormat.blockCheck(ID, 65_536, data, 0, 100)).isNotEqualTo(check);
    BodyId other = new BodyId(ID.high(), ID.low() + 1);
    assertThat(VolumeFormat.blockCheck(other, 0, data, 0, 100)).isNotEqualTo(check);
    assertThat(VolumeFormat.blockCheck(ID, 0, data, 0, 99)).isNotEqualTo(check);
  }

  @Test
  void indexRecordsComeBackAndArePinned() {
    byte[] bodyKey = IndexRecords.bodyKey(ID);
    assertThat(hex(bodyKey)).isEqualTo("0201020304050607081112131415161718");
    byte[] body = IndexRecords.body(bodyKey, PLACE);
    assertThat(hex(body)).startsWith("01" + "e0a712" + "02" + "035080801004" + "60e0a702");
    assertThat(IndexRecords.readBody(bodyKey, body)).isEqualTo(PLACE);
    VolumeMark mark = new VolumeMark(VolumeState.CLOSED, 1_000, 900);
    byte[] volumeKey = IndexRecords.volumeKey(5);
    assertThat(IndexRecords.readVolume(volumeKey, IndexRecords.volume(volumeKey, mark)))
        .isEqualTo(mark);
    Meta meta = new Meta(7, 8, 9, 10, true);
    assertThat(IndexRecords.readMeta(IndexRecords.meta(meta))).isEqualTo(meta);
    ScrubPlace scrub = new ScrubPlace(1, 2, 3);
    assertThat(IndexRecords.readScrub(IndexRecords.scrub(scrub))).isEqualTo(scrub);
    byte[] placeKey = IndexRecords.placeKey(3, 80);
    assertThat(hex(placeKey)).isEqualTo("05000000030000000000000050");
    assertThat(IndexRecords.readPlace(placeKey, IndexRecords.place(placeKey, ID))).isEqualTo(ID);
    byte[] openKey = IndexRecords.openKey(ID, 2);
    OpenBody.Part part = new OpenBody.Part(ID, 2, false, PLACE.extents());
    assertThat(IndexRecords.readPart(openKey, IndexRecords.part(openKey, part))).isEqualTo(part);
  }

  @Test
  void damagedIndexRecordsAreCorruptAndNothingElse() {
    byte[] key = IndexRecords.bodyKey(ID);
    fuzz(IndexRecords.body(key, PLACE), b -> IndexRecords.readBody(key, b));
    fuzz(IndexRecords.meta(new Meta(7, 8, 9, 10, false)), IndexRecords::readMeta);
    byte[] v = IndexRecords.volumeKey(5);
    fuzz(
        IndexRecords.volume(v, new VolumeMark(VolumeState.ACTIVE, 1, 0)),
        b -> IndexRecords.readVolume(v, b));
    byte[] o = IndexRecords.openKey(ID, 0);
    fuzz(
        IndexRecords.part(o, new OpenBody.Part(ID, 0, true, PLACE.extents())),
        b -> IndexRecords.readPart(o, b));
    // a value under another key is damage too
    byte[] other = IndexRecords.bodyKey(new BodyId(1, 1));
    assertThatThrownBy(() -> IndexRecords.readBody(other, IndexRecords.body(key, PLACE)))
        .isInstanceOf(Corrupt.class);
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> whateverIsStoredIsReadOrCorrupt() {
    byte[] key = IndexRecords.bodyKey(ID);
    byte[] v = IndexRecords.volumeKey(5);
    byte[] o = IndexRecords.openKey(ID, 0);
    byte[] mark = IndexRecords.volume(v, new VolumeMark(VolumeState.ACTIVE, 1, 0));
    byte[] part = IndexRecords.part(o, new OpenBody.Part(ID, 0, true, PLACE.extents()));
    byte[] meta = IndexRecords.meta(new Meta(7, 8, 9, 10, false));
    return Stream.of(
        DecoderFuzz.test("body", IndexRecords.body(key, PLACE), b -> IndexRecords.readBody(key, b)),
        DecoderFuzz.test("meta", meta, IndexRecords::readMeta),
        DecoderFuzz.test("mark", mark, b -> IndexRecords.readVolume(v, b)),
        DecoderFuzz.test("part", part, b -> IndexRecords.readPart(o, b)));
  }

  private static void fuzz(byte[] sound, Function<byte[], Object> decode) {
    for (int bit = 0; bit < sound.length * 8; bit++) {
      byte[] bad = sound.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> decode.apply(bad)).isInstanceOf(Corrupt.class);
    }
    for (int length = 0; length < sound.length; length++) {
      byte[] shorter = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> decode.apply(shorter)).isInstanceOf(Corrupt.class);
    }
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(80)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> decode.apply(noise)).isInstanceOf(Corrupt.class);
    }
  }

  @Test
  void extentsJoinOnlyWhatFollowsInFileAndBody() {
    Extent full = new Extent(1, 80, 0, VolumeFormat.FRAME_DATA);
    long next = 80 + VolumeFormat.FULL_FRAME;
    Extent two = full.with(new Extent(1, next, VolumeFormat.FRAME_DATA, 10));
    assertThat(two).isEqualTo(new Extent(1, 80, 0, VolumeFormat.FRAME_DATA + 10L));
    assertThat(two.frames()).isEqualTo(2);
    assertThat(two.storedBytes()).isEqualTo(VolumeFormat.FULL_FRAME + VolumeFormat.frameBytes(10));
    assertThat(two.framePosition(VolumeFormat.FRAME_DATA)).isEqualTo(next);
    assertThat(full.with(new Extent(2, next, VolumeFormat.FRAME_DATA, 10))).isNull();
    assertThat(full.with(new Extent(1, next + 8, VolumeFormat.FRAME_DATA, 10))).isNull();
    assertThat(two.with(new Extent(1, next * 2, VolumeFormat.FRAME_DATA + 10L, 10))).isNull();
  }
}
