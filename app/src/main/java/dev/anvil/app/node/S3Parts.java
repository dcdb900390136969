package dev.anvil.app.node;

import dev.anvil.app.settings.Settings;
import dev.anvil.http.server.Door;
import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.ReplaceTags;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.s3.S3Gateway;
import dev.anvil.s3.answer.S3UseCases;
import dev.anvil.s3.wire.S3Settings;
import java.util.Set;

/** The S3 gateway over the use cases. */
final class S3Parts {
  private S3Parts() {}

  static Door.Way way(Settings settings, NodeParts parts, NodeTime time) {
    S3Settings s3 =
        new S3Settings(
            settings.region(), settings.s3Domains(), Set.copyOf(settings.trustedProxies()));
    return new S3Way(new S3Gateway(s3, useCases(parts), time.clock()), time.ticker());
  }

  private static S3UseCases useCases(NodeParts parts) {
    ObjectServices s = parts.objects();
    IdentityParts identity = parts.identity();
    return new S3UseCases(
        parts
            .admission()
            .signatures(new AuthenticateSignature(identity.directory(), identity.credentials())),
        new S3UseCases.Buckets(
            new CreateBucket(s)::execute,
            new GetBucket(s)::execute,
            new ListBuckets(s)::execute,
            new UpdateBucket(s)::execute,
            new DeleteBucket(s, ObjectUseCases.CONTENTS)::execute),
        new S3UseCases.Objects(
            new PutObject(s)::execute,
            new GetObject(s)::execute,
            new HeadObject(s)::execute,
            new ListObjects(s)::execute,
            new ListVersions(s)::execute,
            new DeleteObject(s)::execute,
            new BatchDelete(s, ObjectUseCases.ITEMS)::execute,
            new CopyObject(s)::execute,
            new ReplaceTags(s)::execute),
        new S3UseCases.Uploads(
            new CreateUpload(s)::execute,
            new PutPart(s)::execute,
            new ListParts(s)::execute,
            new ListUploads(s)::execute,
            new CompleteUpload(s)::execute,
            new AbortUpload(s)::execute),
        ExposureParts.s3(parts));
  }
}
