package dev.anvil.http.wire;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.ports.failure.Invalid;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Digest fields of RFC 9530: dictionaries of byte sequences, {@code sha-256=:base64:}. */
public final class DigestFields {
  private static final int MAX_MEMBERS = 16;

  private DigestFields() {}

  /**
   * What the content must have, by Repr-Digest and Content-Digest together. Algorithms this server
   * does not know are ignored, as the standard wants; what it knows must be well-formed.
   */
  public static ExpectedDigests expected(Exchange exchange) {
    Map<DigestAlgorithm, byte[]> all = new EnumMap<>(DigestAlgorithm.class);
    for (String name : new String[] {"Repr-Digest", "Content-Digest"}) {
      exchange.header(name).ifPresent(field -> parse(name, field, all));
    }
    return all.isEmpty() ? ExpectedDigests.NONE : new ExpectedDigests(all);
  }

  private static void parse(String name, String field, Map<DigestAlgorithm, byte[]> into) {
    String[] members = field.split(",", MAX_MEMBERS + 1);
    if (members.length > MAX_MEMBERS) {
      throw bad(name, "it has more than " + MAX_MEMBERS + " members");
    }
    for (String member : members) {
      int equals = member.indexOf('=');
      if (equals < 0) {
        throw bad(name, "a member is algorithm=:base64:");
      }
      String key = member.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      DigestAlgorithm algorithm = DigestAlgorithm.ofWire(key);
      if (algorithm == null) {
        continue;
      }
      byte[] value = bytes(name, member.substring(equals + 1).strip());
      byte[] before = into.putIfAbsent(algorithm, value);
      if (before != null && !Arrays.equals(before, value)) {
        throw bad(name, key + " is given twice with different values");
      }
    }
  }

  private static byte[] bytes(String name, String item) {
    int end = item.indexOf(':', 1);
    if (item.isEmpty() || item.charAt(0) != ':' || end < 0) {
      throw bad(name, "a digest is written between colons, :base64:");
    }
    try {
      return Base64.getDecoder().decode(item.substring(1, end));
    } catch (IllegalArgumentException e) {
      throw bad(name, "a digest is no base64");
    }
  }

  /** Whether the field of preferences wants a SHA-256, the only one every version has. */
  public static boolean wantsSha256(Optional<String> field) {
    return field.isPresent()
        && Arrays.stream(field.get().toLowerCase(Locale.ROOT).split(",", MAX_MEMBERS + 1))
            .map(String::strip)
            .anyMatch(m -> m.startsWith("sha-256") && !m.endsWith("=0"));
  }

  /** The field's value for a SHA-256. */
  public static String sha256(byte[] digest) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
  }

  private static Invalid bad(String name, String what) {
    return new Invalid(
        Invalid.Reason.DIGEST, name + " cannot be read: " + what + ".", Map.of("header", name));
  }
}
