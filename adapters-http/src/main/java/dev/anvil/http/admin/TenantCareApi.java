package dev.anvil.http.admin;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.DeleteTenant;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.TenantLimits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Limits of tenants, and their end. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TenantCareApi {
  private static final int ACCEPTED = 202;

  private final UseCases.Oversight oversight;

  /** On these use cases. */
  public TenantCareApi(UseCases.Oversight oversight) {
    this.oversight = oversight;
  }

  /** What a tenant may use; what is absent is the node's usual rate, or no quota. */
  @Schema(name = "TenantLimits")
  public record Limits(
      Long requestsPerSecond,
      Long bytesInPerSecond,
      Long bytesOutPerSecond,
      Long quotaBytes,
      Long quotaObjects) {
    static Limits of(TenantLimits l) {
      return new Limits(
          shown(l.requestsPerSecond()),
          shown(l.bytesInPerSecond()),
          shown(l.bytesOutPerSecond()),
          shown(l.quotaBytes()),
          shown(l.quotaObjects()));
    }

    private static Long shown(long value) {
      return value == TenantLimits.NONE ? null : Long.valueOf(value);
    }

    TenantLimits limits() {
      return new TenantLimits(
          meant(requestsPerSecond),
          meant(bytesInPerSecond),
          meant(bytesOutPerSecond),
          meant(quotaBytes),
          meant(quotaObjects));
    }

    private static long meant(Long value) {
      return value == null ? TenantLimits.NONE : value;
    }
  }

  @PUT
  @Path("v1/admin/tenants/{tenant}/limits")
  @Operation(summary = "Says what a tenant may use: all of it, what is left out is the usual")
  public TenantsApi.Tenant setTenantLimits(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      @QueryParam("reason") String reason,
      Limits body) {
    var command = new SetTenantLimits.Command(tenant, Values.required(body).limits(), reason);
    var done = oversight.setLimits().execute(Exchanges.call(request), command);
    return TenantsApi.Tenant.of(done.tenant());
  }

  @DELETE
  @Path("v1/admin/tenants/{tenant}")
  @Operation(
      summary = "Deletes a tenant: refused at once, erased in the background with all it holds")
  @ApiResponse(
      responseCode = "202",
      description = "Refused from now on; the name is free when everything is erased.",
      content = @Content(schema = @Schema(implementation = TenantsApi.Tenant.class)))
  public Response deleteTenant(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      @QueryParam("reason") String reason) {
    var command = new DeleteTenant.Command(tenant, reason);
    var done = oversight.deleteTenant().execute(Exchanges.call(request), command);
    return Response.status(ACCEPTED).entity(TenantsApi.Tenant.of(done.tenant())).build();
  }
}
