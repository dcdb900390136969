package dev.anvil.objects;

import java.nio.ByteBuffer;

/** Computes what this module does not: {@link DigestAlgorithm#computed} tells which those are. */
@FunctionalInterface
public interface ForeignDigests {
  /** One computation; used by one thread. */
  interface Running {
    /** Takes all remaining bytes. */
    void update(ByteBuffer bytes);

    /** The value, in the byte order that {@link DigestAlgorithm} names. */
    byte[] value();
  }

  /** Nobody can: such checksums are left out. */
  ForeignDigests NONE = algorithm -> null;

  /** Begins a computation; null if nobody can. */
  Running start(DigestAlgorithm algorithm);
}
