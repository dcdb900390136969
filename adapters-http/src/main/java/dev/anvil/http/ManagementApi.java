package dev.anvil.http;

import dev.anvil.authz.ScreenName;
import dev.anvil.http.admin.AdminGrantsApi;
import dev.anvil.http.admin.ApplicationsApi;
import dev.anvil.http.admin.AuditApi;
import dev.anvil.http.admin.BackupsApi;
import dev.anvil.http.admin.FindingsApi;
import dev.anvil.http.admin.InspectionApi;
import dev.anvil.http.admin.KeysApi;
import dev.anvil.http.admin.LockClockApi;
import dev.anvil.http.admin.NotificationsApi;
import dev.anvil.http.admin.StateApi;
import dev.anvil.http.admin.TenantCareApi;
import dev.anvil.http.admin.TenantsApi;
import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.route.RouteTable;
import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.OperatorUses;
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
          BackupsApi.class,
          FindingsApi.class,
          InspectionApi.class,
          NotificationsApi.class,
          LockClockApi.class);

  private final JerseyBridge bridge;

  ManagementApi(
      UseCases.Administration admin,
      UseCases.Upkeep upkeep,
      OperatorUses operators,
      HttpServer.Surroundings around,
      int heldBodies) {
    bridge =
        new JerseyBridge(
            List.of(
                new StateApi(around.health(), around.meters()),
                new TenantsApi(admin),
                new TenantCareApi(admin.oversight()),
                new KeysApi(admin.oversight()),
                new AuditApi(admin.oversight()),
                new ApplicationsApi(admin),
                new AdminGrantsApi(admin),
                new BackupsApi(operators),
                new FindingsApi(operators),
                new InspectionApi(around.inspection()),
                new NotificationsApi(upkeep),
                new LockClockApi(upkeep)),
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
    static final RouteTable TABLE = RouteTable.of(RESOURCES, List.of());
  }

  NativeWay way(
      NativeWay.Authenticator authenticator, Use<ScreenName.Command, ScreenName.Result> screen) {
    NativeWay.Parts parts = new NativeWay.Parts(ManagementApi::routes, bridge, Map.of());
    return NativeWay.ofAdministrators(parts, authenticator, screen);
  }
}
