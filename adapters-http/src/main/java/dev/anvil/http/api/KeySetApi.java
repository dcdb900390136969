package dev.anvil.http.api;

import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Open;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.PublishKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Public keys of access tokens (RFC 7517). */
@Path("/")
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
public final class KeySetApi {
  private static final String FOR_A_WHILE = "public, max-age=300";

  private final UseCases.Identity identity;

  /** On these use cases. */
  public KeySetApi(UseCases.Identity identity) {
    this.identity = identity;
  }

  @GET
  @Path("v1/oauth/jwks")
  @Open
  @Operation(summary = "The public keys that verify tokens; none while they are signed with HS256")
  public Response publishKeys(@Context ContainerRequestContext request) {
    var done = identity.publish().execute(Exchanges.call(request), new PublishKeys.Command());
    return Response.ok(done.jwkSet()).header("Cache-Control", FOR_A_WHILE).build();
  }
}
