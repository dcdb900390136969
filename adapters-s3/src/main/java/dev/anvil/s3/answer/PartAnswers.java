package dev.anvil.s3.answer;

import dev.anvil.kernel.ByteRange;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.RangeSpec;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.multipart.UploadChecksum;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.body.Upload;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Parts of uploads. */
final class PartAnswers {
  private static final String RANGE = "x-amz-copy-source-range";

  private final S3UseCases.Uploads uploads;
  private final S3UseCases.Objects objects;

  PartAnswers(S3UseCases.Uploads uploads, S3UseCases.Objects objects) {
    this.uploads = uploads;
    this.objects = objects;
  }

  void put(S3Call call, S3Request.UploadPart request) throws IOException {
    Refusals.unbuiltHeaders(call, Refusals.OF_WRITES);
    Guarding.requireNoMethod(call);
    int number = PartNumbers.parse(request.part());
    Upload upload = call.upload(null);
    PutPart.Result result =
        uploads
            .putPart()
            .execute(
                call.call(),
                new PutPart.Command(
                    request.bucket(),
                    request.key(),
                    request.uploadId(),
                    number,
                    upload.content(),
                    upload.length(),
                    upload.digests(),
                    null,
                    Guarding.customer(call)));
    Receipt receipt = result.receipt();
    Guarding.describe(call, result.sealing());
    Out.headers(call).put("ETag", Out.quoted(receipt.etag()));
    receipt
        .checksums()
        .forEach((a, value) ->
            Out.headers(call)
                .put(dev.anvil.s3.body.S3Checksum.of(a).header(), Out.text(a, value, 0)));
    Out.empty(call, 200);
  }

  /** Reads the source and stores its bytes under the upload. */
  void copy(S3Call call, S3Request.UploadPartCopy request) throws IOException {
    Refusals.unbuiltHeaders(call, Refusals.OF_WRITES);
    Guarding.requireNoMethod(call);
    int number = PartNumbers.parse(request.part());
    CopySource source = CopySource.of(call);
    List<RangeSpec> wanted = range(call);
    GetObject.Result found = open(call, source, wanted);
    ObjectInfo info = found.info();
    try (var content = found.content()) {
      ByteRange range =
          found.ranges().isEmpty() ? new ByteRange(0, info.size()) : found.ranges().getFirst();
      if (!wanted.isEmpty() && wanted.getFirst().last() >= info.size()) {
        throw invalidRange(info.size());
      }
      UploadChecksum checksum = checksum(call, request);
      S3Checksum algorithm = checksum == null ? null : S3Checksum.of(checksum.algorithm());
      try (BodyReader reader = content.open(range)) {
        Upload upload = Upload.ofStored(new ReaderInput(reader), range.length(), algorithm);
        PutPart.Command command =
            new PutPart.Command(
                request.bucket(),
                request.key(),
                request.uploadId(),
                number,
                upload.content(),
                range.length(),
                upload.digests(),
                null,
                Guarding.customer(call));
        Guarding.describeAsked(call);
        source.describe(call);
        if (info.versioned()) {
          source.describe(call, info.nullVersion() ? "null" : info.version());
        }
        PutPart.Result result =
            LongAnswer.of(call, () -> uploads.putPart().execute(call.call(), command));
        Receipt receipt = result.receipt();
        Guarding.describe(call, result.sealing());
        answer(call, receipt, checksum != null && checksum.strict());
      }
    }
  }

  /** The checksum that the upload's parts have; null if it has none. */
  private UploadChecksum checksum(S3Call call, S3Request.UploadPartCopy request) {
    return uploads
        .parts()
        .execute(
            call.call(),
            new ListParts.Command(request.bucket(), request.key(), request.uploadId(), 0, 1))
        .upload()
        .checksum();
  }

  private GetObject.Result open(S3Call call, CopySource source, List<RangeSpec> wanted) {
    try {
      return Conditions.reading(() ->
          objects
              .get()
              .execute(
                  call.call(),
                  new GetObject.Command(
                      source.bucket(),
                      source.key(),
                      source.version(),
                      Conditions.ofSource(call),
                      wanted,
                      0,
                      Guarding.ofSource(call))));
    } catch (Invalid e) {
      if (e.reason() == Invalid.Reason.RANGE && e.fields().get("size") instanceof Long size) {
        throw invalidRange(size);
      }
      throw e;
    }
  }

  private static S3Failure invalidRange(long size) {
    return new S3Failure(
        S3Code.InvalidRange, "Range specified is not valid for source object of size: " + size);
  }

  /** Exactly {@code bytes=first-last}; here nothing malformed is passed over. */
  private static List<RangeSpec> range(S3Call call) {
    String sent = call.header(RANGE);
    if (sent == null) {
      return List.of();
    }
    List<RangeSpec> parsed =
        sent.matches("bytes=[0-9]{1,18}-[0-9]{1,18}") ? RangeSpec.parse(sent) : List.of();
    if (parsed.size() != 1) {
      throw Numbers.argument(
          RANGE,
          sent,
          "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
              + " last are the zero-based offsets of the first and last bytes to copy");
    }
    return parsed;
  }

  private static void answer(S3Call call, Receipt receipt, boolean withChecksum)
      throws IOException {
    XmlWriter out =
        XmlWriter.of("CopyPartResult")
            .element("LastModified", Dates.iso(receipt.committedAt()))
            .element("ETag", Out.quoted(receipt.etag()));
    Map<DigestAlgorithm, byte[]> shown = withChecksum ? receipt.checksums() : Map.of();
    shown.forEach((a, value) ->
        out.element(dev.anvil.s3.body.S3Checksum.of(a).element(), Out.text(a, value, 0)));
    Out.xml(call, 200, out);
  }
}
