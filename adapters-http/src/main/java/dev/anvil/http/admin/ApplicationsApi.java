package dev.anvil.http.admin;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.ApplicationInfo;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.ListApplications;
import dev.anvil.identity.RevokeApplication;
import dev.anvil.identity.RotateSecret;
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

/** Applications of a tenant and their secrets, each of which is shown once. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ApplicationsApi {
  private static final int CREATED = 201;

  private final UseCases.Administration admin;

  /** On these use cases. */
  public ApplicationsApi(UseCases.Administration admin) {
    this.admin = admin;
  }

  /** A new application. */
  public record NewApplication(String name, List<String> grants, String reason) {}

  /** Which secret to end; without one the application ends. */
  public record Revocation(String secretId, String reason) {}

  /** A secret that works, without what is secret. */
  public record Secret(String secretId, String createdAt) {}

  /** An application. */
  public record Application(
      String clientId,
      String tenant,
      String name,
      boolean revoked,
      String createdAt,
      int grants,
      List<Secret> secrets) {
    static Application of(ApplicationInfo a) {
      return new Application(
          a.clientId(),
          a.tenant(),
          a.name(),
          a.revoked(),
          a.createdAt().toString(),
          a.grants(),
          a.secrets().stream().map(s -> new Secret(s.id(), s.createdAt().toString())).toList());
    }
  }

  /** A page of applications. */
  public record ApplicationPage(List<Application> applications, String nextAfter) {}

  /** Credentials as they are shown, this once. */
  public record NewCredentials(
      String clientId,
      String clientSecret,
      String tenant,
      String name,
      String secretId,
      List<String> grants) {
    @Override
    public String toString() {
      return "NewCredentials[" + clientId + "]";
    }
  }

  @POST
  @Path("v1/admin/tenants/{tenant}/applications")
  @Operation(summary = "Creates an application; its secret is shown this once")
  @ApiResponse(
      responseCode = "201",
      description = "Created.",
      content = @Content(schema = @Schema(implementation = NewCredentials.class)))
  public Response createApplication(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      NewApplication body) {
    NewApplication made = Values.required(body);
    var command =
        new CreateApplication.Command(
            tenant,
            Values.member("name", made.name()),
            made.grants() == null ? List.of() : made.grants(),
            made.reason());
    var done = admin.createApplication().execute(Exchanges.call(request), command);
    ApplicationInfo application = done.application();
    return Response.status(CREATED)
        .header("Cache-Control", "no-store")
        .entity(
            new NewCredentials(
                application.clientId(),
                done.clientSecret(),
                application.tenant(),
                application.name(),
                application.secrets().getLast().id(),
                done.grants()))
        .build();
  }

  @GET
  @Path("v1/admin/tenants/{tenant}/applications")
  @Operation(summary = "Lists a tenant's applications by name")
  public ApplicationPage listApplications(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command = new ListApplications.Command(tenant, after, Values.limit(limit));
    var page = admin.listApplications().execute(Exchanges.call(request), command);
    return new ApplicationPage(
        page.applications().stream().map(Application::of).toList(), page.next());
  }

  @POST
  @Path("v1/admin/tenants/{tenant}/applications/{clientId}:rotate")
  @Operation(summary = "Adds a secret, shown this once; older ones work until they are revoked")
  @ApiResponse(
      responseCode = "200",
      description = "Added.",
      content = @Content(schema = @Schema(implementation = NewCredentials.class)))
  public Response rotateSecret(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      @PathParam("clientId") String clientId,
      TenantsApi.Reason body) {
    var command = new RotateSecret.Command(tenant, clientId, TenantsApi.Reason.of(body));
    var done = admin.rotateSecret().execute(Exchanges.call(request), command);
    return Response.ok(
            new NewCredentials(
                clientId,
                done.clientSecret(),
                done.application().tenant(),
                done.application().name(),
                done.secretId(),
                null))
        .header("Cache-Control", "no-store")
        .build();
  }

  @POST
  @Path("v1/admin/tenants/{tenant}/applications/{clientId}:revoke")
  @Operation(summary = "Ends one secret, or the application for good")
  public Application revokeApplication(
      @Context ContainerRequestContext request,
      @PathParam("tenant") String tenant,
      @PathParam("clientId") String clientId,
      Revocation body) {
    var command =
        new RevokeApplication.Command(
            tenant,
            clientId,
            body == null ? null : body.secretId(),
            body == null ? null : body.reason());
    return Application.of(
        admin.revokeApplication().execute(Exchanges.call(request), command).application());
  }
}
