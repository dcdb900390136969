package dev.anvil.http.api;

import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.documents.StreamDocument;
import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Body;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.DeleteStream;
import dev.anvil.objects.streams.GetStream;
import dev.anvil.objects.streams.ListStreams;
import dev.anvil.objects.streams.ReadStream;
import dev.anvil.objects.streams.SealStream;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Append streams. */
@Path("/")
@Tag(name = "streams")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StreamsApi {
  private static final int CREATED = 201;
  private static final int MAX_WAIT_SECONDS = 30;
  private static final long MAX_SEQUENCE = 999_999_999_999_999_999L;

  private final UseCases.Streams streams;
  private final CursorTexts cursors;

  /** On these use cases. */
  public StreamsApi(UseCases.Streams streams, CursorTexts cursors) {
    this.streams = streams;
    this.cursors = cursors;
  }

  /** What a stream is made with. */
  @Schema(name = "NewStream")
  public record Create(String contentType, Map<String, String> metadata) {}

  /** Records in order; either all are appended or none. */
  public record Append(List<NewRecord> records, Long expectedNext) {}

  /** A record: base64 bytes, or text, which stands for its UTF-8. */
  public record NewRecord(@Schema(type = "string", format = "byte") byte[] data, String text) {
    byte[] bytes() {
      if ((data == null) == (text == null)) {
        throw new dev.anvil.ports.failure.Invalid(
            dev.anvil.ports.failure.Invalid.Reason.JSON,
            "A record has either 'data' (base64) or 'text'.",
            Map.of("name", "records"));
      }
      return data == null ? Values.utf8(text) : data;
    }
  }

  /** Numbers of the first and last record appended. */
  public record Appended(long first, long last, String link, ReceiptDocument receipt) {}

  /** How many records there must be. */
  public record Seal(Long expectedRecords) {}

  /** What was sealed, and the hash that commits to all of it. */
  public record Sealed(long records, long bytes, String sealHash, ReceiptDocument receipt) {}

  /** A page of streams. */
  public record StreamPage(
      List<StreamDocument> streams,
      String nextAfter,
      @Schema(description = "Of the first page: a watch after it misses nothing") String cursor) {}

  @GET
  @Path("v1/buckets/{bucket}/streams")
  @Operation(summary = "Lists streams by name")
  public StreamPage listStreams(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @QueryParam("prefix") String prefix,
      @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit")
          String limit) {
    var command =
        new ListStreams.Command(
            new BucketName(bucket), Values.utf8(prefix), after, Values.limit(limit));
    var page = streams.list().execute(Exchanges.call(request), command);
    return new StreamPage(
        page.streams().stream().map(StreamDocument::of).toList(),
        page.next(),
        cursors.ofList(
            new BucketName(bucket), Values.utf8(prefix), page.partition(), page.cursor()));
  }

  @POST
  @Path("v1/buckets/{bucket}/streams/{key}")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Creates an empty stream; write a colon in its name as %3A")
  public Response createStream(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Repeats repeats,
      Create body) {
    var command =
        new CreateStream.Command(
            new BucketName(bucket),
            ObjectKey.of(key),
            body == null ? null : body.contentType(),
            body == null || body.metadata() == null ? Map.of() : body.metadata(),
            repeats.idempotency());
    var done = streams.create().execute(Exchanges.call(request), command);
    return Response.status(CREATED).entity(ReceiptDocument.of(cursors, done.receipt())).build();
  }

  @POST
  @Path("v1/buckets/{bucket}/streams/{key}:append")
  @Body(Body.Kind.APPEND)
  @Operation(summary = "Appends records with the next numbers, all or none")
  public Appended appendRecords(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Repeats repeats,
      Append body) {
    List<byte[]> records =
        Values.member("records", Values.required(body).records()).stream()
            .map(r -> Values.member("records", r).bytes())
            .toList();
    var command =
        new AppendRecords.Command(
            new BucketName(bucket),
            ObjectKey.of(key),
            records,
            body.expectedNext() == null ? 0 : body.expectedNext(),
            repeats.idempotency());
    var done = streams.append().execute(Exchanges.call(request), command);
    return new Appended(
        done.first(),
        done.last(),
        StreamDocument.hex(done.link()),
        ReceiptDocument.of(cursors, done.receipt()));
  }

  @GET
  @Path("v1/buckets/{bucket}/streams/{key}")
  @Operation(
      summary = "Reads records from a number on, waiting at the tail if asked to",
      description = "limit=0 shows the stream alone.")
  public StreamDocument.Page readStream(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @Schema(type = "integer", minimum = "1") @QueryParam("from") String from,
      @Schema(type = "integer", minimum = "0", maximum = "1000") @QueryParam("limit") String limit,
      @Schema(type = "integer", minimum = "0", maximum = "30", description = "Seconds")
          @QueryParam("wait")
          String wait) {
    BucketName name = new BucketName(bucket);
    ObjectKey stream = ObjectKey.of(key);
    if ("0".equals(limit)) {
      var found =
          streams.get().execute(Exchanges.call(request), new GetStream.Command(name, stream));
      return new StreamDocument.Page(StreamDocument.of(found.stream()), List.of(), 1L);
    }
    var command =
        new ReadStream.Command(
            name,
            stream,
            from == null ? 1 : Values.number("from", from, 1, MAX_SEQUENCE),
            Values.limit(limit),
            Duration.ofSeconds(wait == null ? 0 : Values.number("wait", wait, 0, MAX_WAIT_SECONDS)),
            Exchanges.again(request));
    var page = streams.read().execute(Exchanges.call(request), command);
    return new StreamDocument.Page(
        StreamDocument.of(page.stream()),
        page.records().stream().map(StreamDocument.Entry::of).toList(),
        page.next());
  }

  @POST
  @Path("v1/buckets/{bucket}/streams/{key}:seal")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Ends a stream for good with a hash over all of it")
  public Sealed sealStream(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Repeats repeats,
      Seal body) {
    var command =
        new SealStream.Command(
            new BucketName(bucket),
            ObjectKey.of(key),
            body == null || body.expectedRecords() == null ? -1 : body.expectedRecords(),
            repeats.idempotency());
    var done = streams.seal().execute(Exchanges.call(request), command);
    return new Sealed(
        done.records(),
        done.bytes(),
        StreamDocument.hex(done.sealHash()),
        ReceiptDocument.of(cursors, done.receipt()));
  }

  @DELETE
  @Path("v1/buckets/{bucket}/streams/{key}")
  @Operation(summary = "Removes a stream; its records are dropped")
  public ReceiptDocument deleteStream(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @PathParam("key") String key,
      @BeanParam Repeats repeats) {
    var command =
        new DeleteStream.Command(new BucketName(bucket), ObjectKey.of(key), repeats.idempotency());
    return ReceiptDocument.of(
        cursors, streams.delete().execute(Exchanges.call(request), command).receipt());
  }
}
