package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Applications of a tenant. */
public final class AdminApplications {
  private final Admin admin;
  private final String tenant;

  AdminApplications(Admin admin, String tenant) {
    this.admin = admin;
    this.tenant = "/v1/admin/tenants/" + Paths.value(tenant);
  }

  /** An application; its secrets are named by their ids. */
  public record Application(
      String clientId, String name, Instant createdAt, boolean revoked, List<String> secretIds) {
    static Application of(JsonNode read) {
      List<String> secrets = new ArrayList<>();
      read.path("secrets").forEach(s -> secrets.add(s.path("secretId").asText()));
      return new Application(
          read.path("clientId").asText(),
          read.path("name").asText(),
          Fields.instant(read, "createdAt"),
          read.path("revoked").asBoolean(),
          List.copyOf(secrets));
    }
  }

  /** A secret, shown this once. */
  public record NewSecret(String clientId, String secretId, String clientSecret) {
    static NewSecret of(JsonNode read) {
      return new NewSecret(
          read.path("clientId").asText(),
          read.path("secretId").asText(),
          read.path("clientSecret").asText());
    }

    @Override
    public String toString() {
      return "NewSecret[clientId=" + clientId + ", secretId=" + secretId + "]";
    }
  }

  /** Creates one with these scopes. */
  public NewSecret create(String name, List<String> grants) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    ArrayNode scopes = body.putArray("grants");
    grants.forEach(scopes::add);
    return NewSecret.of(admin.once("POST", tenant + "/applications", body));
  }

  /** All of them by name. */
  public Listing<Application> list() {
    return new Listing<>(token -> {
      String after = token == null ? "" : "?after=" + Paths.value(token);
      JsonNode page = admin.read(tenant + "/applications" + after);
      List<Application> applications = new ArrayList<>();
      page.path("applications").forEach(a -> applications.add(Application.of(a)));
      return new Listing.Page<>(applications, page.path("nextAfter").asText(null), "");
    });
  }

  /** Adds a secret; older ones work until they are revoked. */
  public NewSecret rotate(String clientId, String reason) {
    return NewSecret.of(admin.once("POST", one(clientId) + ":rotate", Admin.reason(reason)));
  }

  /** Ends the application for good, its tokens too. */
  public void revoke(String clientId, String reason) {
    admin.again("POST", one(clientId) + ":revoke", Admin.reason(reason));
  }

  /** Ends one secret. */
  public void revokeSecret(String clientId, String secretId, String reason) {
    ObjectNode body = Admin.reason(reason).put("secretId", secretId);
    admin.again("POST", one(clientId) + ":revoke", body);
  }

  /**
   * Ends its tokens.
   *
   * @param issuedBefore null for now
   * @return from when on issued ones count
   */
  public Instant revokeTokens(String clientId, Instant issuedBefore, String reason) {
    ObjectNode body = Admin.reason(reason);
    if (issuedBefore != null) {
      body.put("issuedBefore", issuedBefore.toString());
    }
    JsonNode done = admin.again("POST", one(clientId) + ":revoke-tokens", body);
    return Fields.instant(done, "tokensFrom");
  }

  /** Makes one an admin of its tenant's relationships. */
  public void appointRelationshipAdmin(String clientId, String reason) {
    ObjectNode body = Admin.reason(reason).put("clientId", clientId);
    admin.again("POST", tenant + "/relationship-admins", body);
  }

  private String one(String clientId) {
    return tenant + "/applications/" + Paths.value(clientId);
  }
}
