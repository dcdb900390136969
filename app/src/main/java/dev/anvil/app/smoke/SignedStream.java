package dev.anvil.app.smoke;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.net.ssl.SSLSocketFactory;

/** An aws-chunked upload made by hand, so that it can be damaged in one place. */
public final class SignedStream {
  /** What is wrong with it. */
  public enum Damage {
    /** Nothing. */
    NONE,
    /** One bit of the content. */
    FLIPPED,
    /** The signature of a chunk. */
    SIGNATURE,
    /** The checksum behind the content. */
    CHECKSUM,
    /** The end is missing. */
    CUT;

    /** Whether a stream of the mode has what is to be damaged. */
    public boolean possibleIn(String mode) {
      return switch (this) {
        case SIGNATURE -> mode.startsWith("STREAMING-AWS4");
        case CHECKSUM -> mode.endsWith("-TRAILER");
        case NONE, FLIPPED, CUT -> true;
      };
    }
  }

  /** Who signs, for which region. */
  public record Signer(String keyId, String secret, String region) {}

  /** Values of x-amz-content-sha256 for streams. */
  public static final List<String> MODES =
      List.of(
          "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
          "STREAMING-UNSIGNED-PAYLOAD-TRAILER");

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final int CHUNK_BYTES = 8_192;

  private final URI server;
  private final Signer signer;
  private final byte[] content;
  private final String mode;
  private final String date =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
          .withZone(ZoneOffset.UTC)
          .format(Instant.now());
  private final String scope;

  /** A stream of Latin-1 text in one of the {@link #MODES}. */
  public SignedStream(URI server, Signer signer, String content, String mode) {
    this.server = server;
    this.signer = signer;
    this.scope = date.substring(0, 8) + "/" + signer.region() + "/s3/aws4_request";
    this.content = content.getBytes(ISO_8859_1);
    this.mode = mode;
  }

  /** Sends it; gives the status of the answer. */
  public int send(String bucket, String key, Damage damage) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-length", Integer.toString(body("0".repeat(64), damage).length));
    headers.put("host", server.getAuthority());
    headers.put("x-amz-content-sha256", mode);
    headers.put("x-amz-date", date);
    headers.put("x-amz-decoded-content-length", Integer.toString(content.length));
    if (trailer()) {
      headers.put("x-amz-trailer", "x-amz-checksum-crc32");
    }
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder("PUT\n/" + bucket + "/" + key + "\n\n");
    headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    canonical.append("\n" + names + "\n" + mode);
    String seed =
        sign("AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical.toString()));
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + (signer.keyId() + "/" + scope + ",SignedHeaders=" + names + ",Signature=" + seed));
    StringBuilder head = new StringBuilder("PUT /" + bucket + "/" + key + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("connection: close\r\n\r\n");
    byte[] body = body(seed, damage);
    int sent = damage == Damage.CUT ? body.length - 300 : body.length;
    return exchange(head.toString().getBytes(ISO_8859_1), Arrays.copyOf(body, sent));
  }

  private int exchange(byte[] head, byte[] body) {
    boolean tls = server.getScheme().equals("https");
    try (Socket socket =
        tls
            ? SSLSocketFactory.getDefault().createSocket(server.getHost(), port(server))
            : new Socket(server.getHost(), port(server))) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      Unmet.require(answer.startsWith("HTTP/1.1 "), "a stream got no answer");
      return Integer.parseInt(answer.split(" ")[1]);
    } catch (IOException e) {
      throw new Unmet("a stream got no answer: " + e);
    }
  }

  private static int port(URI server) {
    int tls = 443;
    int plain = 80;
    return server.getPort() > 0
        ? server.getPort()
        : server.getScheme().equals("https") ? tls : plain;
  }

  private boolean trailer() {
    return mode.endsWith("-TRAILER");
  }

  private byte[] body(String seed, Damage damage) {
    boolean signed = mode.startsWith("STREAMING-AWS4");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String middle = "\n" + date + "\n" + scope + "\n";
    String previous = seed;
    for (int at = 0; at <= content.length; ) {
      int size = Math.min(CHUNK_BYTES, content.length - at);
      byte[] chunk = Arrays.copyOfRange(content, at, at + size);
      String hash = HexFormat.of().formatHex(digest(chunk));
      previous = sign("AWS4-HMAC-SHA256-PAYLOAD" + middle + previous + "\n" + EMPTY + "\n" + hash);
      if (damage == Damage.SIGNATURE && at == CHUNK_BYTES) {
        previous = "f".repeat(64);
      }
      if (damage == Damage.FLIPPED && at == CHUNK_BYTES) {
        chunk[17] ^= 1;
      }
      out.writeBytes(
          (Integer.toHexString(size) + (signed ? ";chunk-signature=" + previous : "") + "\r\n")
              .getBytes(ISO_8859_1));
      if (size == 0) {
        break;
      }
      out.writeBytes(chunk);
      out.writeBytes("\r\n".getBytes(ISO_8859_1));
      at += size;
    }
    if (trailer()) {
      String line = "x-amz-checksum-crc32:" + checksum(damage);
      String signature =
          sign("AWS4-HMAC-SHA256-TRAILER" + middle + previous + "\n" + sha256(line + "\n"));
      String signatureLine = signed ? "x-amz-trailer-signature:" + signature + "\r\n" : "";
      out.writeBytes((line + "\r\n" + signatureLine).getBytes(ISO_8859_1));
    }
    out.writeBytes("\r\n".getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  private String checksum(Damage damage) {
    CRC32 crc = new CRC32();
    crc.update(content);
    long value = damage == Damage.CHECKSUM ? crc.getValue() + 1 : crc.getValue();
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) value).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  private String sign(String text) {
    byte[] key = ("AWS4" + signer.secret()).getBytes(ISO_8859_1);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, text));
  }

  private static byte[] mac(byte[] key, String text) {
    return S3Wire.mac(key, text);
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(digest(text.getBytes(ISO_8859_1)));
  }

  private static byte[] digest(byte[] bytes) {
    return S3Wire.sha256(bytes);
  }
}
