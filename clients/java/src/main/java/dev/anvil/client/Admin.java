package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an operator does with tenants, applications, their scopes, tokens and the audit log. Of a
 * client whose endpoint is the management listener, and whose token the admin credential. Reasons
 * stand in the audit log and may be empty.
 *
 * <p>What makes a secret is sent once: an answer that is lost leaves one that nobody knows, to be
 * revoked.
 */
public final class Admin {
  private final Calls calls;

  Admin(Calls calls) {
    this.calls = calls;
  }

  /** The deployment's tenants. */
  public AdminTenants tenants() {
    return new AdminTenants(this);
  }

  /** Applications of a tenant. */
  public AdminApplications applications(String tenant) {
    return new AdminApplications(this, tenant);
  }

  /** Who changed what, and who was refused. */
  public AdminAudit audit() {
    return new AdminAudit(this);
  }

  /**
   * A key that seals stored secrets or signs tokens.
   *
   * @param kind {@code sealing} or {@code token}
   * @param retiredAt null while it is in use
   * @param secrets how many it seals
   */
  public record Key(String kind, String id, boolean current, Instant retiredAt, long secrets) {}

  /** Scopes of an application. */
  public List<String> grants(String clientId) {
    JsonNode read = read("/v1/admin/grants?clientId=" + Paths.value(clientId));
    return Fields.texts(read.path("grants"));
  }

  /** Grants a scope; one that is held already stays. */
  public void addGrant(String clientId, String scope, String reason) {
    grant("POST", clientId, scope, reason);
  }

  /** Takes a scope back, from living tokens too. */
  public void removeGrant(String clientId, String scope, String reason) {
    grant("DELETE", clientId, scope, reason);
  }

  private void grant(String method, String clientId, String scope, String reason) {
    ObjectNode body = reason(reason).put("clientId", clientId).put("scope", scope);
    again(method, "/v1/admin/grants", body);
  }

  /** Ends one token by its id (jti). */
  public void revokeTokenId(String id, String reason) {
    again("POST", "/v1/admin/tokens:revoke", reason(reason).put("tokenId", id));
  }

  /** Ends this token; gives its id. */
  public String revokeToken(String token, String reason) {
    JsonNode done = again("POST", "/v1/admin/tokens:revoke", reason(reason).put("token", token));
    return done.path("tokenId").asText();
  }

  /** Keys, newest first, without what is secret. */
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    for (JsonNode k : read("/v1/admin/keys").path("keys")) {
      keys.add(
          new Key(
              k.path("kind").asText(),
              k.path("id").asText(),
              k.path("current").asBoolean(),
              k.hasNonNull("retiredAt") ? Fields.instant(k, "retiredAt") : null,
              k.path("secrets").asLong()));
    }
    return List.copyOf(keys);
  }

  /** Puts a new key of a kind in use and gives its id; what the older ones made goes on. */
  public String rotateKey(String kind, String reason) {
    JsonNode made = once("POST", "/v1/admin/keys:rotate", reason(reason).put("kind", kind));
    return made.path("id").asText();
  }

  /** Makes a new admin credential, shown this once; the old one, which this has, is refused. */
  public String rotateCredential(String reason) {
    return once("POST", "/v1/admin/credential:rotate", reason(reason)).path("credential").asText();
  }

  static ObjectNode reason(String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return text.isEmpty() ? body : body.put("reason", text);
  }

  JsonNode read(String path) {
    return calls.json(Calls.Request.read("GET", path));
  }

  /** A change that does no harm twice. */
  JsonNode again(String method, String path, JsonNode body) {
    return calls.json(Calls.Request.change(method, path, body, Map.of()));
  }

  /** A change that would happen twice. */
  JsonNode once(String method, String path, JsonNode body) {
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    Content content = Content.of(Json.text(body));
    return calls.json(new Calls.Request(method, path, headers, content, false));
  }
}
