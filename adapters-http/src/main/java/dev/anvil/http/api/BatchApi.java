package dev.anvil.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.http.bytes.RequestFields;
import dev.anvil.http.documents.DescriptionDocument;
import dev.anvil.http.documents.ObjectDocument;
import dev.anvil.http.documents.ObjectDocument.Headers;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.route.KeysAt;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.batch.BatchHead;
import dev.anvil.objects.batch.BatchPutSmall;
import dev.anvil.ports.failure.Invalid;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** Many small operations of one kind in one request, each with an outcome of its own. */
@Path("/")
@Tag(name = "objects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BatchApi {
  private final UseCases.Batches batches;
  private final CursorTexts cursors;

  /** On these use cases. */
  public BatchApi(UseCases.Batches batches, CursorTexts cursors) {
    this.batches = batches;
    this.cursors = cursors;
  }

  /** One item; the last four members are for put alone, content is base64. */
  public record Item(
      String key,
      String version,
      String ifMatch,
      String ifNoneMatch,
      String ifVersion,
      @Schema(type = "string", format = "byte") byte[] content,
      Headers headers,
      Map<String, String> userMetadata,
      @Schema(type = "object") JsonNode metadata,
      Map<String, String> tags) {
    Preconditions preconditions() {
      return RequestFields.preconditions(ifMatch, ifNoneMatch, ifVersion);
    }

    DescriptionDocument description() {
      return new DescriptionDocument(headers, userMetadata, metadata, tags);
    }
  }

  /** What to do with every item. */
  @KeysAt("items.key")
  public record Batch(
      @Schema(allowableValues = {"delete", "head", "put"}) String operation, List<Item> items) {}

  /** What became of one item: a status, and a receipt, an object or a problem. */
  @Schema(name = "BatchOutcome")
  public record Outcome(
      String key,
      int status,
      ReceiptDocument receipt,
      ObjectDocument object,
      @Schema(type = "object", description = "A problem") Map<String, Object> problem) {}

  /** Outcomes in the order of the items. */
  public record Outcomes(List<Outcome> outcomes) {}

  @POST
  @Path("v1/buckets/{bucket}/batch")
  @Body(Body.Kind.BATCH)
  @Operation(summary = "Deletes, heads or puts up to 1,000 objects, each on its own")
  public Outcomes batch(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @BeanParam Repeats repeats,
      Batch body) {
    Batch batch = Values.required(body);
    List<Item> items = Values.member("items", batch.items());
    for (Item item : items) {
      Values.member("items[].key", Values.member("items", item).key());
    }
    BucketName name = new BucketName(bucket);
    Call call = Exchanges.call(request);
    IdempotencyKey retry = repeats.idempotency();
    return new Outcomes(
        switch (Values.member("operation", batch.operation())) {
          case "delete" -> delete(call, name, items, retry);
          case "head" -> head(call, name, items);
          case "put" -> put(call, name, items, retry);
          default ->
              throw new Invalid(
                  Invalid.Reason.ARGUMENT,
                  "'operation' is delete, head or put.",
                  Map.of("name", "operation"));
        });
  }

  private List<Outcome> delete(
      Call call, BucketName bucket, List<Item> items, IdempotencyKey retry) {
    var command =
        new BatchDelete.Command(
            bucket,
            items.stream()
                .map(i -> new BatchDelete.Item(i.key(), i.version(), i.preconditions()))
                .toList(),
            retry);
    return batches.delete().execute(call, command).outcomes().stream()
        .map(o -> BatchOutcomes.of(cursors, call, o.key(), o.receipt(), null, o.failure()))
        .toList();
  }

  private List<Outcome> head(Call call, BucketName bucket, List<Item> items) {
    var command =
        new BatchHead.Command(
            bucket, items.stream().map(i -> new BatchHead.Item(i.key(), i.version())).toList());
    return batches.head().execute(call, command).outcomes().stream()
        .map(o -> BatchOutcomes.of(cursors, call, o.key(), null, o.object(), o.failure()))
        .toList();
  }

  private List<Outcome> put(Call call, BucketName bucket, List<Item> items, IdempotencyKey retry) {
    var command =
        new BatchPutSmall.Command(
            bucket,
            items.stream()
                .map(i ->
                    new BatchPutSmall.Item(
                        i.key(),
                        i.content() == null ? new byte[0] : i.content(),
                        DescriptionDocument.toDescription(i.description()),
                        i.preconditions()))
                .toList(),
            retry);
    return batches.put().execute(call, command).outcomes().stream()
        .map(o -> BatchOutcomes.of(cursors, call, o.key(), o.receipt(), null, o.failure()))
        .toList();
  }
}
