package dev.anvil.objects;

import static dev.anvil.objects.GovernedWorld.ANNA;
import static dev.anvil.objects.GovernedWorld.DOCS;
import static dev.anvil.objects.GovernedWorld.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.batch.BatchHead;
import dev.anvil.objects.batch.BatchPutSmall;
import dev.anvil.objects.copies.ComposeObject;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.copies.MetadataPatch;
import dev.anvil.objects.copies.PatchJson;
import dev.anvil.objects.copies.RenameObject;
import dev.anvil.objects.copies.UpdateMetadata;
import dev.anvil.objects.manifests.DeleteManifest;
import dev.anvil.objects.manifests.GetManifest;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.DeleteStream;
import dev.anvil.objects.streams.GetStream;
import dev.anvil.objects.streams.ReadStream;
import dev.anvil.objects.streams.SealStream;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation on a key of a bucket under relationships: who holds the right may, who does not
 * gets one answer after the same steps, whether the key is there or not.
 */
class GovernedOperationsTest {
  private static final ObjectKey OTHER = ObjectKey.of("out");
  private static final BucketName OPEN = new BucketName("open");

  private interface Operation {
    void run(GovernedWorld w, Call call, BucketName bucket, ObjectKey key);
  }

  /** What it needs: relation on the key, and on the other key that it names. */
  private record Case(String relation, String otherRelation, Operation run) {}

  private static void read(Map<String, Case> all, String name, Operation run) {
    all.put(name, new Case("reader", null, run));
  }

  private static void write(Map<String, Case> all, String name, Operation run) {
    all.put(name, new Case("writer", null, run));
  }

  private static Map<String, Case> cases() {
    Map<String, Case> all = new LinkedHashMap<>();
    objects(all);
    copies(all);
    batches(all);
    others(all);
    uploads(all);
    return all;
  }

  private static void objects(Map<String, Case> all) {
    read(
        all,
        "get",
        (w, c, b, k) ->
            new GetObject(w.services)
                .execute(c, new GetObject.Command(b, k, null, ReadConditions.NONE, List.of()))
                .content()
                .close());
    read(
        all,
        "head",
        (w, c, b, k) ->
            new HeadObject(w.services)
                .execute(c, new HeadObject.Command(b, k, null, ReadConditions.NONE, List.of())));
    write(all, "put", (w, c, b, k) -> new PutObject(w.services).execute(c, put(b, k)));
    write(
        all,
        "tags",
        (w, c, b, k) ->
            new ReplaceTags(w.services)
                .execute(c, new ReplaceTags.Command(b, k, null, Map.of("a", "b"), null)));
    write(
        all,
        "delete",
        (w, c, b, k) ->
            new DeleteObject(w.services)
                .execute(c, new DeleteObject.Command(b, k, null, Preconditions.NONE, null)));
  }

  private static PutObject.Command put(BucketName bucket, ObjectKey key) {
    return Puts.of(bucket, key, "{}".getBytes(), ContentHeaders.ofType("application/json"));
  }

  private static void copies(Map<String, Case> all) {
    all.put("copy-from", new Case("reader", "writer", (w, c, b, k) -> copy(w, c, b, k, OTHER)));
    all.put("copy-to", new Case("writer", "reader", (w, c, b, k) -> copy(w, c, b, OTHER, k)));
    all.put(
        "compose-from",
        new Case(
            "reader",
            "writer",
            (w, c, b, k) ->
                new ComposeObject(w.services)
                    .execute(
                        c,
                        new ComposeObject.Command(
                            b,
                            OTHER,
                            List.of(new ComposeObject.Source(k, null, Preconditions.NONE)),
                            Description.NONE,
                            Preconditions.NONE,
                            null))));
    all.put(
        "rename",
        new Case(
            "owner",
            "writer",
            (w, c, b, k) ->
                new RenameObject(w.services)
                    .execute(
                        c,
                        new RenameObject.Command(
                            b, k, OTHER, Preconditions.NONE, Preconditions.NONE, null))));
    write(
        all,
        "metadata",
        (w, c, b, k) ->
            new UpdateMetadata(w.services)
                .execute(
                    c,
                    new UpdateMetadata.Command(
                        b,
                        k,
                        new MetadataPatch(Map.of(), Map.of("a", Optional.of("b")), null, Map.of()),
                        Preconditions.NONE,
                        null)));
    all.put(
        "patch",
        new Case(
            "owner",
            null,
            (w, c, b, k) ->
                new PatchJson(w.services)
                    .execute(
                        c,
                        new PatchJson.Command(
                            b, k, "{\"a\":1}".getBytes(), Preconditions.NONE, null))));
  }

