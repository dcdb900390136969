package dev.anvil.objects.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.Grantee.Account;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.VersionGrants;
import dev.anvil.objects.VersionId;
import dev.anvil.objects.parts.Part;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.testkit.DecoderFuzz;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Tag("fast")
class UploadRecordsTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final UploadRecord OPEN =
      new UploadRecord(
          new VersionId(9, 11),
          3,
          ObjectKey.of("k"),
          Description.of(ContentHeaders.ofType("a/b"), Map.of("m", "v"), null, Map.of("t", "w")),
          true,
          AT,
          AT.plusSeconds(1),
          "app:x",
          null,
          new UploadChecksum(DigestAlgorithm.CRC32C, false, true),
          new VersionGrants(7, CannedAcl.PUBLIC_READ.of(new Account(7), new Account(1))));
  private static final UploadRecord REDIRECTED =
      new UploadRecord(
          OPEN.id(),
          3,
          OPEN.key(),
          Description.of(
              ContentHeaders.ofType("a/b").withRedirect("/there"), Map.of(), null, Map.of()),
          false,
          AT,
          AT.plusSeconds(1),
          "app:x",
          null,
          null,
          VersionGrants.NONE);
  private static final Completion DONE =
      new Completion(
          new byte[32],
          "v",
          true,
          "e-2",
          9,
          new byte[32],
          2,
          12,
          4,
          "r",
          AT.plusSeconds(2),
          true,
          Map.of(DigestAlgorithm.CRC32C_OF_PARTS, new byte[4]));

  @Test
  void recordsComeBackAsTheyWentIn() {
    for (UploadRecord record : List.of(OPEN, OPEN.completed(DONE), REDIRECTED)) {
      assertThat(UploadRecord.of(record.toBytes())).usingRecursiveComparison().isEqualTo(record);
    }
    UploadState state = new UploadState(5, 6, 7);
    assertThat(UploadState.of(state.toBytes())).isEqualTo(state);
    PartRecord part =
        new PartRecord(new Part(4, new BodyId(1, 2), 300, new byte[16], new byte[32]), AT);
    assertThat(PartRecord.of(4, part.toBytes())).isEqualTo(part);
  }

  @Test
  void bytesAreWhatTheyWere() {
    PartRecord part =
        new PartRecord(new Part(4, new BodyId(1, 2), 300, new byte[16], new byte[32]), AT);
    assertThat(HexFormat.of().formatHex(part.toBytes()))
        .isEqualTo(
            "01110000000000000001"
                + "0000000000000002ac02"
                + "11"
                + "00".repeat(16)
                + "21"
                + "00".repeat(32)
                + "0000019b7ca98f2e");
    assertThat(HexFormat.of().formatHex(new UploadState(5, 6, 300).toBytes()))
        .isEqualTo("01000000000000000506ac02");
    assertThat(HexFormat.of().formatHex(UploadKeys.open(3, ObjectKey.of("k"), 11)))
        .isEqualTo("29020000000000000003" + "6b0001" + "000000000000000b");
  }

  @Tag("verify")
  @TestFactory
  Stream<DynamicTest> rubbishIsCorruptAndNothingElse() {
    byte[] part =
        new PartRecord(new Part(4, new BodyId(1, 2), 300, new byte[16], new byte[32]), AT)
            .toBytes();
    return Stream.of(
        DecoderFuzz.test("upload", OPEN.toBytes(), UploadRecord::of),
        DecoderFuzz.test("redirected upload", REDIRECTED.toBytes(), UploadRecord::of),
        DecoderFuzz.test("completed upload", OPEN.completed(DONE).toBytes(), UploadRecord::of),
        DecoderFuzz.test("part", part, b -> PartRecord.of(4, b)),
        DecoderFuzz.test("state", new UploadState(5, 6, 300).toBytes(), UploadState::of));
  }
}
