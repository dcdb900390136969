package dev.anvil.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One response. Headers are looked up in the raw head only when asked for, so that a load client
 * does not pay for what it ignores.
 */
public final class Answer {
  private final int status;
  private final byte[] head;
  private final byte[] body;
  private final long bodyLength;

  Answer(int status, byte[] head, byte[] body, long bodyLength) {
    this.status = status;
    this.head = head;
    this.body = body;
    this.bodyLength = bodyLength;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The body; empty when it went to a sink. */
  public byte[] body() {
    return body;
  }

  /** Bytes of body received, kept or not. */
  public long bodyLength() {
    return bodyLength;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The raw head: status line and fields. */
  public String head() {
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  /** The first field of that name without surrounding blanks, or null. */
  public String header(String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ":";
    return head()
        .lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
        .map(line -> line.substring(wanted.length()).strip())
        .findFirst()
        .orElse(null);
  }

  /** Whether the status is 2xx. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  @Override
  public String toString() {
    String text = body.length > 400 ? bodyLength + " bytes" : text();
    return status + " " + text;
  }
}
