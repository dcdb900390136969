package dev.anvil.objects.multipart;

import dev.anvil.objects.BodySlice;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.parts.Part;
import dev.anvil.objects.parts.PartsDigest;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parts of an upload as a completion wants them, checked outside its commit, in slices that are
 * each one snapshot; they hold as long as the upload's stamp stands.
 *
 * @param parts in order
 * @param digest of the whole
 * @param stamp of the upload while they were checked
 * @param checksums of the whole, as the upload wants them
 * @param ofParts checksums of the parts in their order, as far as the upload asked for them
 */
record CheckedParts(
    List<Part> parts,
    PartsDigest digest,
    long stamp,
    Map<DigestAlgorithm, byte[]> checksums,
    List<Map<DigestAlgorithm, byte[]>> ofParts) {
  /**
   * Checks.
   *
   * @throws PartsChanged if a part changed meanwhile, or the upload was completed
   * @throws dev.anvil.ports.failure.Invalid InvalidPart, PartTooSmall
   */
  static CheckedParts of(BucketWork work, UploadDoor.Found upload, CompleteUpload.Command command) {
    String uploadId = command.uploadId();
    List<PartClaim> claims = command.parts();
    List<PartRecord> stored = new ArrayList<>(claims.size());
    long stamp = 0;
    for (int from = 0; from < claims.size(); from += MultipartLimits.CHECK_SLICE) {
      int to = Math.min(claims.size(), from + MultipartLimits.CHECK_SLICE);
      List<PartClaim> slice = claims.subList(from, to);
      long seen =
          work.read(
              upload.target(),
              (tx, bucket) -> {
                if (!UploadDoor.require(tx, bucket.id(), upload.number(), uploadId).open()) {
                  throw new PartsChanged();
                }
                stored.addAll(check(tx, upload.number(), slice));
                return UploadState.of(tx.get(UploadKeys.state(upload.number()))).stamp();
              });
      if (from > 0 && seen != stamp) {
        throw new PartsChanged();
      }
      stamp = seen;
    }
    List<Part> parts = stored.stream().map(PartRecord::part).toList();
    PartRules.sizes(parts);
    Map<DigestAlgorithm, byte[]> checksums =
        WholeChecksum.of(upload.record().checksum(), stored, command.checksum().foreign());
    UploadChecksum asked = upload.record().checksum();
    boolean kept = asked != null && asked.strict();
    return new CheckedParts(
        parts,
        PartsDigest.of(parts),
        stamp,
        checksums,
        stored.stream()
            .map(part -> kept ? part.checksums() : Map.<DigestAlgorithm, byte[]>of())
            .toList());
  }

  /** The bytes of the parts that have any, in order. */
  List<BodySlice> slices() {
    List<BodySlice> slices = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.size() > 0) {
        slices.add(new BodySlice(part.body(), 0, part.size(), ofParts.get(i)));
      }
    }
    return slices;
  }

  private static List<PartRecord> check(ReadTx tx, long upload, List<PartClaim> claims) {
    List<PartRecord> parts = new ArrayList<>(claims.size());
    for (PartClaim claim : claims) {
      byte[] value = tx.get(UploadKeys.part(upload, claim.number()));
      PartRecord part = value == null ? null : PartRecord.of(claim.number(), value);
      PartRules.matches(claim, part == null ? null : part.part());
      PartRules.matchesChecksums(claim, part.checksums());
      parts.add(part);
    }
    return parts;
  }
}
