package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applications. */
@Command(name = "app", description = "create, list, rotate and revoke applications of a tenant")
final class AdminAppCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "create",
      description = {
        "create an application; its secret is shown once",
        "example: anvil admin app create --tenant acme --name web --grant 'object:*|bucket:docs/*'"
      })
  int create(
      @Mixin AdminOptions options,
      @Option(names = "--tenant", required = true, paramLabel = "T") String tenant,
      @Option(names = "--name", required = true, paramLabel = "A") String name,
      @Option(
              names = "--grant",
              paramLabel = "action|resource",
              description = "a scope the application may use; may be repeated")
          List<String> grants,
      @Option(
              names = "--profile",
              paramLabel = "NAME",
              description = "save address and credentials under this name for client verbs")
          String profile) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    if (grants != null) {
      grants.forEach(body.putArray("grants")::add);
    }
    try (AnvilHttp admin = options.connect()) {
      JsonNode made =
          admin.json("POST", "/v1/admin/tenants/" + Paths.value(tenant) + "/applications", body);
      if (profile != null) {
        save(options, made, profile);
      }
      if (options.json()) {
        out().line(made.toString());
      } else {
        out().line("client id      " + made.path("clientId").asText());
        out().line("client secret  " + made.path("clientSecret").asText() + "  (shown once)");
      }
    }
    return 0;
  }

  private static void save(AdminOptions options, JsonNode made, String profile) {
    String url = options.publicUrl();
    if (url == null) {
      throw new ClientException(
          ClientException.USAGE, "--profile needs a local node (--data): its address is not known");
    }
    new Profile(url, made.path("clientId").asText(), made.path("clientSecret").asText())
        .save(profile);
  }

  @Command(name = "list", description = "list a tenant's applications")
  int list(
      @Mixin AdminOptions options,
      @Option(names = "--tenant", required = true, paramLabel = "T") String tenant) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer =
          admin.json("GET", "/v1/admin/tenants/" + Paths.value(tenant) + "/applications", null);
      if (options.json()) {
        out().line(answer.toString());
      } else {
        answer
            .path("applications")
            .forEach(
                a -> out().line(a.path("clientId").asText() + "  " + Out.safe(a.path("name"))));
      }
    }
    return 0;
  }

  @Command(
      name = "rotate",
      description = {
        "add a secret, shown once; the older ones work until they are revoked",
        "example: anvil admin app rotate --tenant acme ID"
      })
  int rotate(
      @Mixin AdminOptions options,
      @Option(names = "--tenant", required = true, paramLabel = "T") String tenant,
      @Parameters(paramLabel = "CLIENT_ID") String clientId,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode made = admin.json("POST", path(tenant, clientId, ":rotate"), body(null, reason));
      if (options.json()) {
        out().line(made.toString());
      } else {
        out().line("secret id      " + made.path("secretId").asText());
        out().line("client secret  " + made.path("clientSecret").asText() + "  (shown once)");
      }
    }
    return 0;
  }

  @Command(
      name = "revoke",
      description = {
        "end one secret, or without --secret the application for good; at once, tokens too",
        "example: anvil admin app revoke --tenant acme ID --secret SECRET_ID"
      })
  int revoke(
      @Mixin AdminOptions options,
      @Option(names = "--tenant", required = true, paramLabel = "T") String tenant,
      @Parameters(paramLabel = "CLIENT_ID") String clientId,
      @Option(names = "--secret", paramLabel = "SECRET_ID") String secret,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode now = admin.json("POST", path(tenant, clientId, ":revoke"), body(secret, reason));
      out()
          .line(
              options.json()
                  ? Json.text(now)
                  : secret == null
                      ? "application " + clientId + " is revoked"
                      : "secret " + secret + " is revoked");
    }
    return 0;
  }

  private static String path(String tenant, String clientId, String verb) {
    return "/v1/admin/tenants/"
        + Paths.value(tenant)
        + "/applications/"
        + Paths.value(clientId)
        + verb;
  }

  private static ObjectNode body(String secret, String reason) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
    return secret == null ? body : body.put("secretId", secret);
  }

  private Out out() {
    return new Out(spec);
  }
}
