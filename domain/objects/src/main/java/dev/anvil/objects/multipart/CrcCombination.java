package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;

/**
 * The CRC of two runs of bytes out of the CRCs of each: the first is shifted by the length of the
 * second, which is a multiplication by a power of x modulo the polynomial, and added.
 */
final class CrcCombination {
  private static final long CRC32 = 0xEDB88320L;
  private static final long CRC32C = 0x82F63B78L;
  private static final long CRC64NVME = Long.reverse(0xAD93D23594C93659L);

  private final long polynomial;
  private final int bits;

  private CrcCombination(long polynomial, int bits) {
    this.polynomial = polynomial;
    this.bits = bits;
  }

  static boolean knows(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm.CRC32
        || algorithm == DigestAlgorithm.CRC32C
        || algorithm == DigestAlgorithm.CRC64NVME;
  }

  static CrcCombination of(DigestAlgorithm algorithm) {
    if (!knows(algorithm)) {
      throw new IllegalArgumentException(algorithm + " is no CRC");
    }
    return switch (algorithm) {
      case CRC32 -> new CrcCombination(CRC32, Integer.SIZE);
      case CRC32C -> new CrcCombination(CRC32C, Integer.SIZE);
      default -> new CrcCombination(CRC64NVME, Long.SIZE);
    };
  }

  /** The CRC of both, the second of which has so many bytes. */
  long combine(long first, long second, long secondBytes) {
    return multiply(power(secondBytes), first) ^ second;
  }

  /** x to the power of 8 times the number, modulo the polynomial. */
  private long power(long bytes) {
    long square = one() >>> 8;
    long result = one();
    for (long n = bytes; n > 0; n >>= 1) {
      if ((n & 1) == 1) {
        result = multiply(square, result);
      }
      square = multiply(square, square);
    }
    return result;
  }

  /** Reflected: the highest bit is the lowest power of x. */
  private long one() {
    return 1L << bits - 1;
  }

  private long multiply(long a, long b) {
    long product = 0;
    long factor = b;
    for (long mask = one(); mask != 0; mask >>>= 1) {
      if ((a & mask) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) != 0 ? factor >>> 1 ^ polynomial : factor >>> 1;
    }
    return product;
  }
}
