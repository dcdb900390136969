package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Failures;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Objects that are deleted, one or many. */
final class DeleteAnswers {
  private static final Set<String> DELETE = Set.of("Quiet", "Object");
  private static final Set<String> OBJECT =
      Set.of("Key", "VersionId", "ETag", "LastModifiedTime", "Size");

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
                  Conditions.ofDelete(
                      call,
                      DeleteDemands.ofHeaders(call)
                          .looked(
                              call, objects, request.bucket(), request.key(), request.version())),
                  null,
                  LockAnswers.bypasses(call)))
          .receipt();
    } catch (AnvilException e) {
      if (absent(e)) {
        // what is not there need not be deleted, whatever was expected of it
        return null;
      }
      throw e;
    }
  }

  /** Whether the failure says no more than that there was nothing to delete. */
  private static boolean absent(AnvilException failure) {
    boolean missed =
        failure instanceof PreconditionFailed
            && Boolean.TRUE.equals(failure.fields().get("absent"));
    return missed || failure != null && Failures.code(failure) == S3Code.NoSuchVersion;
  }

  void many(S3Call call, S3Request.DeleteObjects request) throws IOException {
    call.requireDigest("Missing required header for this request: Content-MD5");
    XmlTree wanted = call.document(S3Limits.MAX_DELETE_DOCUMENT, "Delete").only(DELETE);
    List<XmlTree> named = wanted.all("Object");
    if (named.isEmpty() || named.size() > S3Limits.MAX_DELETE_KEYS) {
      throw XmlTree.malformed();
    }
    Batch batch = new Batch(call, request.bucket());
    for (XmlTree object : named) {
      batch.add(object.only(OBJECT));
    }
    List<BatchDelete.Outcome> outcomes = batch.run();
    requireBucket(outcomes);
    boolean quiet = "true".equalsIgnoreCase(wanted.text("Quiet"));
    XmlWriter out = XmlWriter.of("DeleteResult");
    for (int i = 0; i < outcomes.size(); i++) {
      write(out, batch.items.get(i), outcomes.get(i), quiet);
    }
    Out.xml(call, 200, out);
  }

  /** The items of a batch; those whose demands do not hold are told without a delete. */
  private final class Batch {
    private final S3Call call;
    private final BucketName bucket;
    private final List<BatchDelete.Item> items = new ArrayList<>();
    private final List<AnvilException> refused = new ArrayList<>();

    Batch(S3Call call, BucketName bucket) {
      this.call = call;
      this.bucket = bucket;
    }

    void add(XmlTree object) {
      String key = object.required("Key");
      String named = object.text("VersionId");
      String version = named == null || named.isEmpty() ? null : named;
      String etag = object.text("ETag");
      String newest = null;
      AnvilException failure = null;
      try {
        DeleteDemands demands = DeleteDemands.of(object);
        newest = demands.looked(call, objects, bucket, ObjectKey.of(key), version);
      } catch (AnvilException e) {
        failure = e;
      }
      refused.add(failure);
      boolean none = etag == null && newest == null;
      items.add(
          new BatchDelete.Item(
              key,
              version,
              none
                  ? Preconditions.NONE
                  : new Preconditions(
                      etag == null ? null : Conditions.lenient(etag), null, newest, false)));
    }

    List<BatchDelete.Outcome> run() {
      List<BatchDelete.Item> sent = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        if (refused.get(i) == null) {
          sent.add(items.get(i));
        }
      }
      BatchDelete.Command command =
          new BatchDelete.Command(bucket, sent, null, LockAnswers.bypasses(call));
      Iterator<BatchDelete.Outcome> done =
          sent.isEmpty()
              ? Collections.emptyIterator()
              : objects.deleteMany().execute(call.call(), command).outcomes().iterator();
      List<BatchDelete.Outcome> all = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        AnvilException failure = refused.get(i);
        all.add(
            failure == null
                ? done.next()
                : new BatchDelete.Outcome(items.get(i).key(), null, failure));
      }
      return all;
    }
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