  private static void copy(GovernedWorld w, Call c, BucketName b, ObjectKey from, ObjectKey to) {
    new CopyObject(w.services)
        .execute(
            c,
            new CopyObject.Command(
                b, from, null, Preconditions.NONE, b, to, null, Preconditions.NONE, null));
  }

  private static void batches(Map<String, Case> all) {
    read(
        all,
        "batch-head",
        (w, c, b, k) ->
            rethrow(
                new BatchHead(w.services)
                    .execute(
                        c, new BatchHead.Command(b, List.of(new BatchHead.Item(k.text(), null))))
                    .outcomes()
                    .getFirst()
                    .failure()));
    write(
        all,
        "batch-put",
        (w, c, b, k) ->
            rethrow(
                new BatchPutSmall(w.services, Runnable::run)
                    .execute(
                        c,
                        new BatchPutSmall.Command(
                            b,
                            List.of(
                                new BatchPutSmall.Item(
                                    k.text(), new byte[1], null, Preconditions.NONE)),
                            null))
                    .outcomes()
                    .getFirst()
                    .failure()));
    write(
        all,
        "batch-delete",
        (w, c, b, k) ->
            rethrow(
                new BatchDelete(w.services, Runnable::run)
                    .execute(
                        c,
                        new BatchDelete.Command(
                            b,
                            List.of(new BatchDelete.Item(k.text(), null, Preconditions.NONE)),
                            null))
                    .outcomes()
                    .getFirst()
                    .failure()));
  }

  private static void rethrow(AnvilException failure) {
    if (failure != null) {
      throw failure;
    }
  }

  private static void others(Map<String, Case> all) {
    read(
        all,
        "manifest-get",
        (w, c, b, k) -> new GetManifest(w.services).execute(c, new GetManifest.Command(b, k)));
    write(
        all,
        "manifest-put",
        (w, c, b, k) ->
            new PutManifest(w.services)
                .execute(c, new PutManifest.Command(b, k, new byte[1], "a/b", 1, null)));
    write(
        all,
        "manifest-delete",
        (w, c, b, k) ->
            new DeleteManifest(w.services).execute(c, new DeleteManifest.Command(b, k, 1, null)));
    read(
        all,
        "stream-get",
        (w, c, b, k) -> new GetStream(w.services).execute(c, new GetStream.Command(b, k)));
    read(
        all,
        "stream-read",
        (w, c, b, k) ->
            new ReadStream(w.services, System::nanoTime)
                .execute(c, new ReadStream.Command(b, k, 1, 1, Duration.ZERO, () -> c)));
    write(
        all,
        "stream-append",
        (w, c, b, k) ->
            new AppendRecords(w.services)
                .execute(c, new AppendRecords.Command(b, k, List.of(new byte[1]), -1, null)));
    write(
        all,
        "stream-seal",
        (w, c, b, k) ->
            new SealStream(w.services).execute(c, new SealStream.Command(b, k, -1, null)));
    write(
        all,
        "stream-delete",
        (w, c, b, k) ->
            new DeleteStream(w.services).execute(c, new DeleteStream.Command(b, k, null)));
    write(
        all,
        "stream-create",
        (w, c, b, k) ->
            new CreateStream(w.services)
                .execute(
                    c,
                    new CreateStream.Command(
                        b, ObjectKey.of(k.text()), "a/b", Map.of("x", "y"), null)));
  }

  private static void uploads(Map<String, Case> all) {
    write(
        all,
        "upload-create",
        (w, c, b, k) ->
            new CreateUpload(w.services)
                .execute(c, new CreateUpload.Command(b, k, Description.NONE, null)));
    write(
        all,
        "upload-part",
        (w, c, b, k) ->
            new PutPart(w.services)
                .execute(
                    c,
                    new PutPart.Command(
                        b,
                        k,
                        upload(w, b, k),
                        1,
                        new ByteArrayInputStream(new byte[1]),
                        1,
                        ExpectedDigests.NONE,
                        null)));
    write(
        all,
        "upload-parts",
        (w, c, b, k) ->
            new ListParts(w.services)
                .execute(c, new ListParts.Command(b, k, upload(w, b, k), 0, 10)));
    write(
        all,
        "upload-abort",
        (w, c, b, k) ->
            new AbortUpload(w.services)
                .execute(c, new AbortUpload.Command(b, k, upload(w, b, k), null)));
  }

  private static final Map<String, String> UPLOADS = new TreeMap<>();

  private static String upload(GovernedWorld w, BucketName b, ObjectKey k) {
    return UPLOADS.getOrDefault(b + "/" + k, "000000010000000000000001");
  }

  private final GovernedWorld w = GovernedWorld.start();

