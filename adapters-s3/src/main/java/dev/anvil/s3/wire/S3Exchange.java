package dev.anvil.s3.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * One request and its answer.
 *
 * @param request method, raw target, headers
 * @param response status and headers of the answer
 * @param peer everything else
 */
public record S3Exchange(Request request, Response response, S3Peer peer) {
  /** Id of the request. */
  public String id() {
    return peer.id();
  }

  /** The body. */
  public InputStream body() {
    return peer.body();
  }

  /** Declared length of the body; -1 if it is not known, 0 if there is none. */
  public long bodyLength() {
    return peer.bodyLength();
  }

  /** Writes all bytes of the answer's body; with {@code last} nothing follows. */
  public void write(ByteBuffer bytes, boolean last) throws IOException {
    peer.write(bytes, last);
  }

  /** Sends what was written so far. */
  public void flush() throws IOException {
    peer.flush();
  }

  /** Whether the head of the answer has left. */
  public boolean begun() {
    return response.isCommitted();
  }

  /** Ends the answer of a request whose body may not have been read. */
  public void refuse(byte[] body) throws IOException {
    peer.refuse(body);
  }

  /** Notes the operation. */
  public void operation(String name) {
    peer.operation(name);
  }

  /** Notes who calls. */
  public void caller(String actor) {
    peer.caller(actor);
  }

  /** Notes the code of a refusal. */
  public void code(String wire) {
    peer.code(wire);
  }

  /** Address of the peer. */
  public String remote() {
    return peer.remote();
  }
}
