package dev.anvil.http.api;

import dev.anvil.http.documents.Values;
import dev.anvil.http.jersey.Exchanges;
import dev.anvil.http.route.Anybody;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.ObjectSummary;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Lists of objects and of versions. */
@Path("/")
@Tag(name = "objects")
@Produces(MediaType.APPLICATION_JSON)
public final class ListsApi {
  private final UseCases.Objects objects;
  private final CursorTexts cursors;

  /** On these use cases. */
  public ListsApi(UseCases.Objects objects, CursorTexts cursors) {
    this.objects = objects;
    this.cursors = cursors;
  }

  /** One line of a list. */
  public record Listed(
      String key,
      String version,
      boolean nullVersion,
      boolean current,
      boolean deleteMarker,
      Long size,
      String etag,
      String lastModified,
      String contentType) {
    static Listed of(ObjectSummary s) {
      return new Listed(
          s.key(),
          s.version(),
          s.nullVersion(),
          s.current(),
          s.deleteMarker(),
          s.deleteMarker() ? null : s.size(),
          s.etag(),
          s.lastModified().toString(),
          s.contentType());
    }
  }

  /** A page of objects; a watch after the cursor misses nothing of the list. */
  public record ObjectPage(
      List<Listed> objects,
      List<String> commonPrefixes,
      boolean truncated,
      String nextPageToken,
      String cursor) {}

  /** A page of versions, newest first within a key. */
  public record VersionPage(
      List<Listed> versions,
      List<String> commonPrefixes,
      boolean truncated,
      String nextPageToken,
      String cursor) {}

  @Anybody
  @GET
  @Path("v1/buckets/{bucket}/objects")
  @Operation(summary = "Lists current objects in byte order of their keys")
  public ObjectPage listObjects(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @QueryParam("prefix") String prefix,
      @QueryParam("delimiter") String delimiter,
      @QueryParam("after") String after,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit") String limit,
      @QueryParam("pageToken") String pageToken) {
    var page =
        objects
            .list()
            .execute(
                Exchanges.call(request),
                new ListObjects.Command(
                    new BucketName(bucket),
                    Values.utf8(prefix),
                    Values.utf8(delimiter),
                    Values.utf8OrNull(after),
                    Values.limit(limit),
                    pageToken));
    return new ObjectPage(
        page.objects().stream().map(Listed::of).toList(),
        page.commonPrefixes(),
        page.nextPageToken() != null,
        page.nextPageToken(),
        cursors.ofList(
            new BucketName(bucket), Values.utf8(prefix), page.partition(), page.cursor()));
  }

  @Anybody
  @GET
  @Path("v1/buckets/{bucket}/versions")
  @Operation(summary = "Lists versions and delete markers, newest first within a key")
  public VersionPage listVersions(
      @Context ContainerRequestContext request,
      @PathParam("bucket") String bucket,
      @QueryParam("prefix") String prefix,
      @QueryParam("delimiter") String delimiter,
      @QueryParam("after") String after,
      @QueryParam("afterVersion") String afterVersion,
      @Schema(type = "integer", minimum = "1", maximum = "1000") @QueryParam("limit") String limit,
      @QueryParam("pageToken") String pageToken) {
    var page =
        objects
            .versions()
            .execute(
                Exchanges.call(request),
                new ListVersions.Command(
                    new BucketName(bucket),
                    Values.utf8(prefix),
                    Values.utf8(delimiter),
                    Values.utf8OrNull(after),
                    afterVersion,
                    Values.limit(limit),
                    pageToken));
    return new VersionPage(
        page.versions().stream().map(Listed::of).toList(),
        page.commonPrefixes(),
        page.nextPageToken() != null,
        page.nextPageToken(),
        cursors.ofList(
            new BucketName(bucket), Values.utf8(prefix), page.partition(), page.cursor()));
  }
}