  @AfterEach
  void stop() {
    w.close();
    UPLOADS.clear();
  }

  private void fill(BucketName bucket, ObjectKey... keys) {
    for (ObjectKey k : keys) {
      new PutObject(w.services).execute(OWNER, put(bucket, k));
      new PutManifest(w.services)
          .execute(OWNER, new PutManifest.Command(bucket, k, new byte[1], "a/b", 0, null));
      new CreateStream(w.services)
          .execute(OWNER, new CreateStream.Command(bucket, k, "a/b", Map.of(), null));
      UPLOADS.put(
          bucket + "/" + k,
          new CreateUpload(w.services)
              .execute(OWNER, new CreateUpload.Command(bucket, k, Description.NONE, null))
              .uploadId());
    }
  }

  private static RuntimeException failure(Runnable run) {
    try {
      run.run();
      return null;
    } catch (AnvilException e) {
      return e;
    }
  }

  @Test
  void aBucketUnderScopesLetsEveryOperationThrough() {
    new CreateBucket(w.services)
        .execute(OWNER, new CreateBucket.Command(OPEN, BucketSettings.DEFAULT, null));
    cases()
        .forEach((name, c) -> {
          ObjectKey key = ObjectKey.of("k-" + name);
          fill(OPEN, key);
          if (name.equals("copy-to")) {
            new PutObject(w.services).execute(OWNER, put(OPEN, OTHER));
          }
          RuntimeException e = failure(() -> c.run().run(w, ANNA, OPEN, key));
          assertThat(e instanceof Denied || e instanceof NotFound).as(name + ": " + e).isFalse();
        });
  }

  private record Met(String answer, long reads) {}

  private Met meet(Case c, Call call, ObjectKey key) {
    long before = w.counted.reads();
    RuntimeException e = failure(() -> c.run().run(w, call, DOCS, key));
    String text = e == null ? "done" : e.getClass().getSimpleName() + ": " + e.getMessage();
    return new Met(text.replace(key.text(), "KEY"), w.counted.reads() - before);
  }

  @Test
  void whoHoldsNothingLearnsNothingByAnswerOrSteps() {
    cases()
        .forEach((name, c) -> {
          ObjectKey there = ObjectKey.of("there-" + name);
          ObjectKey empty = ObjectKey.of("empty-" + name);
          fill(DOCS, there);
          if (c.otherRelation() != null) {
            new PutObject(w.services).execute(OWNER, put(DOCS, OTHER));
            w.write(Op.TOUCH, "anvil/object:docs/out#owner@anvil/app:anvanna");
          }
          Met existing = meet(c, ANNA, there);
          Met missing = meet(c, ANNA, empty);
          assertThat(existing.answer()).as(name).startsWith("Denied").contains("KEY");
          assertThat(missing).as(name).isEqualTo(existing);
        });
  }

  @Test
  void whoHoldsTheRightMay() {
    cases()
        .forEach((name, c) -> {
          ObjectKey key = ObjectKey.of("k-" + name);
          fill(DOCS, key);
          if (c.otherRelation() != null) {
            new PutObject(w.services).execute(OWNER, put(DOCS, OTHER));
          }
          String other = "anvil/object:docs/out#" + c.otherRelation() + "@anvil/app:anvanna";
          String own = "anvil/object:docs/k-" + name + "#";
          w.write(Op.TOUCH, own + c.relation() + "@anvil/app:anvanna");
          if (c.otherRelation() != null) {
            assertThat(meet(c, ANNA, key).answer()).as(name).startsWith("Denied");
            w.write(Op.TOUCH, other);
          }
          assertThat(meet(c, ANNA, key).answer()).as(name).doesNotStartWith("Denied");
          w.write(Op.TOUCH, own + "banned@anvil/app:anvanna");
          assertThat(meet(c, ANNA, key).answer()).as(name).startsWith("Denied");
          if (c.otherRelation() != null) {
            w.write(Op.DELETE, other);
          }
        });
  }

  @Test
  void whoMayListIsToldWhatIsMissingWhenReading() {
    w.write(Op.TOUCH, "anvil/bucket:docs#lister@anvil/app:anvanna");
    fill(DOCS, ObjectKey.of("a/there"), OTHER);
    cases()
        .forEach((name, c) -> {
          Met existing = meet(c, ANNA, ObjectKey.of("a/there"));
          Met missing = meet(c, ANNA, ObjectKey.of("a/empty"));
          assertThat(existing.answer()).as(name).startsWith("Denied");
          boolean reads = !c.relation().equals("writer");
          assertThat(missing.answer()).as(name).startsWith(reads ? "NotFound" : "Denied");
        });
  }
}
