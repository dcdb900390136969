package dev.anvil.s3.answer;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.objects.Description;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.PartClaim;
import dev.anvil.objects.multipart.PartInfo;
import dev.anvil.objects.multipart.UploadChecksum;
import dev.anvil.objects.multipart.UploadInfo;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.UriCoding;
import dev.anvil.s3.wire.XmlTree;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Multipart uploads, but for their parts. */
public final class UploadAnswers {
  private final S3UseCases.Uploads uploads;
  private final PartAnswers parts;
  private final AclReader acls;
  private final AccountNames names;

  /** On these use cases; copies of parts read objects. */
  public UploadAnswers(
      S3UseCases.Uploads uploads, S3UseCases.Objects objects, S3UseCases.Grants grants) {
    this.uploads = uploads;
    this.acls = new AclReader(grants);
    this.names = new AccountNames(grants);
    this.parts = new PartAnswers(uploads, objects);
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Uploads request) throws IOException {
    switch (request) {
      case S3Request.CreateMultipartUpload r -> create(call, r);
      case S3Request.UploadPart r -> parts.put(call, r);
      case S3Request.UploadPartCopy r -> parts.copy(call, r);
      case S3Request.CompleteMultipartUpload r -> complete(call, r);
      case S3Request.AbortMultipartUpload r -> abort(call, r);
      case S3Request.ListParts r -> listParts(call, r);
      case S3Request.ListMultipartUploads r -> list(call, r);
    }
  }

  private void create(S3Call call, S3Request.CreateMultipartUpload request) throws IOException {
    if (call.call().caller().anonymous()) {
      throw new S3Failure(
          S3Code.AccessDenied,
          "Anonymous users cannot initiate multipart uploads. Please authenticate.");
    }
    Refusals.unbuiltHeaders(call, Refusals.OF_WRITES);
    Refusals.storageClass(call);
    AclRequest acl = acls.ofHeaders(call);
    Description d = Described.of(call);
    UploadChecksum checksum = UploadChecksums.of(call);
    CreateUpload.Result made =
        uploads
            .create()
            .execute(
                call.call(),
                new CreateUpload.Command(
                    request.bucket(),
                    request.key(),
                    d,
                    checksum,
                    null,
                    acl,
                    Guarding.ofWrite(call)));
    Guarding.describe(call, made.sealing());
    Guarding.abort(call, made.abort());
    if (checksum.strict()) {
      Out.headers(call).put("x-amz-checksum-algorithm", S3Checksum.of(checksum.algorithm()).name());
      Out.headers(call).put("x-amz-checksum-type", Out.type(checksum.kept()));
    }
    XmlWriter out =
        XmlWriter.of("InitiateMultipartUploadResult")
            .element("Bucket", request.bucket().value())
            .element("Key", request.key().text())
            .element("UploadId", made.uploadId());
    Out.xml(call, 200, out);
  }

  private void complete(S3Call call, S3Request.CompleteMultipartUpload request) throws IOException {
    XmlTree document =
        call.documentOfWhole(S3Limits.MAX_COMPLETE_DOCUMENT, "CompleteMultipartUpload");
    List<PartClaim> claims = UploadChecksums.claims(document);
    CompleteUpload.Command command =
        new CompleteUpload.Command(
            request.bucket(),
            request.key(),
            request.uploadId(),
            claims,
            Conditions.ofWrite(call),
            UploadChecksums.expectedSize(call),
            UploadChecksums.ofWhole(call, claims.size()),
            null);
    CompleteUpload.Result result =
        LongAnswer.of(
            call, () -> Conditions.writing(() -> uploads.complete().execute(call.call(), command)));
    Receipt receipt = result.receipt();
    Out.written(call, receipt);
    Guarding.describe(call, receipt.protection().sealing());
    Guarding.expiry(call, result.expiry());
    String path = "/" + request.bucket().value() + "/" + UriCoding.encodePath(request.key().text());
    XmlWriter out =
        XmlWriter.of("CompleteMultipartUploadResult")
            .element("Location", location(call, path))
            .element("Bucket", request.bucket().value())
            .element("Key", request.key().text())
            .element("ETag", Out.quoted(receipt.etag()));
    Out.checksums(out, receipt.checksums(), receipt.parts());
    Out.xml(call, 200, out);
  }

  static String location(S3Call call, String path) {
    var uri = call.exchange().request().getHttpURI();
    String host = call.exchange().request().getHeaders().get("Host");
    String authority = host == null ? uri.getAuthority() : host;
    return (uri.getScheme() == null ? "http" : uri.getScheme()) + "://" + authority + path;
  }

  private void abort(S3Call call, S3Request.AbortMultipartUpload request) throws IOException {
    requireInitiated(call, request);
    uploads
        .abort()
        .execute(
            call.call(),
            new AbortUpload.Command(request.bucket(), request.key(), request.uploadId(), null));
    Out.empty(call, 204);
  }

