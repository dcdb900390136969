package dev.anvil.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An object as it arrives. Nothing is held but a buffer; it is to be closed, which ends a transfer
 * that is not at its end. A connection that breaks is made anew and goes on behind the last byte,
 * within {@link Retries}; what cannot go on is an {@link IOException} of the body. One thread
 * reads.
 */
public record Download(ObjectInfo info, InputStream body) implements AutoCloseable {
  /** Writes what is left into another place, and says how many bytes. */
  public long transferTo(OutputStream out) throws IOException {
    return body.transferTo(out);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
