package dev.anvil.app.cli;

import dev.anvil.client.AdminApplications;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.http.ClientException;
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
    try (AnvilClient client = options.client()) {
      AdminApplications.NewSecret made =
          client.admin().applications(tenant).create(name, grants == null ? List.of() : grants);
      if (profile != null) {
        save(options, made, profile);
      }
      if (options.json()) {
        out().line(options.answered());
      } else {
        out().line("client id      " + made.clientId());
        out().line("client secret  " + made.clientSecret() + "  (shown once)");
      }
    }
    return 0;
  }

  private static void save(AdminOptions options, AdminApplications.NewSecret made, String profile) {
    String url = options.publicUrl();
    if (url == null) {
      throw new ClientException(
          ClientException.USAGE, "--profile needs a local node (--data): its address is not known");
    }
    new Profile(url, made.clientId(), made.clientSecret()).save(profile);
  }

  @Command(name = "list", description = "list a tenant's applications")
  int list(
      @Mixin AdminOptions options,
      @Option(names = "--tenant", required = true, paramLabel = "T") String tenant) {
    try (AnvilClient client =
        options.client(answer -> {
          if (options.json()) {
            out().line(answer);
          }
        })) {
      client
          .admin()
          .applications(tenant)
          .list()
          .forEachRemaining(a -> {
            if (!options.json()) {
              String state = a.revoked() ? "  (revoked)" : "";
              out().line(a.clientId() + "  " + Out.safe(a.name()) + state);
            }
          });
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
    try (AnvilClient client = options.client()) {
      AdminApplications.NewSecret made =
          client.admin().applications(tenant).rotate(clientId, text(reason));
      if (options.json()) {
        out().line(options.answered());
      } else {
        out().line("secret id      " + made.secretId());
        out().line("client secret  " + made.clientSecret() + "  (shown once)");
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
    try (AnvilClient client = options.client()) {
      AdminApplications applications = client.admin().applications(tenant);
      if (secret == null) {
        applications.revoke(clientId, text(reason));
      } else {
        applications.revokeSecret(clientId, secret, text(reason));
      }
      String said =
          secret == null
              ? "application " + clientId + " is revoked"
              : "secret " + secret + " is revoked";
      out().line(options.json() ? options.answered() : said);
    }
    return 0;
  }

  private static String text(String reason) {
    return reason == null ? "" : reason;
  }

  private Out out() {
    return new Out(spec);
  }
}
