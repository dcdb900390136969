package dev.anvil.http.admin;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.ListKeys;
import dev.anvil.identity.RevokeToken;
import dev.anvil.identity.RevokeTokens;
import dev.anvil.identity.RotateAdminCredential;
import dev.anvil.identity.RotateKey;
import dev.anvil.ports.failure.Invalid;
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
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keys of the deployment, its admin credential, and the end of tokens. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class KeysApi {
  private final UseCases.Oversight oversight;

  /** On these use cases. */
  public KeysApi(UseCases.Oversight oversight) {
    this.oversight = oversight;
  }

  /** A key without what is secret; {@code secrets} are those of applications sealed under it. */
  public record Key(String kind, String id, boolean current, String retiredAt, long secrets) {}

  /** All keys, the newest of each kind first. */
  public record Keys(List<Key> keys) {}

  /** Which key: sealing or token. */
  public record Rotation(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              allowableValues = {"sealing", "token"})
          String kind,
      String reason) {}

  /** The new key. */
  public record Rotated(String kind, String id) {}

  /** The admin credential as it is shown, this once. */
  public record NewCredential(String credential) {
    @Override
    public String toString() {
      return "NewCredential[hidden]";
    }
  }

  /** Which token, by its id or itself. */
  public record TokenEnd(String tokenId, String token, String reason) {
    @Override
    public String toString() {
      return "TokenEnd[hidden]";
    }
  }

  /** A token that is refused from now on; it would have expired at {@code until}. */
  public record TokenEnded(String tokenId, String until) {}

  /** Tokens issued before are ended; absent for now. */
  public record TokensEnd(String issuedBefore, String reason) {}

  /** Tokens issued earlier are refused. */
  public record TokensEnded(String tokensFrom) {}

  @GET
  @Path("v1/admin/keys")
  @Operation(summary = "Lists the keys that seal stored secrets and sign tokens")
  public Keys listKeys(@Context ContainerRequestContext request) {
    var found = oversight.keys().execute(Exchanges.call(request), new ListKeys.Command());
    return new Keys(
        found.keys().stream()
            .map(k -> new Key(k.kind(), k.id(), k.current(), text(k.retiredAt()), k.secrets()))
            .toList());
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }

  @POST
  @Path("v1/admin/keys:rotate")
  @Operation(summary = "Puts a new key in use; what was made under the older ones goes on")
  public Rotated rotateKey(@Context ContainerRequestContext request, Rotation body) {
    Rotation r = Values.required(body);
    var command = new RotateKey.Command(r.kind(), r.reason());
    return new Rotated(
        r.kind(), oversight.rotateKey().execute(Exchanges.call(request), command).keyId());
  }

  @POST
  @Path("v1/admin/credential:rotate")
  @Operation(summary = "Makes a new admin credential, shown this once; the old one is refused")
  @ApiResponse(
      responseCode = "200",
      description = "Made.",
      content = @Content(schema = @Schema(implementation = NewCredential.class)))
  public Response rotateCredential(
      @Context ContainerRequestContext request, TenantsApi.Reason body) {
    var command = new RotateAdminCredential.Command(TenantsApi.Reason.of(body));
    var done = oversight.rotateCredential().execute(Exchanges.call(request), command);
    return Response.ok(new NewCredential(done.credential()))
        .header("Cache-Control", "no-store")
        .build();
  }

  @POST
  @Path("v1/admin/tokens:revoke")
  @Operation(summary = "Ends one token, named by its id (jti) or by itself")
  public TokenEnded revokeToken(@Context ContainerRequestContext request, TokenEnd body) {
    TokenEnd end = Values.required(body);
    var command = new RevokeToken.Command(end.tokenId(), end.token(), end.reason());
    var done = oversight.revokeToken().execute(Exchanges.call(request), command);
    return new TokenEnded(done.tokenId(), done.until().toString());
  }

  @POST
  @Path("v1/admin/tenants/{tenant}/applications/{clientId}:revoke-tokens")
  @Operation(summary = "Ends every token of an application issued until now, or before a time")
  public TokensEnded revokeTokens(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      @PathParam("clientId") String clientId,
      TokensEnd body) {
    var command =
        new RevokeTokens.Command(
            tenant,
            clientId,
            body == null ? null : instant(body.issuedBefore()),
            body == null ? null : body.reason());
    var done = oversight.revokeTokens().execute(Exchanges.call(request), command);
    return new TokensEnded(done.tokensFrom().toString());
  }

  private static Instant instant(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'issuedBefore' is a time such as 2026-01-31T12:00:00Z.",
          Map.of("name", "issuedBefore"));
    }
  }
}
