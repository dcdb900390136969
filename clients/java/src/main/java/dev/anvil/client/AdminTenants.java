package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The deployment's tenants. */
public final class AdminTenants {
  private static final String PATH = "/v1/admin/tenants";

  private final Admin admin;

  AdminTenants(Admin admin) {
    this.admin = admin;
  }

  /** A tenant. */
  public record Tenant(
      String name, Instant createdAt, boolean suspended, boolean deleting, Limits limits) {
    static Tenant of(JsonNode read) {
      JsonNode limits = read.path("limits");
      return new Tenant(
          read.path("name").asText(),
          Fields.instant(read, "createdAt"),
          read.path("suspended").asBoolean(),
          read.path("deleting").asBoolean(),
          new Limits(
              number(limits.path("requestsPerSecond")),
              number(limits.path("bytesInPerSecond")),
              number(limits.path("bytesOutPerSecond")),
              number(limits.path("quotaBytes")),
              number(limits.path("quotaObjects"))));
    }

    private static Long number(JsonNode value) {
      return value.isNumber() ? value.asLong() : null;
    }
  }

  /** What a tenant may use; null is the node's usual rate, or no quota. */
  public record Limits(
      Long requestsPerSecond,
      Long bytesInPerSecond,
      Long bytesOutPerSecond,
      Long quotaBytes,
      Long quotaObjects) {}

  /** Creates one; 409 if it is there. */
  public Tenant create(String name) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    return Tenant.of(admin.once("POST", PATH, body));
  }

  /** All of them by name. */
  public Listing<Tenant> list() {
    return new Listing<>(token -> {
      JsonNode page = admin.read(token == null ? PATH : PATH + "?after=" + Paths.value(token));
      List<Tenant> tenants = new ArrayList<>();
      page.path("tenants").forEach(t -> tenants.add(Tenant.of(t)));
      return new Listing.Page<>(tenants, page.path("nextAfter").asText(null), "");
    });
  }

  /** Refuses its applications from now on. */
  public Tenant suspend(String name, String reason) {
    return Tenant.of(admin.again("POST", one(name) + ":suspend", Admin.reason(reason)));
  }

  /** Lets a suspended one go on. */
  public Tenant resume(String name, String reason) {
    return Tenant.of(admin.again("POST", one(name) + ":resume", Admin.reason(reason)));
  }

  /** Says what it may use: all of it, null is the usual. */
  public Tenant limit(String name, Limits limits) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("requestsPerSecond", limits.requestsPerSecond())
            .put("bytesInPerSecond", limits.bytesInPerSecond())
            .put("bytesOutPerSecond", limits.bytesOutPerSecond())
            .put("quotaBytes", limits.quotaBytes())
            .put("quotaObjects", limits.quotaObjects());
    return Tenant.of(admin.again("PUT", one(name) + "/limits", body));
  }

  /** Deletes it: refused at once, erased in the background with all that it holds. */
  public Tenant delete(String name, String reason) {
    String query = reason.isEmpty() ? "" : "?reason=" + Paths.value(reason);
    return Tenant.of(admin.again("DELETE", one(name) + query, null));
  }

  private static String one(String name) {
    return PATH + "/" + Paths.value(name);
  }
}
