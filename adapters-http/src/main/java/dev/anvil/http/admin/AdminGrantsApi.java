package dev.anvil.http.admin;

import dev.anvil.http.documents.GrantDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.AddGrant;
import dev.anvil.identity.ListGrants;
import dev.anvil.identity.RemoveGrant;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Scopes granted to applications. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AdminGrantsApi {
  private final UseCases.Administration admin;

  /** On these use cases. */
  public AdminGrantsApi(UseCases.Administration admin) {
    this.admin = admin;
  }

  /** A grant and where it came from. */
  public record Granted(String scope, String grantedAt, String actor, String reason) {}

  /** All grants of an application. */
  public record Grants(String clientId, List<String> grants, List<Granted> details) {}

  @GET
  @Path("v1/admin/grants")
  @Operation(summary = "Lists the grants of an application")
  public Grants listGrants(
      @Context ContainerRequestContext request, @QueryParam("clientId") String clientId) {
    var command = new ListGrants.Command(Values.member("clientId", clientId));
    var found = admin.listGrants().execute(Exchanges.call(request), command);
    return new Grants(
        clientId,
        found.grants().stream().map(g -> g.scope().text()).toList(),
        found.grants().stream()
            .map(
                g -> new Granted(g.scope().text(), g.grantedAt().toString(), g.actor(), g.reason()))
            .toList());
  }

  @POST
  @Path("v1/admin/grants")
  @Operation(summary = "Grants a scope to an application")
  public GrantDocument addGrant(@Context ContainerRequestContext request, GrantDocument body) {
    GrantDocument grant = Values.required(body);
    var command = new AddGrant.Command(grant.clientId(), grant.scope(), grant.reason());
    var done = admin.addGrant().execute(Exchanges.call(request), command);
    return new GrantDocument(done.clientId(), done.scope(), grant.reason());
  }

  @DELETE
  @Path("v1/admin/grants")
  @Operation(summary = "Takes a scope back, from living tokens too")
  public GrantDocument removeGrant(@Context ContainerRequestContext request, GrantDocument body) {
    GrantDocument grant = Values.required(body);
    var command = new RemoveGrant.Command(grant.clientId(), grant.scope(), grant.reason());
    var done = admin.removeGrant().execute(Exchanges.call(request), command);
    return new GrantDocument(done.clientId(), done.scope(), grant.reason());
  }
}
