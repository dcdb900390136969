package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.ports.bodies.BodyReader;

/** Bytes of an open version; they can be read to the end whatever happens to the version. */
public interface ObjectContent extends AutoCloseable {
  /** All bytes; the caller closes the reader. */
  BodyReader open();

  /**
   * Bytes of a range; the caller closes the reader.
   *
   * @throws IllegalArgumentException if the range is not inside the content
   */
  BodyReader open(ByteRange range);

  /** Lets the bytes go; idempotent; readers are closed before. */
  @Override
  void close();
}
