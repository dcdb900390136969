package dev.anvil.s3;

import dev.anvil.identity.SigningKey;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.UriCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Signs requests by itself and sends them byte for byte, one connection a request. */
final class S3Client {
  /** A whole answer; header names in lower case. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      return headers.get(name);
    }

    /** Text of the first element of this name, or null. */
    String element(String name) {
      String text = text();
      int from = text.indexOf("<" + name + ">");
      return from < 0
          ? null
          : text.substring(from + name.length() + 2, text.indexOf("</" + name + ">", from));
    }

    List<String> elements(String name) {
      List<String> all = new ArrayList<>();
      String text = text();
      for (int at = text.indexOf("<" + name + ">");
          at >= 0;
          at = text.indexOf("<" + name + ">", at + 1)) {
        all.add(text.substring(at + name.length() + 2, text.indexOf("</" + name + ">", at)));
      }
      return all;
    }

    String code() {
      return element("Code");
    }
  }

  private final int port;
  private final GatewayWorld.Key key;
  private final InstantSource clock;

  S3Client(int port, GatewayWorld.Key key, InstantSource clock) {
    this.port = port;
    this.key = key;
    this.clock = clock;
  }

  Answer send(String method, String target) {
    return send(method, target, new byte[0]);
  }

  Answer send(String method, String target, String body, String... headers) {
    return send(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** With a signed hash of the body unless the headers say otherwise. */
  Answer send(String method, String target, byte[] body, String... namesAndValues) {
    return raw(method, target, body, signed(method, target, body, namesAndValues));
  }

  /** Without a signature. */
  Answer anonymous(String method, String target, byte[] body, String... namesAndValues) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("host", "127.0.0.1:" + port);
    headers.put("content-length", Integer.toString(body.length));
    put(headers, namesAndValues);
    return raw(method, target, body, headers);
  }

  /** All headers, signature included; a null value takes a header away. */
  Map<String, String> signed(String method, String target, byte[] body, String... namesAndValues) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("host", "127.0.0.1:" + port);
    headers.put("x-amz-date", Dates.amz(clock.instant()));
    headers.put("x-amz-content-sha256", hex(sha256(body)));
    headers.put("content-length", Integer.toString(body.length));
    if (method.equals("PUT") && wantsDigest(target, namesAndValues)) {
      headers.put("content-md5", md5(body));
    }
    put(headers, namesAndValues);
    sign(method, target, headers);
    return headers;
  }

  /** Whether clients send a digest by themselves, as they do of all that locks. */
  private static boolean wantsDigest(String target, String... namesAndValues) {
    return target.matches(".*[?&](retention|legal-hold|object-lock)([&=].*)?")
        || Stream.of(namesAndValues).anyMatch(n -> n != null && n.startsWith("x-amz-object-lock-"));
  }

  static String md5(byte[] body) {
    try {
      return java.util.Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void put(Map<String, String> headers, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] == null) {
        headers.remove(namesAndValues[i]);
      } else {
        headers.put(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
  }

  private void sign(String method, String target, Map<String, String> headers) {
    StringBuilder canonical = new StringBuilder();
    List<String> names = new ArrayList<>();
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-forwarded")) {
        return;
      }
      names.add(lower);
      canonical.append(lower).append(':').append(value.strip()).append('\n');
    });
    String date = headers.get("x-amz-date");
    String scope = date.substring(0, 8) + "/us-east-1/s3/aws4_request";
    String text =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + hex(
                sha256(
                    (method
                            + "\n"
                            + path(target)
                            + "\n"
                            + canonicalQuery(target)
                            + "\n"
                            + canonical
                            + "\n"
                            + String.join(";", names)
                            + "\n"
                            + headers.get("x-amz-content-sha256"))
                        .getBytes(StandardCharsets.ISO_8859_1)));
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential="
            + key.id()
            + "/"
            + scope
            + ", SignedHeaders="
            + String.join(";", names)
            + ", Signature="
            + signingKey(date).sign(text));
  }

  SigningKey signingKey(String date) {
    return SigningKey.derive(
        key.secret().getBytes(StandardCharsets.US_ASCII), date.substring(0, 8), "us-east-1", "s3");
  }

  /** A presigned target. */
  String presigned(String method, String target, long seconds) {
    String date = Dates.amz(clock.instant());
    String scope = date.substring(0, 8) + "/us-east-1/s3/aws4_request";
    String full =
        target
            + (target.indexOf('?') < 0 ? "?" : "&")
            + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + UriCoding.encode(key.id() + "/" + scope)
            + "&X-Amz-Date="
            + date
            + "&X-Amz-Expires="
            + seconds
            + "&X-Amz-SignedHeaders=host";
    String canonical =
        method
            + "\n"
            + path(full)
            + "\n"
            + canonicalQuery(full)
            + "\nhost:127.0.0.1:"
            + port
            + "\n\nhost\nUNSIGNED-PAYLOAD";
    String text =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + hex(sha256(canonical.getBytes(StandardCharsets.ISO_8859_1)));
    return full + "&X-Amz-Signature=" + signingKey(date).sign(text);
  }

  private static String path(String target) {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  private static String canonicalQuery(String target) {
    int question = target.indexOf('?');
    List<String> pairs = new ArrayList<>();
    for (QueryText.Pair p :
        QueryText.parse(question < 0 ? null : target.substring(question + 1)).pairs()) {
      pairs.add(UriCoding.encode(p.name()) + "=" + UriCoding.encode(p.value()));
    }
    pairs.sort(null);
    return String.join("&", pairs);
  }

  /** Sends exactly this. */
  Answer raw(String method, String target, byte[] body, Map<String, String> headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("connection: close\r\n\r\n");
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      socket.shutdownOutput();
      return parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + target, e);
    }
  }

  private static Answer parse(byte[] all) throws IOException {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = unchunked(body);
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    if (status == 100) {
      return parse(body);
    }
    return new Answer(status, headers, body);
  }

  private static byte[] unchunked(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = new java.io.ByteArrayInputStream(body);
    while (true) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      int size = Integer.parseInt(line.toString().strip(), 16);
      if (size == 0) {
        return out.toByteArray();
      }
      out.write(in.readNBytes(size));
      in.readNBytes(2);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A body in signed chunks, and its head, with an optional trailer line. */
  Answer chunked(
      String method, String target, String content, String trailer, int flipAt, int cutBy) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    String mode = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (trailer == null ? "" : "-TRAILER");
    List<String> extra =
        new ArrayList<>(
            List.of(
                "x-amz-content-sha256",
                mode,
                "content-encoding",
                "aws-chunked",
                "x-amz-decoded-content-length",
                Integer.toString(bytes.length)));
    if (trailer != null) {
      extra.addAll(List.of("x-amz-trailer", trailer.substring(0, trailer.indexOf(':'))));
    }
    int length = body(bytes, trailer, "0".repeat(64), Dates.amz(clock.instant())).length;
    extra.addAll(List.of("content-length", Integer.toString(length)));
    Map<String, String> headers = signed(method, target, new byte[0], extra.toArray(String[]::new));
    String authorization = headers.get("authorization");
    String seed = authorization.substring(authorization.indexOf("Signature=") + 10);
    byte[] body = body(bytes, trailer, seed, headers.get("x-amz-date"));
    if (flipAt >= 0) {
      body[flipAt] ^= 1;
    }
    return raw(method, target, java.util.Arrays.copyOf(body, body.length - cutBy), headers);
  }

  private byte[] body(byte[] content, String trailer, String seed, String date) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String middle = "\n" + date + "\n" + date.substring(0, 8) + "/us-east-1/s3/aws4_request\n";
    SigningKey signing = signingKey(date);
    String previous = seed;
    int at = 0;
    while (true) {
      int size = Math.min(8_192, content.length - at);
      byte[] chunk = java.util.Arrays.copyOfRange(content, at, at + size);
      at += size;
      previous =
          signing.sign(
              "AWS4-HMAC-SHA256-PAYLOAD"
                  + middle
                  + previous
                  + "\n"
                  + hex(sha256(new byte[0]))
                  + "\n"
                  + hex(sha256(chunk)));
      out.writeBytes(ascii(Integer.toHexString(size) + ";chunk-signature=" + previous + "\r\n"));
      if (size == 0) {
        break;
      }
      out.writeBytes(chunk);
      out.writeBytes(ascii("\r\n"));
    }
    if (trailer != null) {
      String signature =
          signing.sign(
              "AWS4-HMAC-SHA256-TRAILER"
                  + middle
                  + previous
                  + "\n"
                  + hex(sha256(ascii(trailer + "\n"))));
      out.writeBytes(ascii(trailer + "\r\nx-amz-trailer-signature:" + signature + "\r\n"));
    }
    out.writeBytes(ascii("\r\n"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
