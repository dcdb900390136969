package dev.anvil.http.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids of traces as W3C Trace Context has them. */
final class TraceIds {
  static final String HEADER = "traceparent";

  private static final Pattern PARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
  private static final int DIGITS = 32;
  private static final int MAX_SENT = 256;

  private TraceIds() {}

  /** The trace of a traceparent that holds, else one made of the request's id. */
  static String of(String sent, String requestId) {
    if (sent != null && sent.length() <= MAX_SENT) {
      Matcher m = PARENT.matcher(sent);
      // version 00 has nothing after the flags; later ones may
      if (m.matches() && (m.group(2) == null || !sent.startsWith("00"))) {
        return m.group(1);
      }
    }
    return own(requestId);
  }

  /** The digits of a request's id in another base, so different for different ids. */
  private static String own(String requestId) {
    long high = 1;
    long low = 0;
    for (int i = 0; i < requestId.length(); i++) {
      int digit = Character.digit(requestId.charAt(i), 32);
      high = (high << 5 | low >>> 59) ^ (digit < 0 ? requestId.charAt(i) : 0);
      low = low << 5 | Math.max(0, digit);
    }
    String hex = Long.toHexString(low);
    String text = Long.toHexString(high) + "0".repeat(16 - hex.length()) + hex;
    return "0".repeat(DIGITS - text.length()) + text;
  }
}
