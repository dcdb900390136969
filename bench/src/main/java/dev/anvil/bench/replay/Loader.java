package dev.anvil.bench.replay;

import dev.anvil.bench.wire.Request;
import dev.anvil.bench.wire.Signature4;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes requests ready to be sent, signed for S3 or with a token. Used by one thread. */
public final class Loader {
  private static final byte[] NOTHING = new byte[0];

  private final String host;
  private final Signature4 signature;
  private final String token;

  private Loader(URI endpoint, Signature4 signature, String token) {
    this.host = endpoint.getHost() + ":" + endpoint.getPort();
    this.signature = signature;
    this.token = token;
  }

  /** For S3: good for as long as a signature is, 15 minutes. */
  public static Loader signed(URI endpoint, String accessKey, String secret) {
    return new Loader(endpoint, new Signature4(endpoint, accessKey, secret), null);
  }

  /** For an API that takes a bearer token. */
  public static Loader bearer(URI endpoint, String token) {
    return new Loader(endpoint, null, token);
  }

  /** A request without a body, whose answer has that many bytes, -1 for any number. */
  public Shot bodiless(String method, String target, long answerBytes) {
    byte[] head = head(Request.of(method, target), NOTHING);
    return new Shot(head, null, 0, method.equals("HEAD"), answerBytes);
  }

  /** A request whose body is the template of at least eight bytes with the stamp in front. */
  public Shot put(String target, byte[] template, long stamp) {
    // the template is scratch here: whoever uses it overwrites the stamp
    ByteBuffer.wrap(template).putLong(stamp);
    Request put =
        Request.of("PUT", target).header("Content-Length", Integer.toString(template.length));
    return new Shot(head(put, template), template, stamp, false, -1);
  }

  /** A request as it is, with its body and no credentials but its own. */
  public static Shot whole(URI endpoint, Request request) {
    byte[] body = request.body() instanceof Request.Bytes(byte[] bytes) ? bytes : NOTHING;
    byte[] head =
        text(request, endpoint.getHost() + ":" + endpoint.getPort(), body.length)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, both, head.length, body.length);
    return new Shot(both, null, 0, false, -1);
  }

  private static String text(Request request, String host, int length) {
    return request.method()
        + ' '
        + request.target()
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\n"
        + request.fields()
        + (length > 0 ? "Content-Length: " + length + "\r\n\r\n" : "\r\n");
  }

  private byte[] head(Request request, byte[] body) {
    Request ready =
        signature != null
            ? signature.sign(request, signature.hash(body))
            : request.header("Authorization", "Bearer " + token);
    return text(ready, host, 0).getBytes(StandardCharsets.ISO_8859_1);
  }
}
