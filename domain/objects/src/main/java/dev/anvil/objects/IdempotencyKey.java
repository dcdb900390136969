package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/**
 * Names one attempt of a caller: the same key with the same content answers with the first receipt.
 * 1 to {@link ObjectLimits#MAX_IDEMPOTENCY_KEY} printable ASCII characters.
 */
public record IdempotencyKey(String value) {
  /** Checks the rule. */
  public IdempotencyKey {
    int length = value.length();
    if (length < 1
        || length > ObjectLimits.MAX_IDEMPOTENCY_KEY
        || !value.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "an idempotency key has 1 to "
              + ObjectLimits.MAX_IDEMPOTENCY_KEY
              + " printable ASCII characters without spaces; this one has "
              + length,
          Map.of("length", length, "limit", ObjectLimits.MAX_IDEMPOTENCY_KEY));
    }
  }
}
