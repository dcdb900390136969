package dev.anvil.objects.multipart;

import dev.anvil.objects.parts.Part;
import java.util.BitSet;
import java.util.List;

/**
 * Which part numbers of an upload live on in a version, as one bit a number (at most 1,251 bytes),
 * so that dropping the leftovers of an upload never needs the version, which may be gone by then.
 */
final class KeptParts {
  private KeptParts() {}

  /** Nothing is kept: the upload was aborted or expired. */
  static byte[] none() {
    return new byte[0];
  }

  /** The numbers of these parts. */
  static byte[] of(List<Part> parts) {
    BitSet bits = new BitSet(MultipartLimits.MAX_PARTS + 1);
    parts.forEach(p -> bits.set(p.number()));
    return bits.toByteArray();
  }

  /** Whether the number is among them. */
  static boolean contains(byte[] kept, int number) {
    return number >> 3 < kept.length && (kept[number >> 3] >> (number & 7) & 1) == 1;
  }
}
