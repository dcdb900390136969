package dev.anvil.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The head of an HTTP/1.1 answer.
 *
 * @param status of three digits
 * @param headers by name in lower case
 * @param http11 whether the connection stays open unless the answer says otherwise
 */
record HttpHead(int status, Map<String, String> headers, boolean http11) {
  private static final int MAX_BYTES = 64 << 10;
  private static final int FIRST_FINAL = 200;

  /** Reads the next head that is more than a sign of life. */
  static HttpHead read(InputStream in) throws IOException {
    HttpHead head;
    do {
      head = readOne(in);
    } while (head.status < FIRST_FINAL);
    return head;
  }

  private static HttpHead readOne(InputStream in) throws IOException {
    int[] left = {MAX_BYTES};
    String first = line(in, left);
    if (first.length() < 12 || !first.startsWith("HTTP/1.") || first.charAt(8) != ' ') {
      throw new IOException("the answer is no HTTP/1.1: it begins with '" + shown(first) + "'");
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("a header of the answer is none: '" + shown(line) + "'");
      }
      headers.merge(
          lower(line.substring(0, colon)),
          line.substring(colon + 1).strip(),
          (one, other) -> one.concat(", ").concat(other));
    }
    return new HttpHead(number(first), headers, first.charAt(7) != '0');
  }

  private static int number(String first) throws IOException {
    try {
      return Integer.parseInt(first.substring(9, 12));
    } catch (NumberFormatException e) {
      throw new IOException("the answer has no status: '" + shown(first) + "'", e);
    }
  }

  /** A line without its end; at most so many bytes are left for all lines of a head. */
  static String line(InputStream in, int[] left) throws IOException {
    byte[] bytes = new byte[256];
    int n = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended in the head of an answer");
      }
      if (--left[0] < 0) {
        throw new IOException("the head of an answer is longer than " + MAX_BYTES + " bytes");
      }
      if (n == bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, 2 * n);
      }
      bytes[n++] = (byte) b;
    }
    int end = n > 0 && bytes[n - 1] == '\r' ? n - 1 : n;
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** ASCII in lower case. */
  static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(text.length(), 40)).replaceAll("\\p{Cntrl}", "?");
  }

  boolean says(String name, String word) {
    String value = headers.get(name);
    return value != null && lower(value).contains(word);
  }

  /** Whether another request may follow on the connection. */
  boolean staysOpen() {
    return http11 && !says("connection", "close");
  }
}
