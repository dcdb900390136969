package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketInfo;
import dev.anvil.objects.BucketSettings;
import dev.anvil.objects.BucketSummary;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.Quota;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.Versioning;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.S3Settings;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Buckets themselves: life, location, versioning. */
public final class BucketAnswers {
  private final S3UseCases.Buckets buckets;
  private final NewBucketGrants grants;
  private final AccountNames names;

  /** On these use cases. */
  public BucketAnswers(S3UseCases.Buckets buckets, S3UseCases.Grants grants) {
    this.buckets = buckets;
    this.grants = new NewBucketGrants(grants);
    this.names = new AccountNames(grants);
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Buckets request) throws IOException {
    switch (request) {
      case S3Request.ListBuckets r -> list(call, r);
      case S3Request.CreateBucket r -> create(call, r.bucket());
      case S3Request.HeadBucket r -> head(call, r.bucket());
      case S3Request.DeleteBucket r -> delete(call, r.bucket());
      case S3Request.GetBucketLocation r -> location(call, r.bucket());
      case S3Request.GetBucketVersioning r -> versioning(call, r.bucket());
      case S3Request.PutBucketVersioning r -> putVersioning(call, r.bucket());
    }
  }

  private void list(S3Call call, S3Request.ListBuckets request) throws IOException {
    int max = maxBuckets(request.maxBuckets());
    String prefix = request.prefix() == null ? "" : request.prefix();
    String token = blankToNull(request.continuationToken());
    List<BucketSummary> shown = new ArrayList<>();
    do {
      int limit = Math.min(S3Limits.MAX_PAGE, max - shown.size());
      ListBuckets.Result page =
          buckets.list().execute(call.call(), new ListBuckets.Command(token, limit));
      page.buckets().stream()
          .filter(b -> b.name().value().startsWith(prefix))
          .filter(b -> request.region() == null || request.region().equals(region(call)))
          .forEach(shown::add);
      token = page.nextPageToken();
    } while (token != null && shown.size() < max);
    XmlWriter out = XmlWriter.of("ListAllMyBucketsResult");
    names.of(call, call.call().caller().tenantId()).write(out, "Owner");
    out.open("Buckets");
    for (BucketSummary bucket : shown) {
      out.open("Bucket")
          .element("Name", bucket.name().value())
          .element("CreationDate", Dates.iso(bucket.createdAt()))
          .element("BucketRegion", region(call))
          .close();
    }
    out.close().element("ContinuationToken", token).element("Prefix", request.prefix());
    Out.xml(call, 200, out);
  }

  private static int maxBuckets(String sent) {
    if (sent == null) {
      return S3Limits.MAX_BUCKET_PAGE;
    }
    boolean fits = sent.matches("[0-9]{1,5}");
    int max = fits ? Integer.parseInt(sent) : 0;
    if (max < 1 || max > S3Limits.MAX_BUCKET_PAGE) {
      throw Numbers.argument(
          "max-buckets", sent, "Argument max-buckets must be an integer between 1 and 10000.");
    }
    return max;
  }

  private void create(S3Call call, BucketName bucket) throws IOException {
    Refusals.unbuiltHeaders(call, Refusals.OF_BUCKETS);
    NewBucketGrants.Asked asked = grants.asked(call);
    byte[] document = call.document(S3Limits.MAX_DOCUMENT);
    Map<String, String> tags = Map.of();
    if (document.length > 0) {
      XmlTree configuration = XmlTree.parse(document, "CreateBucketConfiguration");
      checkLocation(call, configuration);
      XmlTree set = configuration.child("Tags");
      tags = set == null ? tags : TagSets.ofBucket(set);
    }
    BucketSettings settings =
        new BucketSettings(
            region(call),
            Versioning.UNVERSIONED,
            dev.anvil.objects.Labels.bucketTags(tags),
            Quota.UNLIMITED);
    try {
      buckets.create().execute(call.call(), new CreateBucket.Command(bucket, settings, null));
    } catch (Conflict e) {
      // the same owner may create it again whatever was set since
      if (!Boolean.TRUE.equals(e.fields().get("owned"))) {
        throw e;
      }
      if (!region(call).equals(S3Settings.DEFAULT_REGION)) {
        throw new S3Failure(
            S3Code.BucketAlreadyOwnedByYou,
            "Your previous request to create the named bucket succeeded and you already own it.");
      }
    }
    grants.apply(call, bucket, asked);
    Out.headers(call).put("Location", "/" + bucket.value());
    Out.headers(call).put("x-amz-bucket-arn", "arn:aws:s3:::" + bucket.value());
    Out.empty(call, 200);
  }

