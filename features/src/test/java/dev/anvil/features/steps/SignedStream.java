package dev.anvil.features.steps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An aws-chunked upload made by hand, so that it can be damaged in one place. */
final class SignedStream {
  /** What is wrong with it. */
  enum Damage {
    NONE,
    FLIPPED,
    SIGNATURE,
    CHECKSUM,
    CUT
  }

  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final int CHUNK = 8_192;

  private final URI server;
  private final String keyId;
  private final String secret;
  private final byte[] content;
  private final String mode;
  private final String date =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
          .withZone(ZoneOffset.UTC)
          .format(Instant.now());
  private final String scope = date.substring(0, 8) + "/us-east-1/s3/aws4_request";

  SignedStream(URI server, String keyId, String secret, String content, String mode) {
    this.server = server;
    this.keyId = keyId;
    this.secret = secret;
    this.content = content.getBytes(ISO_8859_1);
    this.mode = mode;
  }

  /** Sends it; gives the status of the answer. */
  int send(String bucket, String key, Damage damage) {
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
            + (keyId + "/" + scope + ",SignedHeaders=" + names + ",Signature=" + seed));
    StringBuilder head = new StringBuilder("PUT /" + bucket + "/" + key + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("connection: close\r\n\r\n");
    byte[] body = body(seed, damage);
    int sent = damage == Damage.CUT ? body.length - 300 : body.length;
    return exchange(head.toString().getBytes(ISO_8859_1), Arrays.copyOf(body, sent));
  }

  private int exchange(byte[] head, byte[] body) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return Integer.parseInt(answer.split(" ")[1]);
    } catch (IOException e) {
      throw new AssertionError("no answer to a stream", e);
    }
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
      int size = Math.min(CHUNK, content.length - at);
      byte[] chunk = Arrays.copyOfRange(content, at, at + size);
      String hash = HexFormat.of().formatHex(digest(chunk));
      previous = sign("AWS4-HMAC-SHA256-PAYLOAD" + middle + previous + "\n" + EMPTY + "\n" + hash);
      if (damage == Damage.SIGNATURE && at == CHUNK) {
        previous = "f".repeat(64);
      }
      if (damage == Damage.FLIPPED && at == CHUNK) {
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
    byte[] key = ("AWS4" + secret).getBytes(ISO_8859_1);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, text));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(digest(text.getBytes(ISO_8859_1)));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
