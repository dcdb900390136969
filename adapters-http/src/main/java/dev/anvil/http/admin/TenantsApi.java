package dev.anvil.http.admin;

import dev.anvil.authz.relations.AppointTenantAdmin;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.ListTenants;
import dev.anvil.identity.SuspendTenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Tenants. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TenantsApi {
  private static final int CREATED = 201;

  private final UseCases.Administration admin;

  /** On these use cases. */
  public TenantsApi(UseCases.Administration admin) {
    this.admin = admin;
  }

  /** A new tenant. */
  public record NewTenant(String name) {}

  /** Why something is done; may be left out. */
  public record Reason(String reason) {
    static String of(Reason body) {
      return body == null ? null : body.reason();
    }
  }

  /** A tenant. */
  public record Tenant(
      String name,
      boolean suspended,
      boolean deleting,
      String createdAt,
      TenantCareApi.Limits limits) {
    static Tenant of(dev.anvil.identity.Tenant t) {
      return new Tenant(
          t.name(),
          t.suspended(),
          t.deleting(),
          t.createdAt().toString(),
          TenantCareApi.Limits.of(t.limits()));
    }
  }

  /** A page of tenants. */
  public record TenantPage(List<Tenant> tenants, String nextAfter) {}

  @POST
  @Path("v1/admin/tenants")
  @Operation(summary = "Creates a tenant")
  @ApiResponse(
      responseCode = "201",
      description = "Created.",
      content = @Content(schema = @Schema(implementation = Tenant.class)))
  public Response createTenant(@Context ContainerRequestContext request, NewTenant body) {
    var command = new CreateTenant.Command(Values.member("name", Values.required(body).name()));
    var done = admin.createTenant().execute(Exchanges.call(request), command);
    return Response.status(CREATED).entity(Tenant.of(done.tenant())).build();
  }

  @GET
  @Path("v1/admin/tenants")
  @Operation(summary = "Lists tenants by name")
  public TenantPage listTenants(
      @Context ContainerRequestContext request,
      @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command = new ListTenants.Command(after, Values.limit(limit));
    var page = admin.listTenants().execute(Exchanges.call(request), command);
    return new TenantPage(page.tenants().stream().map(Tenant::of).toList(), page.next());
  }

  @POST
  @Path("v1/admin/tenants/{tenant}:suspend")
  @Operation(summary = "Refuses a tenant's applications from now on")
  public Tenant suspendTenant(
      @Context ContainerRequestContext request, @PathParam("tenant") String tenant, Reason body) {
    return change(request, tenant, true, body);
  }

  @POST
  @Path("v1/admin/tenants/{tenant}:resume")
  @Operation(summary = "Lets a suspended tenant go on")
  public Tenant resumeTenant(
      @Context ContainerRequestContext request, @PathParam("tenant") String tenant, Reason body) {
    return change(request, tenant, false, body);
  }

  /** An application that becomes admin of its tenant's relationships. */
  public record Appointment(String clientId, String reason) {}

  /** Whether it was none before. */
  public record Appointed(boolean changed) {}

  @POST
  @Path("v1/admin/tenants/{tenant}/relationship-admins")
  @Operation(summary = "Makes an application an admin of its tenant's relationships")
  public Appointed appointTenantAdmin(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      Appointment body) {
    Appointment b = Values.required(body);
    var command = new AppointTenantAdmin.Command(tenant, b.clientId(), b.reason());
    return new Appointed(admin.appoint().execute(Exchanges.call(request), command).changed());
  }

  private Tenant change(
      ContainerRequestContext request, String tenant, boolean suspended, Reason body) {
    var command = new SuspendTenant.Command(tenant, suspended, Reason.of(body));
    return Tenant.of(admin.suspendTenant().execute(Exchanges.call(request), command).tenant());
  }
}
