package dev.anvil.s3.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What the listener does for one request: bodies at its pace, its bounds and its books. Used by one
 * thread at a time.
 */
public interface S3Peer {
  /** Id of the request, as every answer and log line carries it. */
  String id();

  /** The body; the first read asks the peer for it, so nothing is read before it is wanted. */
  InputStream body();

  /** Declared length of the body; -1 if it is not known, 0 if there is none. */
  long bodyLength();

  /** Writes all bytes of the answer's body; with {@code last} nothing follows. */
  void write(ByteBuffer bytes, boolean last) throws IOException;

  /** Sends what was written so far, which may be less than is worth a packet. */
  void flush() throws IOException;

  /**
   * Ends the answer with this body although the request's body may not have been read: what is
   * still coming is dropped or cut off, so that nobody hangs.
   */
  void refuse(byte[] body) throws IOException;

  /** Notes the operation, for metrics and logs. */
  void operation(String name);

  /** Notes who calls, for logs. */
  void caller(String actor);

  /** Notes the code of a refusal, for logs. */
  void code(String wire);

  /** Address of the peer. */
  String remote();
}
