package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.ReadConditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.ReplaceTags;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tags of buckets and objects. */
public final class TagAnswers {
  private final S3UseCases.Buckets buckets;
  private final S3UseCases.Objects objects;

  /** On these use cases. */
  public TagAnswers(S3UseCases.Buckets buckets, S3UseCases.Objects objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Tags request) throws IOException {
    switch (request) {
      case S3Request.GetBucketTagging r -> ofBucket(call, r.bucket());
      case S3Request.PutBucketTagging r -> {
        replace(call, r.bucket(), tags(call, true));
        Out.empty(call, 204);
      }
      case S3Request.DeleteBucketTagging r -> {
        replace(call, r.bucket(), Map.of());
        Out.empty(call, 204);
      }
      case S3Request.GetObjectTagging r -> ofObject(call, r);
      case S3Request.PutObjectTagging r -> {
        replace(call, r.bucket(), r.key(), r.version(), tags(call, false));
        Out.empty(call, 200);
      }
      case S3Request.DeleteObjectTagging r -> {
        replace(call, r.bucket(), r.key(), r.version(), Map.of());
        Out.empty(call, 204);
      }
    }
  }

  private void ofBucket(S3Call call, BucketName bucket) throws IOException {
    Map<String, String> tags =
        buckets.get().execute(call.call(), new GetBucket.Command(bucket)).info().settings().tags();
    if (tags.isEmpty()) {
      throw new S3Failure(S3Code.NoSuchTagSet);
    }
    Out.xml(call, 200, document(tags));
  }

  private void replace(S3Call call, BucketName bucket, Map<String, String> tags) {
    buckets.update().execute(call.call(), new UpdateBucket.Command(bucket, null, tags, null, null));
  }

  private void ofObject(S3Call call, S3Request.GetObjectTagging request) throws IOException {
    ObjectInfo info =
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
    Out.version(call, info.versioned(), info.nullVersion(), info.version());
    Out.xml(call, 200, document(info.tags()));
  }

  private void replace(
      S3Call call, BucketName bucket, ObjectKey key, String version, Map<String, String> tags) {
    Receipt receipt =
        objects
            .tags()
            .execute(
                call.calling(Described.TAGGING, TagSets.header(tags)),
                new ReplaceTags.Command(bucket, key, version, tags, null))
            .receipt();
    Out.version(call, receipt.versioned(), receipt.nullVersion(), receipt.version());
  }

  private static Map<String, String> tags(S3Call call, boolean ofBucket) {
    XmlTree document = call.document(S3Limits.MAX_DOCUMENT, "Tagging").only(Set.of("TagSet"));
    XmlTree set = document.child("TagSet");
    if (set == null) {
      throw XmlTree.malformed();
    }
    return ofBucket ? TagSets.ofBucket(set) : TagSets.ofObject(set);
  }

  private static XmlWriter document(Map<String, String> tags) {
    XmlWriter out = XmlWriter.of("Tagging").open("TagSet");
    tags.forEach(
        (name, value) -> out.open("Tag").element("Key", name).element("Value", value).close());
    return out;
  }
}
