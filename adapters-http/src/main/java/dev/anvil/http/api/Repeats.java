package dev.anvil.http.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.HeaderParam;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a change may demand that knows no precondition, as headers; one that is sent all the same is
 * refused, for a change made against it would be worse. Filled by the framework, one object a
 * request; the API document reads the fields.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Repeats {
  @Parameter(description = "The same key with the same content answers the first receipt")
  @HeaderParam("Idempotency-Key")
  private String idempotencyKey;

  @Parameter(hidden = true)
  @HeaderParam("If-Match")
  private String ifMatch;

  @Parameter(hidden = true)
  @HeaderParam("If-None-Match")
  private String ifNoneMatch;

  @Parameter(hidden = true)
  @HeaderParam("Anvil-If-Version")
  private String ifVersion;

  /**
   * The idempotency key, or null.
   *
   * @throws Invalid InvalidArgument if a precondition was sent
   */
  public IdempotencyKey idempotency() {
    if (Stream.of(ifMatch, ifNoneMatch, ifVersion).anyMatch(sent -> sent != null)) {
      String name =
          ifMatch != null ? "If-Match" : ifNoneMatch != null ? "If-None-Match" : "Anvil-If-Version";
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "this operation takes no precondition; send it without " + name,
          Map.of("header", name));
    }
    return idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey);
  }
}
