package dev.anvil.s3.body;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.ForeignDigests;
import java.nio.ByteBuffer;

/** The checksums of S3 that the domain leaves to others. Stateless. */
public final class OtherDigests implements ForeignDigests {
  /** The only one. */
  public static final ForeignDigests ALL = new OtherDigests();

  private OtherDigests() {}

  @Override
  public Running start(DigestAlgorithm algorithm) {
    S3Checksum.Running running = S3Checksum.of(algorithm).running();
    return running == null ? null : new Adapted(running);
  }

  private record Adapted(S3Checksum.Running running) implements Running {
    @Override
    public void update(ByteBuffer bytes) {
      if (bytes.hasArray()) {
        running.update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
        return;
      }
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      running.update(copy, 0, copy.length);
    }

    @Override
    public byte[] value() {
      return running.value();
    }
  }
}
