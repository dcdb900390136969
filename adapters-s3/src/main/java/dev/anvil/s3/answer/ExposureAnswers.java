package dev.anvil.s3.answer;

import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.ChangeExposure.Change;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The block of public access, and ownership of objects. */
public final class ExposureAnswers {
  private static final Set<String> SWITCHES =
      Set.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets");

  private final S3UseCases.Grants grants;

  /** On these use cases. */
  public ExposureAnswers(S3UseCases.Grants grants) {
    this.grants = grants;
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Exposures request) throws IOException {
    switch (request) {
      case S3Request.GetPublicAccessBlock r -> block(call, r.bucket());
      case S3Request.PutPublicAccessBlock r -> {
        change(call, r.bucket(), new Change.ToBlock(block(call)));
        Out.empty(call, 200);
      }
      case S3Request.DeletePublicAccessBlock r -> {
        change(call, r.bucket(), new Change.ToBlock(null));
        Out.empty(call, 204);
      }
      case S3Request.GetBucketOwnershipControls r -> ownership(call, r.bucket());
      case S3Request.PutBucketOwnershipControls r -> {
        change(call, r.bucket(), new Change.ToOwnership(ownership(call)));
        Out.empty(call, 200);
      }
      case S3Request.DeleteBucketOwnershipControls r -> {
        change(call, r.bucket(), new Change.ToOwnership(null));
        Out.empty(call, 204);
      }
    }
  }

  private Exposure get(S3Call call, BucketName bucket) {
    return grants.get().execute(call.call(), new GetExposure.Command(bucket)).exposure();
  }

  private void change(S3Call call, BucketName bucket, Change change) {
    grants.change().execute(call.call(), new ChangeExposure.Command(bucket, change));
  }

  private void block(S3Call call, BucketName bucket) throws IOException {
    AccessBlock block = get(call, bucket).block();
    if (block == null) {
      throw new S3Failure(S3Code.NoSuchPublicAccessBlockConfiguration);
    }
    XmlWriter out =
        XmlWriter.of("PublicAccessBlockConfiguration")
            .element("BlockPublicAcls", block.blockAcls())
            .element("IgnorePublicAcls", block.ignoreAcls())
            .element("BlockPublicPolicy", block.blockPolicy())
            .element("RestrictPublicBuckets", block.restrictBuckets());
    Out.xml(call, 200, out);
  }

  private static AccessBlock block(S3Call call) {
    XmlTree sent =
        call.document(S3Limits.MAX_DOCUMENT, "PublicAccessBlockConfiguration").only(SWITCHES);
    return new AccessBlock(
        on(sent, "BlockPublicAcls"),
        on(sent, "IgnorePublicAcls"),
        on(sent, "BlockPublicPolicy"),
        on(sent, "RestrictPublicBuckets"));
  }

  private static boolean on(XmlTree sent, String name) {
    String text = sent.text(name);
    return switch (text == null ? "false" : text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw XmlTree.malformed();
    };
  }

  private void ownership(S3Call call, BucketName bucket) throws IOException {
    Ownership rule = get(call, bucket).ownership();
    if (rule == null) {
      throw new S3Failure(S3Code.OwnershipControlsNotFoundError);
    }
    XmlWriter out =
        XmlWriter.of("OwnershipControls").open("Rule").element("ObjectOwnership", rule.text());
    Out.xml(call, 200, out);
  }

  private static Ownership ownership(S3Call call) {
    List<XmlTree> rules =
        call.document(S3Limits.MAX_DOCUMENT, "OwnershipControls").only(Set.of("Rule")).all("Rule");
    if (rules.size() != 1) {
      throw XmlTree.malformed();
    }
    String text = rules.getFirst().only(Set.of("ObjectOwnership")).required("ObjectOwnership");
    Ownership rule = Ownership.byText(text.strip());
    if (rule == null) {
      throw XmlTree.malformed();
    }
    return rule;
  }
}
