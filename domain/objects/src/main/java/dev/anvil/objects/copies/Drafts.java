package dev.anvil.objects.copies;

import dev.anvil.objects.Description;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.PlainDigests;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.VersionRecord;
import dev.anvil.ports.bodies.BodyId;
import java.util.List;
import java.util.Map;

/** Versions made of others. */
final class Drafts {
  private Drafts() {}

  /** The same bytes, described as they are put together. */
  static VersionDraft same(VersionRecord source, Description d, VersionDraft.Content content) {
    return new VersionDraft(
        source.size(),
        source.etag(),
        source.sha256(),
        source.parts(),
        content,
        d.headers(),
        d.userMetadata(),
        d.structured(),
        d.tags(),
        source.checksums(),
        List.of(),
        source.protection().ofBytes());
  }

  /** The same bytes, described as one plain body. */
  static VersionDraft plain(
      VersionRecord source,
      PlainDigests digests,
      Description d,
      VersionDraft.Content content,
      Map<DigestAlgorithm, byte[]> checksums,
      List<BodyId> newBodies) {
    return new VersionDraft(
        source.size(),
        digests.etag(),
        digests.sha256(),
        0,
        content,
        d.headers(),
        d.userMetadata(),
        d.structured(),
        d.tags(),
        checksums,
        newBodies);
  }
}
