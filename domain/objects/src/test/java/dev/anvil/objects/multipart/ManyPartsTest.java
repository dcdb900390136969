package dev.anvil.objects.multipart;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.Description;
import dev.anvil.objects.PartLists;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionId;
import dev.anvil.objects.copies.CopyLimits;
import dev.anvil.objects.copies.RenameObject;
import dev.anvil.objects.parts.Part;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EngineStats;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uploads of very many parts, whose records are made by hand: their bodies are never read. */
@Tag("fast")
class ManyPartsTest {
  private static final ObjectKey KEY = ObjectKey.of("big");
  private static final String ETAG = HexFormat.of().formatHex(new byte[16]);

  private final BucketFixture node = new BucketFixture();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void tenThousandPartsAreCompletedInOneSmallCommit() {
    String id = create();
    plant(id, MultipartLimits.MAX_PARTS);
    EngineStats before = node.home().stats().engine();
    Receipt receipt = complete(id, MultipartLimits.MAX_PARTS);
    EngineStats after = node.home().stats().engine();
    assertThat(receipt.parts()).isEqualTo(10_000);
    assertThat(receipt.size()).isEqualTo(10_000L * MultipartLimits.MIN_PART_BYTES);
    assertThat(after.commits() - before.commits()).isEqualTo(1);
    int chunks = MultipartLimits.MAX_PARTS / PartLists.CHUNK;
    // chunks, version, upload, leftovers, counters, journal block, stamp
    assertThat(after.puts() - before.puts()).isEqualTo(chunks + 6);
    // each part once, a handful for the slices and the commit; nothing is scanned
    assertThat(after.gets() - before.gets()).isBetween(10_000L, 10_100L);
    assertThat(after.scanned() - before.scanned()).isLessThanOrEqualTo(2);
    assertThat(node.keys(KeySpace.PART_LISTS)).isEqualTo(chunks);
  }

  @Test
  void theListIsSharedByARenameAndGoesWithItsLastVersion() {
    String id = create();
    plant(id, 1_000);
    complete(id, 1_000);
    EngineStats before = node.home().stats().engine();
    new RenameObject(node.services())
        .execute(
            CALL,
            new RenameObject.Command(
                BUCKET, KEY, ObjectKey.of("other"), Preconditions.NONE, Preconditions.NONE, null));
    EngineStats after = node.home().stats().engine();
    assertThat(after.puts() - before.puts()).isLessThan(10);
    node.sweep();
    assertThat(node.keys(KeySpace.PART_LISTS)).isEqualTo(2);
    assertThat(node.keys(KeySpace.BODY_REFS)).isZero();
    assertThat(node.head(BUCKET, "other").size()).isEqualTo(1_000L * part(1).size());
    node.delete("other");
    node.sweep();
    assertThat(node.keys(KeySpace.PART_LISTS)).isZero();
    assertThat(node.keys(KeySpace.BODY_REFS)).isZero();
    assertThat(node.keys(KeySpace.GARBAGE)).isZero();
    assertThat(CopyLimits.MAX_SLICES).isGreaterThan(1_000);
  }

  private String create() {
    return new CreateUpload(node.services())
        .execute(CALL, new CreateUpload.Command(BUCKET, KEY, Description.NONE, null))
        .uploadId();
  }

  private void plant(String id, int parts) {
    long number = VersionId.parse(id).cursor();
    for (int from = 1; from <= parts; from += 500) {
      int first = from;
      node.home()
          .write(tx -> {
            for (int n = first; n < first + 500; n++) {
              PartRecord record = new PartRecord(part(n), tx.committedAt());
              tx.put(UploadKeys.part(number, n), record.toBytes());
            }
            long bytes = parts * part(1).size();
            tx.put(UploadKeys.state(number), new UploadState(7, parts, bytes).toBytes());
            return null;
          });
    }
  }

  private static Part part(int number) {
    return new Part(
        number, new BodyId(1, number), MultipartLimits.MIN_PART_BYTES, new byte[16], new byte[32]);
  }

  private Receipt complete(String id, int parts) {
    List<PartClaim> claims = new ArrayList<>();
    for (int n = 1; n <= parts; n++) {
      claims.add(new PartClaim(n, ETAG));
    }
    return new CompleteUpload(node.services())
        .execute(
            CALL, new CompleteUpload.Command(BUCKET, KEY, id, claims, Preconditions.NONE, -1, null))
        .receipt();
  }
}
