package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Content;
import java.util.Map;

/** Whether the server does its work, as everybody may ask. Asked once, without repetition. */
public final class Health {
  private final Calls calls;

  Health(Calls calls) {
    this.calls = calls;
  }

  /** Whether it can authorise, persist and serve. */
  public boolean ready() {
    return well("/v1/health/ready");
  }

  /** Whether a load balancer should send requests there. */
  public boolean traffic() {
    return well("/v1/health/traffic");
  }

  private boolean well(String path) {
    try {
      JsonNode state = calls.json(new Calls.Request("GET", path, Map.of(), Content.NONE, false));
      return state.path("ready").asBoolean();
    } catch (AnvilException.Unavailable e) {
      if (e.unanswered()) {
        throw e;
      }
      return false;
    }
  }
}
