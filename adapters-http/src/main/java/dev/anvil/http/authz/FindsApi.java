package dev.anvil.http.authz;

import dev.anvil.authz.relations.FindObjects;
import dev.anvil.authz.relations.FindSubjects;
import dev.anvil.authz.store.Lists;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.http.authz.ListLines.Page;
import dev.anvil.http.authz.TupleDocuments.ObjectDocument;
import dev.anvil.http.authz.TupleDocuments.SubjectDocument;
import dev.anvil.http.authz.TupleDocuments.TupleDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.Call;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
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
import java.util.ArrayList;
import java.util.List;

/** Lists of objects and of subjects: page by page, or all pages as lines of JSON. */
@Path("/")
@Tag(name = "authz")
@Produces({MediaType.APPLICATION_JSON, ListLines.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
public final class FindsApi {
  private final UseCases.Relations relations;

  /** On these use cases. */
  public FindsApi(UseCases.Relations relations) {
    this.relations = relations;
  }

  /** Which objects. */
  public record ListObjects(
      String type,
      String permission,
      SubjectDocument subject,
      JsonContext context,
      List<TupleDocument> contextualTuples,
      Integer limit,
      String after,
      ConsistencyDocument consistency) {}

  /**
   * One entry.
   *
   * @param missing names of values that decide, if it is conditional
   * @param exact of a prefix of the server's own resources: whether nothing below it takes away
   */
  public record Entry(String id, String result, List<String> missing, Boolean exact) {
    static Entry of(Lists.Found f) {
      return new Entry(f.id(), f.outcome().wire(), QuestionsApi.names(f.missing()), f.exact());
    }
  }

  /** A page of objects. */
  public record Objects(
      List<Entry> objects, String next, boolean complete, String token, String evaluatedAt) {}

  @POST
  @Path("v1/authz/list-objects")
  @Operation(summary = "Objects of a type that a subject has a permission of")
  @ApiResponse(
      responseCode = "200",
      description = "A page; as lines of JSON one entry a line, and a last line with end",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Objects.class)),
        @Content(mediaType = ListLines.MEDIA_TYPE, schema = @Schema(implementation = Entry.class))
      })
  public Response listAuthorizedObjects(
      @Context ContainerRequestContext request, ListObjects body) {
    ListObjects b = Values.required(body);
    Call call = Exchanges.call(request);
    return ListLines.answer(
        request,
        b.after(),
        after -> objects(call, b, after),
        page -> new Page(page.objects(), page.next(), page.token()));
  }

  private Objects objects(Call call, ListObjects b, String after) {
    var done =
        relations
            .objects()
            .execute(
                call,
                new FindObjects.Command(
                    Values.member("type", b.type()),
                    Values.member("permission", b.permission()),
                    Values.member("subject", b.subject()).ref("subject"),
                    JsonContext.of(b.context()),
                    QuestionsApi.tuples(b.contextualTuples()),
                    b.limit() == null ? 0 : b.limit(),
                    after,
                    ConsistencyDocument.of(b.consistency())));
    return new Objects(
        done.objects().stream().map(Entry::of).toList(),
        done.next(),
        done.complete(),
        done.token(),
        done.evaluatedAt().toString());
  }

  /** Which subjects. */
  public record ListSubjects(
      ObjectDocument resource,
      String permission,
      String subjectType,
      String subjectRelation,
      JsonContext context,
      List<TupleDocument> contextualTuples,
      Integer limit,
      String after,
      ConsistencyDocument consistency) {}

  /** One entry; a wildcard names who is not in. */
  public record SubjectEntry(
      String subject, String result, List<String> missing, List<String> except) {}

  /** A page of subjects. */
  public record Subjects(
      List<SubjectEntry> subjects,
      String next,
      boolean complete,
      String token,
      String evaluatedAt) {}

  @POST
  @Path("v1/authz/list-subjects")
  @Operation(summary = "Subjects of a kind that have a permission of an object")
  @ApiResponse(
      responseCode = "200",
      description = "A page; as lines of JSON one entry a line, and a last line with end",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Subjects.class)),
        @Content(
            mediaType = ListLines.MEDIA_TYPE,
            schema = @Schema(implementation = SubjectEntry.class))
      })
  public Response listAuthorizedSubjects(
      @Context ContainerRequestContext request, ListSubjects body) {
    ListSubjects b = Values.required(body);
    Call call = Exchanges.call(request);
    return ListLines.answer(
        request,
        b.after(),
        after -> subjects(call, b, after),
        page -> new Page(page.subjects(), page.next(), page.token()));
  }

  private Subjects subjects(Call call, ListSubjects b, String after) {
    var done =
        relations
            .subjects()
            .execute(
                call,
                new FindSubjects.Command(
                    Values.member("resource", b.resource()).ref("resource"),
                    Values.member("permission", b.permission()),
                    Values.member("subjectType", b.subjectType()),
                    b.subjectRelation(),
                    JsonContext.of(b.context()),
                    QuestionsApi.tuples(b.contextualTuples()),
                    b.limit() == null ? 0 : b.limit(),
                    after,
                    ConsistencyDocument.of(b.consistency())));
    List<SubjectEntry> entries = new ArrayList<>();
    Lists.Wildcard wildcard = done.wildcard();
    if (wildcard != null) {
      SubjectRef everybody = new SubjectRef(b.subjectType(), SubjectRef.WILDCARD, null);
      entries.add(
          new SubjectEntry(
              everybody.toString(),
              wildcard.outcome().wire(),
              QuestionsApi.names(wildcard.missing()),
              wildcard.except()));
    }
    for (int i = 0; i < done.subjects().size(); i++) {
      Lists.Found f = done.found().get(i);
      entries.add(
          new SubjectEntry(
              done.subjects().get(i).toString(),
              f.outcome().wire(),
              QuestionsApi.names(f.missing()),
              null));
    }
    return new Subjects(
        entries, done.next(), done.complete(), done.token(), done.evaluatedAt().toString());
  }
}
