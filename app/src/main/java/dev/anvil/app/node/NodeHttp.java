package dev.anvil.app.node;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.logs.LogStreams;
import dev.anvil.app.logs.RequestLines;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsException;
import dev.anvil.http.HttpServer;
import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.settings.HttpSettings;
import dev.anvil.http.telemetry.Inspection;
import dev.anvil.http.telemetry.PrometheusMeters;
import java.util.function.Supplier;

/** The listeners over the use cases. */
final class NodeHttp {
  private static final int HEAP_SHARE = 4;

  private NodeHttp() {}

  static HttpServer start(
      Settings settings,
      NodeSecrets secrets,
      NodeParts parts,
      NodeHealth health,
      LogStreams logs,
      Inspection inspection,
      NodeTime time,
      PrometheusMeters meters) {
    HttpSettings listen =
        new HttpSettings(
            settings.api().host(),
            settings.api().port(),
            settings.management().host(),
            settings.management().port(),
            limits(),
            ListenerTls.ofPublic(settings.edge()),
            ListenerTls.ofManagement(settings.edge()));
    HttpServer.Surroundings around =
        new HttpServer.Surroundings(
            time.ticker(),
            new RequestIds(time.random()),
            parts
                .admission()
                .counting(new RequestLines(logs, time.clock(), settings.log().slowMillis())),
            meters,
            health,
            S3Parts.way(settings, parts, time),
            inspection);
    HttpServer server =
        wired(() ->
            new HttpServer(
                listen,
                around,
                ObjectUseCases.of(
                    parts.objects(),
                    settings.region(),
                    time.ticker(),
                    parts.watches().useCases(parts.relations().services().relationships()),
                    parts.relations().useCases(),
                    IdentityUseCases.identity(parts.identity(), parts.admission(), time.clock()),
                    IdentityUseCases.administration(
                        parts.identity(),
                        secrets,
                        parts.relations().services(),
                        parts.care().useCases()))));
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

  /** What cannot be wired is a certificate or key that cannot be used. */
  private static HttpServer wired(Supplier<HttpServer> server) {
    try {
      return server.get();
    } catch (IllegalArgumentException e) {
      throw new SettingsException("TLS_CERT_FILE and TLS_KEY_FILE: " + e.getMessage());
    }
  }

  /** A smaller heap has less room for bodies that are read whole. */
  private static HttpLimits limits() {
    HttpLimits standard = HttpLimits.standard();
    long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    return standard.withHeldBodies((int) Math.min(standard.heldBodies(), share));
  }
}
