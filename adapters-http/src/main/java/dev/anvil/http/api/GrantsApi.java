package dev.anvil.http.api;

import dev.anvil.http.documents.GrantDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.GrantAuthority;
import dev.anvil.identity.RevokeAuthority;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Delegation: authority the caller holds, given to another application of its tenant. */
@Path("/")
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class GrantsApi {
  private final UseCases.Identity identity;

  /** On these use cases. */
  public GrantsApi(UseCases.Identity identity) {
    this.identity = identity;
  }

  @POST
  @Path("v1/grants")
  @Operation(summary = "Gives a scope the caller holds to another application of its tenant")
  public GrantDocument grantAuthority(
      @Context ContainerRequestContext request, GrantDocument body) {
    GrantDocument grant = Values.required(body);
    var command = new GrantAuthority.Command(grant.clientId(), grant.scope(), grant.reason());
    var done = identity.grant().execute(Exchanges.call(request), command);
    return new GrantDocument(done.clientId(), done.scope(), grant.reason());
  }

  @DELETE
  @Path("v1/grants")
  @Operation(summary = "Takes such a scope back")
  public GrantDocument revokeAuthority(
      @Context ContainerRequestContext request, GrantDocument body) {
    GrantDocument grant = Values.required(body);
    var command = new RevokeAuthority.Command(grant.clientId(), grant.scope(), grant.reason());
    var done = identity.revoke().execute(Exchanges.call(request), command);
    return new GrantDocument(done.clientId(), done.scope(), grant.reason());
  }
}
