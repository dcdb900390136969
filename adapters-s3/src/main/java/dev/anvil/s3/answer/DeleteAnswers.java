package dev.anvil.s3.answer;

import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.EntityTags;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.ReadConditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Failures;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Objects that are deleted, one or many. */
final class DeleteAnswers {
  private static final Set<String> DELETE = Set.of("Quiet", "Object");
  private static final Set<String> OBJECT = Set.of("Key", "VersionId", "ETag");

  private static final String IF_SIZE = "x-amz-if-match-size";
  private static final String IF_TIME = "x-amz-if-match-last-modified-time";

  private final S3UseCases.Objects objects;

  DeleteAnswers(S3UseCases.Objects objects) {
    this.objects = objects;
  }

  void one(S3Call call, S3Request.DeleteObject request) throws IOException {
    Receipt receipt = delete(call, request);
    if (receipt != null && receipt.deleteMarker()) {
      Out.headers(call).put("x-amz-delete-marker", "true");
    }
    if (receipt != null) {
      boolean named = request.version() != null;
      if (named || receipt.deleteMarker()) {
        Out.version(call, named || receipt.versioned(), receipt.nullVersion(), receipt.version());
      }
    } else if (request.version() != null) {
      Out.headers(call).put("x-amz-version-id", request.version());
    }
    Out.empty(call, 204);
  }

  private Receipt delete(S3Call call, S3Request.DeleteObject request) {
    try {
      return objects
          .delete()
          .execute(
              call.call(),
              new DeleteObject.Command(
                  request.bucket(),
                  request.key(),
                  request.version(),
                  Conditions.ofDelete(call, looked(call, request)),
                  null,
                  LockAnswers.bypasses(call)))
          .receipt();
    } catch (PreconditionFailed | NotFound e) {
      if (absent(e)) {
        // what is not there need not be deleted, whatever was expected of it
        return null;
      }
      throw e;
    }
  }

  /** Whether the failure says no more than that there was nothing to delete. */
  private static boolean absent(AnvilException failure) {
    return switch (failure) {
      case PreconditionFailed f -> Boolean.TRUE.equals(f.fields().get("absent"));
      case NotFound f -> f.reason() == NotFound.Reason.VERSION;
      case null, default -> false;
    };
  }

  /**
   * Looks whether size and time are as demanded.
   *
   * @return the version that was looked at, which must still be the newest when it is deleted; null
   *     if nothing is demanded, or nothing is there
   */
  private String looked(S3Call call, S3Request.DeleteObject request) {
    String size = call.header(IF_SIZE);
    Instant time = Conditions.date(call, IF_TIME);
    if (size == null && time == null) {
      return null;
    }
    ObjectInfo info;
    try {
      info =
          objects
              .head()
              .execute(
                  call.call(),
                  new HeadObject.Command(
                      request.bucket(),
                      request.key(),
                      request.version(),
                      ReadConditions.NONE,
                      List.of()))
              .info();
    } catch (NotFound e) {
      if (e.reason() == NotFound.Reason.BUCKET) {
        throw e;
      }
      return null;
    }
    boolean sized = size == null || size.strip().equals(Long.toString(info.size()));
    boolean timed =
        time == null || time.equals(info.lastModified().truncatedTo(ChronoUnit.SECONDS));
    if (!sized || !timed) {
      throw new S3Failure(S3Code.PreconditionFailed);
    }
    // versions named by their id never change
    return request.version() != null ? null : info.nullVersion() ? "null" : info.version();
  }

  void many(S3Call call, S3Request.DeleteObjects request) throws IOException {
    if (call.headers().get("Content-MD5") == null
        && dev.anvil.s3.body.ChecksumHeaders.parse(call.headers()).algorithm() == null) {
      throw new S3Failure(
          S3Code.InvalidRequest, "Missing required header for this request: Content-MD5");
    }
    XmlTree wanted = call.document(S3Limits.MAX_DELETE_DOCUMENT, "Delete").only(DELETE);
    List<XmlTree> named = wanted.all("Object");
    if (named.isEmpty() || named.size() > S3Limits.MAX_DELETE_KEYS) {
      throw XmlTree.malformed();
    }
    List<BatchDelete.Item> items = new ArrayList<>(named.size());
    for (XmlTree object : named) {
      items.add(item(object.only(OBJECT)));
    }
    List<BatchDelete.Outcome> outcomes =
        objects
            .deleteMany()
            .execute(
                call.call(),
                new BatchDelete.Command(request.bucket(), items, null, LockAnswers.bypasses(call)))
            .outcomes();
    requireBucket(outcomes);
    boolean quiet = "true".equalsIgnoreCase(wanted.text("Quiet"));
    XmlWriter out = XmlWriter.of("DeleteResult");
    for (int i = 0; i < outcomes.size(); i++) {
      write(out, items.get(i), outcomes.get(i), quiet);
    }
    Out.xml(call, 200, out);
  }

  private static BatchDelete.Item item(XmlTree object) {
    String version = object.text("VersionId");
    String etag = object.text("ETag");
    return new BatchDelete.Item(
        object.required("Key"),
        version == null || version.isEmpty() ? null : version,
        etag == null
            ? Preconditions.NONE
            : new Preconditions(EntityTags.parse(etag), null, null, false));
  }

  /** A bucket that is not there is the whole request's failure. */
  private static void requireBucket(List<BatchDelete.Outcome> outcomes) {
    for (BatchDelete.Outcome outcome : outcomes) {
      if (outcome.failure() instanceof NotFound f && f.reason() == NotFound.Reason.BUCKET) {
        throw f;
      }
    }
  }

  private static void write(
      XmlWriter out, BatchDelete.Item item, BatchDelete.Outcome outcome, boolean quiet) {
    AnvilException failure = outcome.failure();
    if (failure != null && !absent(failure)) {
      out.open("Error")
          .element("Key", item.key())
          .element("VersionId", item.version())
          .element("Code", Failures.code(failure).name())
          .element("Message", Failures.message(failure, Failures.code(failure)))
          .close();
      return;
    }
    if (quiet) {
      return;
    }
    out.open("Deleted").element("Key", item.key()).element("VersionId", item.version());
    Receipt receipt = outcome.receipt();
    if (receipt != null && receipt.deleteMarker()) {
      out.element("DeleteMarker", true)
          .element("DeleteMarkerVersionId", receipt.nullVersion() ? "null" : receipt.version());
    }
    out.close();
  }
}