  private static void checkLocation(S3Call call, XmlTree configuration) {
    configuration.only(Set.of("LocationConstraint", "Tags"));
    String wanted = configuration.text("LocationConstraint");
    if (wanted == null || wanted.isBlank()) {
      return;
    }
    // the standard region is meant by naming none
    if (wanted.strip().equals(S3Settings.DEFAULT_REGION) || !wanted.strip().equals(region(call))) {
      throw new S3Failure(
          S3Code.InvalidLocationConstraint,
          S3Code.InvalidLocationConstraint.message(),
          Map.of("LocationConstraint", wanted.strip()));
    }
  }

  private void head(S3Call call, BucketName bucket) throws IOException {
    Out.headers(call).put("x-amz-bucket-region", region(call));
    get(call, bucket);
    Out.headers(call).put("x-amz-access-point-alias", "false");
    Out.headers(call).put("Content-Type", "application/xml");
    Out.empty(call, 200);
  }

  private void delete(S3Call call, BucketName bucket) throws IOException {
    buckets.delete().execute(call.call(), new DeleteBucket.Command(bucket, true, false, null));
    Out.empty(call, 204);
  }

  private void location(S3Call call, BucketName bucket) throws IOException {
    get(call, bucket);
    boolean standard = region(call).equals(S3Settings.DEFAULT_REGION);
    XmlWriter out =
        XmlWriter.document()
            .open("LocationConstraint", "xmlns=\"" + XmlWriter.NAMESPACE + "\"")
            .text(standard ? "" : region(call));
    Out.xml(call, 200, out);
  }

  private void versioning(S3Call call, BucketName bucket) throws IOException {
    XmlWriter out = XmlWriter.of("VersioningConfiguration");
    switch (get(call, bucket).settings().versioning()) {
      case UNVERSIONED -> {}
      case ENABLED -> out.element("Status", "Enabled");
      case SUSPENDED -> out.element("Status", "Suspended");
    }
    Out.xml(call, 200, out);
  }

  private void putVersioning(S3Call call, BucketName bucket) throws IOException {
    XmlTree wanted =
        call.document(S3Limits.MAX_DOCUMENT, "VersioningConfiguration")
            .only(Set.of("Status", "MfaDelete", "MFADelete"));
    if (wanted.text("MfaDelete") != null && !"Disabled".equals(wanted.text("MfaDelete"))
        || wanted.text("MFADelete") != null && !"Disabled".equals(wanted.text("MFADelete"))) {
      throw new S3Failure(S3Code.NotImplemented, "MfaDelete is not implemented.");
    }
    String status = wanted.text("Status");
    if (status == null) {
      throw new S3Failure(
          S3Code.IllegalVersioningConfigurationException,
          "The Versioning element must be specified");
    }
    Versioning versioning =
        switch (status.strip()) {
          case "Enabled" -> Versioning.ENABLED;
          case "Suspended" -> Versioning.SUSPENDED;
          default -> throw XmlTree.malformed();
        };
    buckets
        .update()
        .execute(call.call(), new UpdateBucket.Command(bucket, versioning, null, null, null));
    Out.empty(call, 200);
  }

  private BucketInfo get(S3Call call, BucketName bucket) {
    return buckets.get().execute(call.call(), new GetBucket.Command(bucket)).info();
  }

  private static String region(S3Call call) {
    return call.settings().region();
  }

  private static String blankToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
