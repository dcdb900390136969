package dev.anvil.http.documents;

import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** A scope of an application. */
@Schema(name = "Grant")
public record GrantDocument(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String clientId,
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "action|resource, for example object:read|bucket:docs/*")
        String scope,
    String reason) {
  /** Both names must be there. */
  public GrantDocument {
    if (clientId == null || scope == null) {
      throw new Invalid(
          Invalid.Reason.JSON,
          "A grant has 'clientId' and 'scope'.",
          Map.of("name", clientId == null ? "clientId" : "scope"));
    }
  }
}
