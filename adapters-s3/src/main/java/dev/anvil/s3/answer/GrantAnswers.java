package dev.anvil.s3.answer;

import dev.anvil.objects.GetBucket;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ReadConditions;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;

/** Access control lists: what is there is the owner's, and nothing else can be granted yet. */
public final class GrantAnswers {
  private static final String TYPE =
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"";

  private final S3UseCases.Buckets buckets;
  private final S3UseCases.Objects objects;

  /** On these use cases. */
  public GrantAnswers(S3UseCases.Buckets buckets, S3UseCases.Objects objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Grants request) throws IOException {
    switch (request) {
      case S3Request.GetBucketAcl r -> {
        buckets.get().execute(call.call(), new GetBucket.Command(r.bucket()));
        Out.xml(call, 200, ownersOnly(call));
      }
      case S3Request.PutBucketAcl r -> {
        buckets.get().execute(call.call(), new GetBucket.Command(r.bucket()));
        requireOwnersOnly(call);
        Out.empty(call, 200);
      }
      case S3Request.GetObjectAcl r -> {
        look(
            call,
            new HeadObject.Command(
                r.bucket(), r.key(), r.version(), ReadConditions.NONE, List.of()));
        Out.xml(call, 200, ownersOnly(call));
      }
      case S3Request.PutObjectAcl r -> {
        look(
            call,
            new HeadObject.Command(
                r.bucket(), r.key(), r.version(), ReadConditions.NONE, List.of()));
        requireOwnersOnly(call);
        Out.empty(call, 200);
      }
    }
  }

  private void look(S3Call call, HeadObject.Command command) {
    objects.head().execute(call.call(), command);
  }

  private static XmlWriter ownersOnly(S3Call call) {
    XmlWriter out = XmlWriter.of("AccessControlPolicy");
    Owners.write(out, "Owner", call);
    out.open("AccessControlList").open("Grant").open("Grantee", TYPE);
    out.element("ID", call.ownerId()).element("DisplayName", call.ownerName()).close();
    return out.element("Permission", "FULL_CONTROL");
  }

  private static void requireOwnersOnly(S3Call call) {
    Owners.requirePrivate(call);
    byte[] document = call.document(S3Limits.MAX_DOCUMENT);
    if (document.length == 0) {
      if (call.header("x-amz-acl") == null) {
        throw new S3Failure(
            S3Code.MissingSecurityHeader, "Your request was missing a required header: x-amz-acl");
      }
      return;
    }
    XmlTree list = XmlTree.parse(document, "AccessControlPolicy").child("AccessControlList");
    if (list == null) {
      throw new S3Failure(S3Code.MalformedACLError, "The ACL names no AccessControlList.");
    }
    for (XmlTree grant : list.all("Grant")) {
      XmlTree grantee = grant.child("Grantee");
      boolean owner = grantee != null && call.ownerId().equals(grantee.text("ID"));
      if (!owner || !"FULL_CONTROL".equals(grant.text("Permission"))) {
        throw new S3Failure(
            S3Code.NotImplemented, "Grants other than the owner's full control are not built.");
      }
    }
  }
}
