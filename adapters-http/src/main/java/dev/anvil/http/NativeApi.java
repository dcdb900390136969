package dev.anvil.http;

import dev.anvil.http.api.BatchApi;
import dev.anvil.http.api.BucketsApi;
import dev.anvil.http.api.CopiesApi;
import dev.anvil.http.api.ExposuresApi;
import dev.anvil.http.api.GrantsApi;
import dev.anvil.http.api.HealthApi;
import dev.anvil.http.api.KeySetApi;
import dev.anvil.http.api.ListsApi;
import dev.anvil.http.api.ManifestsApi;
import dev.anvil.http.api.ObjectsApi;
import dev.anvil.http.api.StreamsApi;
import dev.anvil.http.api.TokenApi;
import dev.anvil.http.api.TokenThrottle;
import dev.anvil.http.api.UploadsApi;
import dev.anvil.http.authz.FindsApi;
import dev.anvil.http.authz.QuestionsApi;
import dev.anvil.http.authz.SchemaApi;
import dev.anvil.http.authz.TracesApi;
import dev.anvil.http.authz.TuplesApi;
import dev.anvil.http.bytes.ByteRoutes;
import dev.anvil.http.bytes.DeleteHandler;
import dev.anvil.http.bytes.GetHandler;
import dev.anvil.http.bytes.PutHandler;
import dev.anvil.http.bytes.PutPartHandler;
import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.route.RouteTable;
import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.watch.WatchHandler;
import dev.anvil.http.watch.WatchRoutes;
import dev.anvil.journal.watch.CursorTexts;
import java.util.List;
import java.util.Map;

/** Every operation of the public listener, wired; the one place a new one is added to. */
final class NativeApi {
  /** Types that describe operations: JAX-RS resources, then interfaces of plain handlers. */
  static final List<Class<?>> RESOURCES =
      List.of(
          HealthApi.class,
          BucketsApi.class,
          ExposuresApi.class,
          ListsApi.class,
          ObjectsApi.class,
          CopiesApi.class,
          BatchApi.class,
          UploadsApi.class,
          ManifestsApi.class,
          StreamsApi.class,
          SchemaApi.class,
          TuplesApi.class,
          QuestionsApi.class,
          FindsApi.class,
          TracesApi.class,
          TokenApi.class,
          KeySetApi.class,
          GrantsApi.class);

  static final List<Class<?>> PLAIN = List.of(ByteRoutes.class, WatchRoutes.class);

  private final UseCases useCases;
  private final JerseyBridge bridge;

  NativeApi(UseCases useCases, HttpServer.Surroundings around, int heldBodies) {
    this.useCases = useCases;
    CursorTexts cursors = useCases.watches().cursors();
    bridge =
        new JerseyBridge(
            List.of(
                new HealthApi(around.health()),
                new BucketsApi(useCases.buckets(), cursors),
                new ExposuresApi(useCases.exposures(), cursors),
                new ListsApi(useCases.objects(), cursors),
                new ObjectsApi(useCases.copies(), cursors),
                new CopiesApi(useCases.copies(), cursors),
                new BatchApi(useCases.batches(), cursors),
                new UploadsApi(useCases.uploads(), cursors),
                new ManifestsApi(useCases.manifests(), cursors),
                new StreamsApi(useCases.streams(), cursors),
                new SchemaApi(useCases.relations()),
                new TuplesApi(useCases.relations()),
                new QuestionsApi(useCases.relations()),
                new FindsApi(useCases.relations()),
                new TracesApi(useCases.relations()),
                new TokenApi(useCases.identity(), new TokenThrottle(around.ticker())),
                new KeySetApi(useCases.identity()),
                new GrantsApi(useCases.identity())),
            heldBodies);
  }

  JerseyBridge bridge() {
    return bridge;
  }

  /** The same table for every server: what it is read from does not change. */
  static RouteTable routes() {
    return Routes.TABLE;
  }

  /** Read once, by whoever is first. */
  private static final class Routes {
    static final RouteTable TABLE = RouteTable.of(RESOURCES, PLAIN);
  }

  NativeWay way(NativeWay.Authenticator authenticator) {
    CursorTexts cursors = useCases.watches().cursors();
    WatchHandler watch = new WatchHandler(useCases.watches(), authenticator);
    GetHandler get = new GetHandler(useCases.objects(), cursors);
    Map<String, NativeWay.Plain> plain =
        Map.of(
            "getObject",
            get,
            "headObject",
            get,
            "putObject",
            new PutHandler(useCases.objects(), cursors),
            "deleteObject",
            new DeleteHandler(useCases.objects(), cursors),
            "putPart",
            new PutPartHandler(useCases.uploads(), cursors),
            "watchBucket",
            watch,
            "watchTenant",
            watch,
            "watchRelationships",
            watch);
    return NativeWay.ofApplications(
        new NativeWay.Parts(NativeApi::routes, bridge, plain),
        authenticator,
        useCases.objects().screen());
  }
}
