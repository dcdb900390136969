package dev.anvil.authz.relations;

import dev.anvil.authz.store.WriteRequest;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

/** Who writes, and what an idempotency key is bound to. */
final class Prints {
  private static final int MAX_KEY = 255;

  private Prints() {}

  static WriteRequest.By by(
      Call call, long authzRevision, String idempotencyKey, Supplier<byte[]> print) {
    String actor = call.caller().actor();
    if (idempotencyKey == null) {
      return new WriteRequest.By(actor, call.requestId(), authzRevision, null, null);
    }
    boolean fits =
        !idempotencyKey.isEmpty()
            && idempotencyKey.length() <= MAX_KEY
            && idempotencyKey.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    if (!fits) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "an idempotency key has 1 to " + MAX_KEY + " printable ASCII characters");
    }
    byte[] hash = hash("idempotency", actor, idempotencyKey);
    return new WriteRequest.By(actor, call.requestId(), authzRevision, hash, print.get());
  }

  static byte[] of(WriteRequest r) {
    String[] parts = new String[r.changes().size() * 2 + 1];
    int n = 0;
    parts[n++] = "WriteTuples";
    for (WriteRequest.Change c : r.changes()) {
      parts[n++] = c.op().name();
      parts[n++] = c.tuple().toString();
    }
    return hash(parts);
  }

  /** SHA-256 over texts, each with its length. */
  static byte[] hash(String... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] utf8 = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(4).putInt(0, part == null ? -1 : utf8.length));
        sha256.update(utf8);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
