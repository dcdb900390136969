package dev.anvil.http.api;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.HeaderParam;
import java.util.Map;

/**
 * What a change of a manifest demands, as headers: which revision it changes. Filled by the
 * framework, one object a request; the API document reads the fields.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Revisions {
  @Parameter(description = "The revision that must be current, for example \"3\"")
  @HeaderParam("If-Match")
  private String ifMatch;

  @Parameter(description = "* to create: there must be none")
  @HeaderParam("If-None-Match")
  private String ifNoneMatch;

  @Parameter(hidden = true)
  @HeaderParam("Anvil-If-Version")
  private String ifVersion;

  @Parameter(description = "The same key with the same content answers the first receipt")
  @HeaderParam("Idempotency-Key")
  private String idempotencyKey;

  /** The idempotency key, or null. */
  IdempotencyKey idempotency() {
    return idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey);
  }

  /** The revision to change; 0 to create. */
  long toChange() {
    if (ifMatch != null && ifNoneMatch == null) {
      return revision();
    }
    if (ifMatch != null || !"*".equals(ifNoneMatch) || ifVersion != null) {
      throw refused(
          "A manifest is changed by compare-and-swap only: send If-Match: \"<revision>\" to change"
              + " it, or If-None-Match: * to create it.");
    }
    return 0;
  }

  /** The revision to delete; 0 for whichever there is. */
  long toDelete() {
    if (ifNoneMatch != null || ifVersion != null) {
      throw refused("A manifest is deleted with If-Match: \"<revision>\", or whatever it is.");
    }
    return ifMatch == null || ifMatch.equals("*") ? 0 : revision();
  }

  private long revision() {
    if (ifVersion != null || !ifMatch.matches("\"?[1-9][0-9]{0,17}\"?")) {
      throw refused("If-Match of a manifest is its revision in quotes, for example \"3\".");
    }
    return Long.parseLong(ifMatch.replace("\"", ""));
  }

  private static Invalid refused(String detail) {
    return new Invalid(Invalid.Reason.ARGUMENT, detail, Map.of("header", "If-Match"));
  }
}
