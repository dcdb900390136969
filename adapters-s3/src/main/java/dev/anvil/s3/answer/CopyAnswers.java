package dev.anvil.s3.answer;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.objects.Description;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.ReadConditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.copies.ChecksumWish;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.s3.body.OtherDigests;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;

/** Objects that are made of other objects. */
final class CopyAnswers {
  private static final String METADATA = "x-amz-metadata-directive";
  private static final String TAGS = "x-amz-tagging-directive";

  private final S3UseCases.Objects objects;
  private final AclReader acls;

  CopyAnswers(S3UseCases.Objects objects, AclReader acls) {
    this.objects = objects;
    this.acls = acls;
  }

  void copy(S3Call call, S3Request.CopyObject request) throws IOException {
    Refusals.unbuiltHeaders(call, Refusals.OF_WRITES);
    Refusals.storageClass(call);
    AclRequest acl = acls.ofHeaders(call);
    CopySource source = CopySource.of(call);
    boolean newMetadata = replaces(call, METADATA);
    boolean newTags = replaces(call, TAGS);
    // said in vain, yet it must be well said
    Description said = Described.of(call);
    ChecksumWish checksum = checksum(call);
    boolean itself =
        source.bucket().equals(request.bucket())
            && source.key().equals(request.key())
            && source.version() == null;
    boolean redirects = said.headers().redirect() != null;
    if (itself && !newMetadata && !redirects && !Guarding.seals(call)) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
    ReadConditions conditions = Conditions.ofSource(call);
    boolean look = newMetadata || newTags || redirects || !conditions.equals(ReadConditions.NONE);
    ObjectInfo info = look ? look(call, source, conditions) : null;
    Guarding.describeAsked(call);
    source.describe(call);
    CopyObject.Result result =
        LongAnswer.of(
            call,
            () ->
                Conditions.writing(() ->
                    objects
                        .copy()
                        .execute(
                            call.call(),
                            new CopyObject.Command(
                                source.bucket(),
                                source.key(),
                                look ? pinned(source, info) : source.version(),
                                Preconditions.NONE,
                                request.bucket(),
                                request.key(),
                                description(said, info, newMetadata, newTags),
                                Conditions.ofWrite(call),
                                checksum,
                                null,
                                acl,
                                Guarding.ofWrite(call),
                                Guarding.ofSource(call)))));
    source.describe(call, result.sourceNamed());
    answer(call, result);
  }

  /** The checksum that is asked for, else those of the source. */
  private static ChecksumWish checksum(S3Call call) {
    String name = call.header("x-amz-checksum-algorithm");
    if (name == null) {
      return new ChecksumWish(null, OtherDigests.ALL);
    }
    S3Checksum wanted = S3Checksum.byName(name.strip());
    if (wanted == null) {
      throw UploadChecksums.unsupported();
    }
    return new ChecksumWish(wanted.digest(), OtherDigests.ALL);
  }

  private ObjectInfo look(S3Call call, CopySource source, ReadConditions conditions) {
    return Conditions.reading(() ->
            objects
                .head()
                .execute(
                    call.call(),
                    new HeadObject.Command(
                        source.bucket(), source.key(), source.version(), conditions, List.of())))
        .info();
  }

  /** The very version that was looked at. */
  private static String pinned(CopySource source, ObjectInfo info) {
    return source.version() == null ? info.version() : source.version();
  }

  private static Description description(
      Description said, ObjectInfo info, boolean newMetadata, boolean newTags) {
    String redirect = said.headers().redirect();
    if (!newMetadata && !newTags && redirect == null) {
      return null;
    }
    return Description.of(
        newMetadata ? said.headers() : info.headers().withRedirect(redirect),
        newMetadata ? said.userMetadata() : info.userMetadata(),
        newMetadata ? null : info.structured(),
        newTags ? said.tags() : info.tags());
  }

  private static boolean replaces(S3Call call, String header) {
    String directive = call.header(header);
    if (directive == null || directive.equals("COPY")) {
      return false;
    }
    if (!directive.equals("REPLACE")) {
      throw Numbers.argument(
          header,
          directive,
          header.equals(TAGS) ? "Unknown tagging directive." : "Unknown metadata directive.");
    }
    return true;
  }

  private static void answer(S3Call call, CopyObject.Result result) throws IOException {
    Receipt receipt = result.receipt();
    Out.written(call, receipt);
    Guarding.describe(call, receipt.protection().sealing());
    Guarding.expiry(call, result.expiry());
    XmlWriter out =
        XmlWriter.of("CopyObjectResult")
            .element("LastModified", Dates.iso(receipt.committedAt()))
            .element("ETag", Out.quoted(receipt.etag()));
    Out.checksums(out, receipt.checksums(), receipt.parts());
    Out.xml(call, 200, out);
  }
}
