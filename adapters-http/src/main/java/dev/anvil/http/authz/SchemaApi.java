package dev.anvil.http.authz;

import dev.anvil.authz.relations.PutSchema;
import dev.anvil.authz.relations.ReadSchema;
import dev.anvil.authz.schema.Condition;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaProblem;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.StoredSchema;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.use.UseCases;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The schema of a tenant. */
@Path("/")
@Tag(name = "authz")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SchemaApi {
  private final UseCases.Relations relations;

  /** On these use cases. */
  public SchemaApi(UseCases.Relations relations) {
    this.relations = relations;
  }

  /** A question and what it must answer under the new schema. */
  public record CanaryDocument(QuestionsApi.Item question, String expected) {
    private static final Set<String> ANSWERS = Set.of("allowed", "denied", "conditional");

    SchemaWrites.Canary canary() {
      if (!ANSWERS.contains(Values.member("canary.expected", expected))) {
        throw new Invalid(
            Invalid.Reason.ARGUMENT,
            "'canary.expected' is allowed, denied or conditional, not '" + expected + "'",
            Map.of("name", "canary.expected"));
      }
      return new SchemaWrites.Canary(
          Values.member("canary.question", question).question(), expected);
    }
  }

  /** A schema to put or to look at. */
  public record Draft(String schema, List<CanaryDocument> canary) {}

  /** A version without its text. */
  public record Version(int version, String digest, String writer, String writtenAt) {
    static Version of(StoredSchema s) {
      return new Version(
          s.version(),
          HexFormat.of().formatHex(s.digest()),
          s.writer(),
          Instant.ofEpochMilli(s.writtenAt()).toString());
    }
  }

  /** The schema as it is in force or was checked. */
  public record SchemaDocument(
      Integer version,
      String schema,
      String digest,
      Map<String, String> caveats,
      List<Map<String, Object>> warnings,
      Boolean changed,
      String token) {}

  private static Map<String, String> caveats(Schema schema) {
    Map<String, String> hashes = new TreeMap<>();
    for (Condition c : schema.conditions()) {
      hashes.put(c.name(), c.hash());
    }
    return hashes;
  }

  private static List<Map<String, Object>> warnings(List<SchemaProblem> problems) {
    return problems.stream().map(SchemaReader::fields).toList();
  }

  @GET
  @Path("v1/authz/schema")
  @Operation(summary = "The schema in force, or an older version")
  public SchemaDocument readSchema(
      @Context ContainerRequestContext request, @QueryParam("version") Integer version) {
    var done =
        relations.readSchema().execute(Exchanges.call(request), new ReadSchema.Command(version));
    Schema schema = done.schema();
    return new SchemaDocument(
        done.stored().version(),
        done.stored().text(),
        HexFormat.of().formatHex(done.stored().digest()),
        schema == null ? null : caveats(schema),
        schema == null ? null : warnings(schema.warnings()),
        null,
        done.token());
  }

  /** The newest versions. */
  public record Versions(List<Version> versions, String token) {}

  @GET
  @Path("v1/authz/schema/versions")
  @Operation(summary = "Versions of the schema, newest first")
  public Versions listSchemaVersions(@Context ContainerRequestContext request) {
    var done =
        relations.readSchema().execute(Exchanges.call(request), new ReadSchema.Command(null));
    return new Versions(done.versions().stream().map(Version::of).toList(), done.token());
  }

  @PUT
  @Path("v1/authz/schema")
  @Body(Body.Kind.BATCH)
  @Operation(summary = "Puts a schema in force; an equal one makes no new version")
  public SchemaDocument putSchema(
      @Context ContainerRequestContext request,
      @HeaderParam("If-Match") String ifMatch,
      @QueryParam("strict") Boolean strict,
      @QueryParam("stranded") String stranded,
      Draft body) {
    return put(request, ifMatch, strict, stranded, body, false);
  }

  @POST
  @Path("v1/authz/schema:validate")
  @Body(Body.Kind.BATCH)
  @Operation(summary = "Checks a schema as a put would, and stores nothing")
  public SchemaDocument validateSchema(
      @Context ContainerRequestContext request,
      @QueryParam("strict") Boolean strict,
      @QueryParam("stranded") String stranded,
      Draft body) {
    return put(request, null, strict, stranded, body, true);
  }

  private SchemaDocument put(
      ContainerRequestContext request,
      String ifMatch,
      Boolean strict,
      String stranded,
      Draft body,
      boolean dry) {
    Draft draft = Values.required(body);
    if (stranded != null && !stranded.equals("inert")) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT, "'stranded' is 'inert'", Map.of("name", "stranded"));
    }
    SchemaWrites.Put put =
        new SchemaWrites.Put(
            Values.member("schema", draft.schema()),
            Boolean.TRUE.equals(strict),
            version(ifMatch),
            stranded != null,
            draft.canary() == null
                ? List.of()
                : draft.canary().stream().map(CanaryDocument::canary).toList());
    var done =
        relations.putSchema().execute(Exchanges.call(request), new PutSchema.Command(put, dry));
    Schema schema = done.schema();
    return new SchemaDocument(
        dry ? null : done.version(),
        null,
        schema.digestText(),
        caveats(schema),
        warnings(schema.warnings()),
        dry ? null : done.changed(),
        done.token());
  }

  private static Integer version(String ifMatch) {
    if (ifMatch == null) {
      return null;
    }
    String digits = ifMatch.replace("\"", "").strip();
    if (!digits.matches("[0-9]{1,9}")) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "If-Match names a schema version, for example \"3\"",
          Map.of("name", "If-Match"));
    }
    return Integer.valueOf(digits);
  }
}
