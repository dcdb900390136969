package dev.anvil.http.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.anvil.http.bytes.RequestFields;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.HeaderParam;

/**
 * What a change may demand, as headers. Filled by the framework, one object a request; the API
 * document reads the fields.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Conditions {
  @Parameter(description = "Entity tags, one of which the current version must have")
  @HeaderParam("If-Match")
  private String ifMatch;

  @Parameter(description = "Entity tags the current version must not have; * demands none at all")
  @HeaderParam("If-None-Match")
  private String ifNoneMatch;

  @Parameter(description = "The version that must be newest")
  @HeaderParam("Anvil-If-Version")
  private String ifVersion;

  @Parameter(description = "The same key with the same content answers the first receipt")
  @HeaderParam("Idempotency-Key")
  private String idempotencyKey;

  /** Demands on the current state. */
  public Preconditions preconditions() {
    return RequestFields.preconditions(ifMatch, ifNoneMatch, ifVersion);
  }

  /** The idempotency key, or null. */
  public IdempotencyKey idempotency() {
    return idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey);
  }
}
