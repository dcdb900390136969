package dev.anvil.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Authority that the caller holds, given to another application of its tenant: a scope such as
 * {@code object:read|bucket:docs}. 403 if the caller does not hold it itself.
 */
public final class Grants {
  private final Calls calls;

  Grants(Calls calls) {
    this.calls = calls;
  }

  /**
   * Gives a scope; one that is held already stays.
   *
   * @param reason for the audit log; may be empty
   */
  public void give(String clientId, String scope, String reason) {
    send("POST", clientId, scope, reason);
  }

  /** Takes it back, from living tokens too. */
  public void takeBack(String clientId, String scope, String reason) {
    send("DELETE", clientId, scope, reason);
  }

  private void send(String method, String clientId, String scope, String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("clientId", clientId).put("scope", scope);
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    calls.json(Calls.Request.change(method, "/v1/grants", body, Map.of()));
  }
}
