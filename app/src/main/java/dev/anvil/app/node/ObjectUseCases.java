package dev.anvil.app.node;

import dev.anvil.authz.ScreenName;
import dev.anvil.http.use.UseCases;
import dev.anvil.objects.BucketContents;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.Leftovers;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.batch.BatchHead;
import dev.anvil.objects.batch.BatchPutSmall;
import dev.anvil.objects.copies.ComposeObject;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.copies.PatchJson;
import dev.anvil.objects.copies.RenameObject;
import dev.anvil.objects.copies.UpdateMetadata;
import dev.anvil.objects.exposure.ExposureContents;
import dev.anvil.objects.manifests.DeleteManifest;
import dev.anvil.objects.manifests.GetManifest;
import dev.anvil.objects.manifests.ListManifests;
import dev.anvil.objects.manifests.ManifestContents;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.multipart.UploadContents;
import dev.anvil.objects.multipart.UploadLeftovers;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.DeleteStream;
import dev.anvil.objects.streams.GetStream;
import dev.anvil.objects.streams.ListStreams;
import dev.anvil.objects.streams.ReadStream;
import dev.anvil.objects.streams.SealStream;
import dev.anvil.objects.streams.StreamContents;
import dev.anvil.ports.time.Ticker;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Every use case, made once. */
final class ObjectUseCases {
  /** What buckets hold beside versions. */
  static final List<BucketContents> CONTENTS =
      List.of(
          new UploadContents(),
          new ManifestContents(),
          new StreamContents(),
          new ExposureContents());

  /** Who drops garbage that is not bodies. */
  static final List<Leftovers> LEFTOVERS = List.of(new UploadLeftovers());

  /** Runs the items of a batch; the batch bounds how many at once. */
  static final Executor ITEMS =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("anvil-batch-", 0).factory());

  private ObjectUseCases() {}

  static UseCases of(
      ObjectServices s,
      String region,
      Ticker ticker,
      UseCases.Watches watches,
      UseCases.Relations relations,
      UseCases.Identity identity,
      UseCases.Administration administration) {
    return new UseCases(
        buckets(s, region),
        objects(s),
        copies(s),
        batches(s),
        uploads(s),
        manifests(s),
        streams(s, ticker),
        watches,
        relations,
        identity,
        administration);
  }

  private static UseCases.Buckets buckets(ObjectServices s, String region) {
    return new UseCases.Buckets(
        new CreateBucket(s, region)::execute,
        new GetBucket(s)::execute,
        new ListBuckets(s)::execute,
        new UpdateBucket(s)::execute,
        new DeleteBucket(s, CONTENTS)::execute);
  }

  private static UseCases.Objects objects(ObjectServices s) {
    return new UseCases.Objects(
        new PutObject(s)::execute,
        new GetObject(s)::execute,
        new HeadObject(s)::execute,
        new ListObjects(s)::execute,
        new ListVersions(s)::execute,
        new DeleteObject(s)::execute,
        new ScreenName(s.access())::execute);
  }

  private static UseCases.Copies copies(ObjectServices s) {
    return new UseCases.Copies(
        new CopyObject(s)::execute,
        new ComposeObject(s)::execute,
        new RenameObject(s)::execute,
        new UpdateMetadata(s)::execute,
        new PatchJson(s)::execute);
  }

  private static UseCases.Batches batches(ObjectServices s) {
    return new UseCases.Batches(
        new BatchDelete(s, ITEMS)::execute,
        new BatchHead(s)::execute,
        new BatchPutSmall(s, ITEMS)::execute);
  }

  private static UseCases.Uploads uploads(ObjectServices s) {
    return new UseCases.Uploads(
        new CreateUpload(s)::execute,
        new PutPart(s)::execute,
        new ListParts(s)::execute,
        new ListUploads(s)::execute,
        new CompleteUpload(s)::execute,
        new AbortUpload(s)::execute);
  }

  private static UseCases.Manifests manifests(ObjectServices s) {
    return new UseCases.Manifests(
        new GetManifest(s)::execute,
        new PutManifest(s)::execute,
        new DeleteManifest(s)::execute,
        new ListManifests(s)::execute);
  }

  private static UseCases.Streams streams(ObjectServices s, Ticker ticker) {
    return new UseCases.Streams(
        new CreateStream(s)::execute,
        new AppendRecords(s)::execute,
        new ReadStream(s, ticker)::execute,
        new GetStream(s)::execute,
        new SealStream(s)::execute,
        new DeleteStream(s)::execute,
        new ListStreams(s)::execute);
  }
}
