package dev.anvil.http;

import dev.anvil.authz.ScreenName;
import dev.anvil.http.admin.AdminGrantsApi;
import dev.anvil.http.admin.ApplicationsApi;
import dev.anvil.http.admin.AuditApi;
import dev.anvil.http.admin.InspectionApi;
import dev.anvil.http.admin.KeysApi;
import dev.anvil.http.admin.StateApi;
import dev.anvil.http.admin.TenantCareApi;
import dev.anvil.http.admin.TenantsApi;
import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.jersey.Resources;
import dev.anvil.http.route.RouteTable;
import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.Use;
import dev.anvil.http.use.UseCases;
import java.util.List;
import java.util.Map;

/** Every operation of the management listener, wired. */
final class ManagementApi {
  /** Types that describe operations. */
  static final List<Class<?>> RESOURCES =
      List.of(
          StateApi.class,
          TenantsApi.class,
          TenantCareApi.class,
          ApplicationsApi.class,
          AdminGrantsApi.class,
          KeysApi.class,
          AuditApi.class,
          InspectionApi.class);

  private final JerseyBridge bridge;

  ManagementApi(UseCases.Administration admin, HttpServer.Surroundings around, int heldBodies) {
    bridge =
        new JerseyBridge(
            Resources.of(
                List.of(
                    new StateApi(around.health(), around.meters()),
                    new TenantsApi(admin),
                    new TenantCareApi(admin.oversight()),
                    new KeysApi(admin.oversight()),
                    new AuditApi(admin.oversight()),
                    new ApplicationsApi(admin),
                    new AdminGrantsApi(admin),
                    new InspectionApi(around.inspection()))),
            heldBodies);
  }

  JerseyBridge bridge() {
    return bridge;
  }

  static RouteTable routes() {
    return RouteTable.of(RESOURCES, List.of());
  }

  NativeWay way(
      NativeWay.Authenticator authenticator, Use<ScreenName.Command, ScreenName.Result> screen) {
    NativeWay.Parts parts = new NativeWay.Parts(routes(), bridge, Map.of());
    return NativeWay.ofAdministrators(parts, authenticator, screen);
  }
}
