package dev.anvil.s3.sign;

import dev.anvil.s3.wire.QueryText;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request as its signature sees it.
 *
 * @param method method
 * @param rawPath path as it came, undecoded
 * @param query query
 * @param headers headers
 * @param length length of the body, or -1
 * @param views host and path prefix the client may have seen; the plain one first
 */
public record SignedMessage(
    String method,
    String rawPath,
    QueryText query,
    HttpFields headers,
    long length,
    List<View> views) {
  /**
   * How a client may have seen this server.
   *
   * @param host value of its Host header
   * @param prefix what a proxy took off the front of its path; may be empty
   */
  public record View(String host, String prefix) {}

  /** Copies the list. */
  public SignedMessage {
    views = List.copyOf(views);
  }
}
