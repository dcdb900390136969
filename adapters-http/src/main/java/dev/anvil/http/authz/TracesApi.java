package dev.anvil.http.authz;

import dev.anvil.authz.relations.ExpandPermission;
import dev.anvil.authz.relations.ReadAuthzStatus;
import dev.anvil.authz.relations.SwitchClosure;
import dev.anvil.authz.store.ClosureSwitches;
import dev.anvil.http.authz.TupleDocuments.ObjectDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Expansions, and where relationships stand. */
@Path("/")
@Tag(name = "authz")
@Produces(MediaType.APPLICATION_JSON)
public final class TracesApi {
  private final UseCases.Relations relations;

  /** On these use cases. */
  public TracesApi(UseCases.Relations relations) {
    this.relations = relations;
  }

  /** What to expand; without a depth as deep as the server goes. */
  public record Expand(
      ObjectDocument resource, String permission, Integer depth, ConsistencyDocument consistency) {}

  /** The tree. */
  public record Expanded(TraceDocument tree, String token, String evaluatedAt) {}

  @POST
  @Path("v1/authz/expand")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "The tree of operators and tuples behind a member of an object")
  public Expanded expandPermission(@Context ContainerRequestContext request, Expand body) {
    Expand b = Values.required(body);
    var done =
        relations
            .expand()
            .execute(
                Exchanges.call(request),
                new ExpandPermission.Command(
                    Values.member("resource", b.resource()).ref("resource"),
                    Values.member("permission", b.permission()),
                    b.depth() == null ? 0 : b.depth(),
                    ConsistencyDocument.of(b.consistency())));
    return new Expanded(TraceDocument.of(done.tree()), done.token(), done.evaluatedAt().toString());
  }

  /** How far the index of one relation is. */
  public record Closure(
      String type,
      String relation,
      boolean on,
      boolean building,
      long lagEntries,
      double lagSeconds,
      long sets,
      long pairs,
      long fallbacks) {
    static Closure of(ClosureSwitches.Standing c) {
      return new Closure(
          c.type(),
          c.relation(),
          c.on(),
          c.building(),
          c.lagEntries(),
          c.lag().toMillis() / 1e3,
          c.sets(),
          c.pairs(),
          c.behind());
    }
  }

  /** What was asked of an index; it happens in the background. */
  public record Switched(String type, String relation, String closure) {}

  @PUT
  @Path("v1/authz/closures/{type}/{relation}")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Keeps an index of a relation that admits its own userset")
  public Switched keepClosure(
      @Context ContainerRequestContext request,
      @PathParam("type") String type,
      @PathParam("relation") String relation) {
    return switched(request, type, relation, ClosureSwitches.To.ON, "on");
  }

  @DELETE
  @Path("v1/authz/closures/{type}/{relation}")
  @Operation(summary = "Keeps the index of a relation no longer")
  public Switched dropClosure(
      @Context ContainerRequestContext request,
      @PathParam("type") String type,
      @PathParam("relation") String relation) {
    return switched(request, type, relation, ClosureSwitches.To.OFF, "off");
  }

  @POST
  @Path("v1/authz/closures/{type}/{relation}:rebuild")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Makes the index of a relation anew")
  public Switched rebuildClosure(
      @Context ContainerRequestContext request,
      @PathParam("type") String type,
      @PathParam("relation") String relation) {
    return switched(request, type, relation, ClosureSwitches.To.ANEW, "rebuilding");
  }

  private Switched switched(
      ContainerRequestContext request,
      String type,
      String relation,
      ClosureSwitches.To to,
      String said) {
    relations
        .closure()
        .execute(Exchanges.call(request), new SwitchClosure.Command(type, relation, to));
    return new Switched(type, relation, said);
  }

  /** Where relationships stand. */
  public record Status(
      String token,
      int schemaVersion,
      String schemaDigest,
      long tuples,
      List<Closure> closures,
      String evaluatedAt) {}

  @GET
  @Path("v1/authz/status")
  @Operation(summary = "Where the tenant's relationships and their indexes stand")
  public Status authzStatus(@Context ContainerRequestContext request) {
    var s = relations.status().execute(Exchanges.call(request), new ReadAuthzStatus.Command());
    return new Status(
        s.token(),
        s.schemaVersion(),
        s.schemaDigest(),
        s.tuples(),
        s.closures().stream().map(Closure::of).toList(),
        s.evaluatedAt().toString());
  }
}
