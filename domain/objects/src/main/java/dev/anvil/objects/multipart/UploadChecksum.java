package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Map;

/**
 * The checksum that every part of an upload and the version made of them have.
 *
 * @param algorithm a plain algorithm
 * @param whole whether the version's value is that of its bytes; else it is computed over the
 *     parts' values
 * @param strict whether a part that comes with another one is refused; else both are kept
 */
public record UploadChecksum(DigestAlgorithm algorithm, boolean whole, boolean strict) {
  /** What is kept of uploads whose creator names nothing. */
  public static final UploadChecksum USUAL =
      new UploadChecksum(DigestAlgorithm.CRC64NVME, true, false);

  private static final int NONE = 0;

  /** Refuses what cannot be computed from the values of the parts. */
  public UploadChecksum {
    if (whole && !CrcCombination.knows(algorithm) || !whole && algorithm.overParts() == null) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "a checksum "
              + (whole ? "of all bytes" : "over the parts")
              + " cannot be made of parts with "
              + algorithm.wire(),
          Map.of("algorithm", algorithm.wire()));
    }
  }

  /** What the version's value is named. */
  public DigestAlgorithm kept() {
    return whole ? algorithm : algorithm.overParts();
  }

  static void write(RecordWriter w, UploadChecksum checksum) {
    if (checksum == null) {
      w.u8(NONE);
    } else {
      w.u8(checksum.algorithm.code()).flag(checksum.whole).flag(checksum.strict);
    }
  }

  static UploadChecksum read(RecordReader r) {
    int code = r.hasMore() ? r.u8() : NONE;
    return code == NONE
        ? null
        : new UploadChecksum(DigestAlgorithm.ofCode(code), r.flag(), r.flag());
  }
}
