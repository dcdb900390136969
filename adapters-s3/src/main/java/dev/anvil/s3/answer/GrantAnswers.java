package dev.anvil.s3.answer;

import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.Grantee;
import dev.anvil.authz.grants.Permission;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.exposure.GetGrants;
import dev.anvil.objects.exposure.ReplaceGrants;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.Map;

/** Access control lists of buckets and objects. */
public final class GrantAnswers {
  private static final String TYPE =
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=";

  private final S3UseCases.Grants grants;
  private final AclReader reader;
  private final AccountNames names;

  /** On these use cases. */
  public GrantAnswers(S3UseCases.Grants grants) {
    this.grants = grants;
    this.reader = new AclReader(grants);
    this.names = new AccountNames(grants);
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Grants request) throws IOException {
    switch (request) {
      case S3Request.GetBucketAcl r -> {
        GetExposure.Result found =
            grants.get().execute(call.call(), new GetExposure.Command(r.bucket()));
        Acl acl = found.exposure().aclsOff() ? Acl.PRIVATE : found.exposure().acl();
        Out.xml(call, 200, document(call, found.tenantId(), acl));
      }
      case S3Request.PutBucketAcl r -> {
        grants
            .change()
            .execute(
                call.call(),
                new ChangeExposure.Command(
                    r.bucket(), new ChangeExposure.Change.ToAcl(asked(call))));
        Out.empty(call, 200);
      }
      case S3Request.GetObjectAcl r -> {
        GetGrants.Result found =
            grants
                .object()
                .execute(call.call(), new GetGrants.Command(r.bucket(), r.key(), r.version()));
        long owner = found.grants().owner() == 0 ? found.bucketOwner() : found.grants().owner();
        Out.version(call, found.versioned(), found.nullVersion(), found.version());
        Out.xml(call, 200, document(call, owner, found.grants().acl()));
      }
      case S3Request.PutObjectAcl r -> {
        Receipt receipt =
            grants
                .replace()
                .execute(
                    call.call(),
                    new ReplaceGrants.Command(r.bucket(), r.key(), r.version(), asked(call)))
                .receipt();
        Out.version(call, receipt.versioned(), receipt.nullVersion(), receipt.version());
        Out.empty(call, 200);
      }
    }
  }

  private AclRequest asked(S3Call call) {
    byte[] document = call.document(S3Limits.MAX_DOCUMENT);
    if (document.length == 0) {
      AclRequest byHeaders = reader.ofHeaders(call);
      if (byHeaders == null) {
        throw new S3Failure(
            S3Code.MissingSecurityHeader,
            S3Code.MissingSecurityHeader.message(),
            Map.of("MissingHeaderName", "x-amz-acl"));
      }
      return byHeaders;
    }
    if (AclReader.inHeaders(call)) {
      throw new S3Failure(S3Code.UnexpectedContent);
    }
    return reader.ofDocument(call, XmlTree.parse(document, "AccessControlPolicy"));
  }

  private XmlWriter document(S3Call call, long owner, Acl acl) {
    XmlWriter out = XmlWriter.of("AccessControlPolicy");
    names.of(call, owner).write(out, "Owner");
    out.open("AccessControlList");
    if (acl.entries().isEmpty() && !acl.bare()) {
      grant(call, out, new Acl.Entry(new Grantee.Account(owner), Permission.FULL_CONTROL));
    }
    acl.entries().forEach(entry -> grant(call, out, entry));
    return out;
  }

  private void grant(S3Call call, XmlWriter out, Acl.Entry entry) {
    out.open("Grant");
    switch (entry.grantee()) {
      case Grantee.Account account -> {
        out.open("Grantee", TYPE + "\"CanonicalUser\"");
        names.of(call, account.tenantId()).inside(out).close();
      }
      case Grantee.Group group ->
          out.open("Grantee", TYPE + "\"Group\"").element("URI", AclReader.uri(group)).close();
    }
    out.element("Permission", entry.permission().name()).close();
  }
}
