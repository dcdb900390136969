package dev.anvil.app.node;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.settings.Settings;
import dev.anvil.http.HttpLimits;
import dev.anvil.http.HttpServer;
import dev.anvil.http.HttpSettings;
import dev.anvil.http.Logins;
import dev.anvil.http.PrometheusMeters;
import dev.anvil.identity.AdminCredential;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.Call;

/** The listeners over the use cases. */
final class NodeHttp {
  private NodeHttp() {}

  static HttpServer start(
      Settings settings,
      NodeSecrets secrets,
      NodeParts parts,
      NodeHealth health,
      NodeTime time,
      PrometheusMeters meters) {
    HttpSettings listen =
        new HttpSettings(
            settings.api().host(),
            settings.api().port(),
            settings.management().host(),
            settings.management().port(),
            HttpLimits.standard());
    HttpServer.Surroundings around =
        new HttpServer.Surroundings(
            time.ticker(),
            new RequestIds(time.random()),
            new AccessLogLine(time.clock()),
            meters,
            health,
            null);
    HttpServer server =
        new HttpServer(
            listen,
            around,
            logins(secrets, parts.identity(), time),
            ObjectUseCases.of(parts.objects(), time.ticker()));
    try {
      return server.start();
    } catch (Exception e) {
      server.close();
      throw new HomeException(
          "the listeners on "
              + settings.api()
              + " and "
              + settings.management()
              + " could not start: "
              + e.getMessage()
              + "; free the port or name another with --listen and --management",
          e);
    }
  }

  private static Logins logins(NodeSecrets secrets, IdentityParts identity, NodeTime time) {
    AuthenticateToken tokens =
        new AuthenticateToken(
            identity.directory(), identity.tokens(), identity.settings(), time.clock());
    AdminCredential.Digest digest = AdminCredential.parse(secrets.adminCredential()).digest();
    AuthenticateAdmin admins = new AuthenticateAdmin(() -> digest);
    return new Logins(
        (token, request) ->
            tokens.execute(Call.anonymous(request), new AuthenticateToken.Command(token)).caller(),
        (token, request) ->
            admins.execute(Call.anonymous(request), new AuthenticateAdmin.Command(token)).caller());
  }
}
