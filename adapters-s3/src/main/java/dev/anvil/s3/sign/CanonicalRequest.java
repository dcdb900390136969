package dev.anvil.s3.sign;

import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.UriCoding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jetty.http.HttpField;

/** Texts that Signature V4 signs. Characters stand for bytes, as in header values. */
public final class CanonicalRequest {
  /** First line of what a request's signature is of. */
  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
  private static final HexFormat HEX = HexFormat.of();

  private CanonicalRequest() {}

  /**
   * Canonical requests that the client may have signed: as the plain rules make it, with the path
   * exactly as it was sent, and for every way in which a proxy may have changed host and path.
   */
  static List<String> candidates(SignedMessage m, List<String> signedHeaders, String payload) {
    String query = query(m.query());
    List<String> all = new ArrayList<>(2);
    for (SignedMessage.View view : m.views()) {
      String headers = headers(m, signedHeaders, view.host());
      for (String path : paths(view.prefix() + m.rawPath())) {
        String text =
            m.method()
                + '\n'
                + path
                + '\n'
                + query
                + '\n'
                + headers
                + '\n'
                + String.join(";", signedHeaders)
                + '\n'
                + payload;
        // nearly always the only one: a set would hash the whole text for it
        if (!all.contains(text)) {
          all.add(text);
        }
      }
    }
    return all;
  }

  private static List<String> paths(String raw) {
    String sent = raw.isEmpty() ? "/" : raw;
    String canonical;
    try {
      canonical = UriCoding.encodePath(UriCoding.decodePath(sent));
    } catch (S3Failure e) {
      // not decodable: then it can only have been signed as it is
      return List.of(sent);
    }
    return canonical.equals(sent) ? List.of(sent) : List.of(canonical, sent);
  }

  private static String query(QueryText query) {
    if (query.pairs().isEmpty()) {
      return "";
    }
    List<String[]> encoded = new ArrayList<>();
    for (QueryText.Pair pair : query.pairs()) {
      if (!pair.name().equals(SIGNATURE_PARAMETER)) {
        encoded.add(new String[] {UriCoding.encode(pair.name()), UriCoding.encode(pair.value())});
      }
    }
    encoded.sort(Comparator.<String[], String>comparing(e -> e[0]).thenComparing(e -> e[1]));
    StringBuilder out = new StringBuilder();
    for (String[] e : encoded) {
      out.append(out.isEmpty() ? "" : "&").append(e[0]).append('=').append(e[1]);
    }
    return out.toString();
  }

  private static String headers(SignedMessage m, List<String> names, String host) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      out.append(name).append(':');
      if (name.equals("host")) {
        out.append(host);
      } else {
        value(m, name, out);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static void value(SignedMessage m, String name, StringBuilder out) {
    boolean found = false;
    for (HttpField field : m.headers()) {
      if (field.getName().equalsIgnoreCase(name)) {
        out.append(found ? "," : "");
        collapse(field.getValue(), out);
        found = true;
      }
    }
    if (!found && name.equals("expect")) {
      // proxies answer it themselves and take it away
      out.append("100-continue");
    } else if (!found && name.equals("content-length") && m.length() >= 0) {
      out.append(m.length());
    }
  }

  /** Trims, and makes one space of several. */
  private static void collapse(String value, StringBuilder out) {
    if (value == null) {
      return;
    }
    int end = value.length();
    int start = 0;
    while (start < end && space(value.charAt(start))) {
      start++;
    }
    while (end > start && space(value.charAt(end - 1))) {
      end--;
    }
    boolean before = false;
    for (int i = start; i < end; i++) {
      boolean now = space(value.charAt(i));
      if (!(now && before)) {
        out.append(now ? ' ' : value.charAt(i));
      }
      before = now;
    }
  }

  private static boolean space(char c) {
    return c == ' ' || c == '\t';
  }

  /** The string to sign of a canonical request. */
  public static String stringToSign(String canonical, Instant date, CredentialScope scope) {
    return ALGORITHM
        + '\n'
        + dev.anvil.s3.wire.Dates.amz(date)
        + '\n'
        + scope.text()
        + '\n'
        + HEX.formatHex(sha256().digest(canonical.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