  /** An upload begins once: what it was then, it is when it is ended. */
  private void requireInitiated(S3Call call, S3Request.AbortMultipartUpload request) {
    Instant expected = Conditions.date(call, "x-amz-if-match-initiated-time");
    if (expected == null) {
      return;
    }
    Instant began =
        uploads
            .parts()
            .execute(
                call.call(),
                new ListParts.Command(request.bucket(), request.key(), request.uploadId(), 0, 1))
            .upload()
            .createdAt();
    if (expected.isBefore(began.truncatedTo(ChronoUnit.SECONDS))) {
      throw new S3Failure(S3Code.PreconditionFailed);
    }
  }

  private void listParts(S3Call call, S3Request.ListParts request) throws IOException {
    int max = Numbers.count("max-parts", request.maxParts(), S3Limits.MAX_PAGE, S3Limits.MAX_PAGE);
    int after = Numbers.count("part-number-marker", request.marker(), 0, Integer.MAX_VALUE);
    ListParts.Result page =
        uploads
            .parts()
            .execute(
                call.call(),
                new ListParts.Command(
                    request.bucket(), request.key(), request.uploadId(), after, Math.max(1, max)));
    Guarding.abort(call, page.abort());
    List<PartInfo> shown = max == 0 ? List.of() : page.parts();
    boolean truncated = max > 0 && page.nextAfter() > 0;
    XmlWriter out =
        XmlWriter.of("ListPartsResult")
            .element("Bucket", request.bucket().value())
            .element("Key", request.key().text())
            .element("UploadId", request.uploadId());
    AccountNames.Shown owner = names.of(call, names.ownerOf(call, request.bucket()));
    owner.write(out, "Initiator");
    owner.write(out, "Owner");
    out.element("StorageClass", "STANDARD").element("PartNumberMarker", after);
    out.element("NextPartNumberMarker", shown.isEmpty() ? 0 : shown.getLast().number());
    out.element("MaxParts", max).element("IsTruncated", truncated);
    checksum(out, page.upload());
    for (PartInfo part : shown) {
      out.open("Part")
          .element("PartNumber", part.number())
          .element("LastModified", Dates.iso(part.modifiedAt()))
          .element("ETag", Out.quoted(part.etag()))
          .element("Size", part.size());
      part.checksums()
          .forEach((a, value) -> out.element(S3Checksum.of(a).element(), Out.text(a, value, 0)));
      out.close();
    }
    Out.xml(call, 200, out);
  }

  private static void checksum(XmlWriter out, UploadInfo upload) {
    if (upload.checksum() != null && upload.checksum().strict()) {
      out.element("ChecksumAlgorithm", S3Checksum.of(upload.checksum().algorithm()).name())
          .element("ChecksumType", Out.type(upload.checksum().kept()));
    }
  }

  private void list(S3Call call, S3Request.ListMultipartUploads request) throws IOException {
    int max =
        Numbers.count("max-uploads", request.maxUploads(), S3Limits.MAX_PAGE, S3Limits.MAX_PAGE);
    UploadPage page = new UploadPage(uploads.list(), request, max);
    page.read(call);
    KeyText keys = KeyText.of(request.page().encoding());
    String prefix = ListAnswers.orEmpty(request.page().prefix());
    XmlWriter out =
        XmlWriter.of("ListMultipartUploadsResult")
            .element("Bucket", request.bucket().value())
            .element("KeyMarker", keys.text(ListAnswers.orEmpty(request.keyMarker())))
            .element("UploadIdMarker", ListAnswers.orEmpty(request.uploadIdMarker()))
            .element("NextKeyMarker", page.truncated() ? keys.text(page.nextKey()) : "")
            .element("NextUploadIdMarker", page.truncated() ? page.nextUploadId() : "")
            .element("Prefix", keys.text(prefix));
    String delimiter = request.page().delimiter();
    if (delimiter != null && !delimiter.isEmpty()) {
      out.element("Delimiter", keys.text(delimiter));
    }
    out.element("MaxUploads", max).element("IsTruncated", page.truncated());
    keys.element(out);
    AccountNames.Shown owner = names.of(call, names.ownerOf(call, request.bucket()));
    for (UploadInfo upload : page.uploads()) {
      out.open("Upload")
          .element("Key", keys.text(upload.key().text()))
          .element("UploadId", upload.uploadId());
      owner.write(out, "Initiator");
      owner.write(out, "Owner");
      out.element("StorageClass", "STANDARD").element("Initiated", Dates.iso(upload.createdAt()));
      checksum(out, upload);
      out.close();
    }
    ListAnswers.prefixes(out, page.commonPrefixes(), keys);
    Out.xml(call, 200, out);
  }
}
