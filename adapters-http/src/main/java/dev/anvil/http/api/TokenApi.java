package dev.anvil.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.route.OfTokens;
import dev.anvil.http.route.Open;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.PercentCoding;
import dev.anvil.http.wire.Query;
import dev.anvil.http.wire.TokenProblems;
import dev.anvil.identity.Call;
import dev.anvil.identity.IssueToken;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unauthenticated;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;

/** Tokens for client credentials (RFC 6749, 4.4). */
@Path("/")
@Tag(name = "identity")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenApi {
  private static final Set<String> KNOWN =
      Set.of("grant_type", "scope", "client_id", "client_secret");

  private static final int MAX_ID_CHARS = 64;

  private final UseCases.Identity identity;
  private final TokenThrottle throttle;

  /** On these use cases. */
  public TokenApi(UseCases.Identity identity, TokenThrottle throttle) {
    this.identity = identity;
    this.throttle = throttle;
  }

  /** The answer of RFC 6749, 5.1. */
  public record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      String scope) {
    @Override
    public String toString() {
      return "Token[scope=" + scope + "]";
    }
  }

  /** Who asks; its text is never shown. */
  private record Client(String id, String secret) {
    @Override
    public String toString() {
      return "Client[" + id + "]";
    }
  }

  /** The form, for the API document. */
  @Schema(name = "TokenRequest")
  interface Form {
    @JsonProperty("grant_type")
    @Schema(allowableValues = "client_credentials", requiredMode = Schema.RequiredMode.REQUIRED)
    String grantType();

    @JsonProperty("client_id")
    String clientId();

    @JsonProperty("client_secret")
    String clientSecret();

    @JsonProperty("scope")
    @Schema(description = "action|resource, separated by spaces; absent for all that is granted")
    String scope();
  }

  @POST
  @Path("v1/oauth/token")
  @Open
  @OfTokens
  @Body(Body.Kind.FORM)
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      summary = "Gives a token for client credentials",
      description =
          "The client is named by Basic authentication or by the form, not by both. A refusal has"
              + " RFC 6749's error and error_description beside the members of a problem.")
  @ApiResponse(
      responseCode = "200",
      description = "A token.",
      content = @Content(schema = @Schema(implementation = Token.class)))
  public Response issueToken(
      @Context ContainerRequestContext request,
      @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(implementation = Form.class)))
          byte[] body) {
    Exchange exchange = Exchanges.of(request);
    exchange
        .response()
        .getHeaders()
        .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"anvil\", charset=\"UTF-8\"");
    Query form = Query.parse(new String(body, StandardCharsets.ISO_8859_1));
    form.requireOnly(KNOWN);
    requireGrantType(form.value("grant_type").orElse(""));
    Client client = client(exchange, form);
    IssueToken.Result done = issue(exchange, client, form.value("scope").orElse(null));
    exchange.response().getHeaders().remove(HttpHeader.WWW_AUTHENTICATE);
    exchange.caller("app:" + client.id());
    return Response.ok(new Token(done.token(), "Bearer", done.expiresInSeconds(), done.scope()))
        .header("Cache-Control", "no-store")
        .build();
  }

  private static void requireGrantType(String type) {
    if (type.isEmpty()) {
      throw bad("'grant_type' is missing; send client_credentials");
    }
    if (!type.equals("client_credentials")) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "The token request is refused: 'grant_type' must be client_credentials.",
          Map.of(TokenProblems.ERROR, "unsupported_grant_type"));
    }
  }

  private IssueToken.Result issue(Exchange exchange, Client client, String scope) {
    String id = String.valueOf(client.id());
    // what is remembered of a guess is bounded too
    String named = id.substring(0, Math.min(id.length(), MAX_ID_CHARS));
    throttle.admit(exchange.remote(), named);
    try {
      var command = new IssueToken.Command(client.id(), client.secret(), scope);
      var done = identity.issue().execute(Call.anonymous(exchange.id()), command);
      throttle.succeeded(exchange.remote(), named);
      return done;
    } catch (Unauthenticated e) {
      throttle.failed(exchange.remote(), named);
      throw e;
    }
  }

  private static Client client(Exchange exchange, Query form) {
    String basic = exchange.header("Authorization").orElse(null);
    boolean inForm = form.has("client_id") || form.has("client_secret");
    if (basic == null) {
      return new Client(
          form.value("client_id").orElse(null), form.value("client_secret").orElse(null));
    }
    if (inForm) {
      throw bad("the client is named twice, by Basic authentication and by the form");
    }
    if (!basic.regionMatches(true, 0, "Basic ", 0, 6)) {
      throw bad("the client authenticates with Basic or with client_id and client_secret");
    }
    try {
      byte[] pair = Base64.getDecoder().decode(basic.substring(6).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw bad("Basic authentication is base64 of id:secret");
      }
      // RFC 6749, 2.3.1: both are form-encoded before they are joined
      return new Client(
          PercentCoding.decodeForm(text.substring(0, colon)),
          PercentCoding.decodeForm(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw bad("Basic authentication is base64 of id:secret");
    }
  }

  private static Invalid bad(String what) {
    return new Invalid(Invalid.Reason.REQUEST, "The token request is refused: " + what + ".");
  }
}
