package dev.anvil.bench.filling;

import dev.anvil.objects.BodySlice;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.VersionBody;
import dev.anvil.objects.VersionDraft;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes drafts of versions as a PUT by S3 makes them of the same bytes: the same digests are
 * computed and kept, small bodies go into the record's commit and others into volumes.
 */
final class Stowing {
  private static final ExpectedDigests KEPT =
      new ExpectedDigests(
          Map.of(), Set.of(DigestAlgorithm.CRC64NVME), ExpectedDigests.NOTHING_LATE);

  private final BodyStore bodies;
  private final int inlineLimit;

  Stowing(BodyStore bodies, int inlineLimit) {
    this.bodies = bodies;
    this.inlineLimit = inlineLimit;
  }

  /** Drafts of the bodies, in their order; bytes of those beside the records are on the disk. */
  List<VersionDraft> drafts(List<byte[]> contents) {
    List<ByteBuffer> apart = new ArrayList<>();
    for (byte[] content : contents) {
      if (content.length > inlineLimit) {
        apart.add(ByteBuffer.wrap(content));
      }
    }
    List<BodyReceipt> stored = apart.isEmpty() ? List.of() : bodies.putAll(apart);
    List<VersionDraft> drafts = new ArrayList<>(contents.size());
    int next = 0;
    for (byte[] content : contents) {
      BodyReceipt receipt = content.length > inlineLimit ? stored.get(next++) : null;
      drafts.add(draft(content, receipt));
    }
    return drafts;
  }

  private static VersionDraft draft(byte[] content, BodyReceipt receipt) {
    Digests digests = new Digests(KEPT.computed());
    digests.update(ByteBuffer.wrap(content));
    digests.end();
    List<BodyId> bodies = receipt == null ? List.of() : List.of(receipt.id());
    return new VersionDraft(
        content.length,
        HexFormat.of().formatHex(digests.get(DigestAlgorithm.MD5)),
        digests.get(DigestAlgorithm.SHA256),
        0,
        receipt == null ? new VersionDraft.Content.Bytes(content) : placed(receipt),
        ContentHeaders.NONE,
        Description.NONE.userMetadata(),
        null,
        Description.NONE.tags(),
        digests.kept(KEPT),
        bodies);
  }

  private static VersionDraft.Content placed(BodyReceipt receipt) {
    BodySlice slice = new BodySlice(receipt.id(), 0, receipt.size());
    return new VersionDraft.Content.Placed(new VersionBody.Slices(List.of(slice)));
  }
}
