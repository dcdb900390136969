package dev.anvil.objects.multipart;

import dev.anvil.objects.BucketWork;
import dev.anvil.objects.parts.Part;
import dev.anvil.objects.parts.PartsDigest;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts of an upload as a completion wants them, checked outside its commit, in slices that are
 * each one snapshot; they hold as long as the upload's stamp stands.
 *
 * @param parts in order
 * @param digest of the whole
 * @param stamp of the upload while they were checked
 */
record CheckedParts(List<Part> parts, PartsDigest digest, long stamp) {
  /**
   * Checks.
   *
   * @throws PartsChanged if a part changed meanwhile
   * @throws dev.anvil.ports.failure.Invalid InvalidPart, PartTooSmall
   */
  static CheckedParts of(
      BucketWork work, UploadDoor.Found upload, String uploadId, List<PartClaim> claims) {
    List<Part> parts = new ArrayList<>(claims.size());
    long stamp = 0;
    for (int from = 0; from < claims.size(); from += MultipartLimits.CHECK_SLICE) {
      int to = Math.min(claims.size(), from + MultipartLimits.CHECK_SLICE);
      List<PartClaim> slice = claims.subList(from, to);
      long seen =
          work.read(
              upload.target(),
              (tx, bucket) -> {
                UploadDoor.requireOpen(tx, bucket.id(), upload.number(), uploadId);
                parts.addAll(check(tx, upload.number(), slice));
                return UploadState.of(tx.get(UploadKeys.state(upload.number()))).stamp();
              });
      if (from > 0 && seen != stamp) {
        throw new PartsChanged();
      }
      stamp = seen;
    }
    PartRules.sizes(parts);
    return new CheckedParts(parts, PartsDigest.of(parts), stamp);
  }

  private static List<Part> check(ReadTx tx, long upload, List<PartClaim> claims) {
    List<Part> parts = new ArrayList<>(claims.size());
    for (PartClaim claim : claims) {
      byte[] value = tx.get(UploadKeys.part(upload, claim.number()));
      Part part = value == null ? null : PartRecord.of(claim.number(), value).part();
      PartRules.matches(claim, part);
      parts.add(part);
    }
    return parts;
  }
}
