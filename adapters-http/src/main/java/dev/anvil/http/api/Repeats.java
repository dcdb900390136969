package dev.anvil.http.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.anvil.objects.IdempotencyKey;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.HeaderParam;

/**
 * What a change may carry that knows no precondition, as a header. Filled by the framework, one
 * object a request; the API document reads the field.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Repeats {
  @Parameter(description = "The same key with the same content answers the first receipt")
  @HeaderParam("Idempotency-Key")
  private String idempotencyKey;

  /** The idempotency key, or null. */
  public IdempotencyKey idempotency() {
    return idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey);
  }
}
