package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.ListObjectParts;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlWriter;

/** The parts of an object in the answer that tells its attributes. */
final class ObjectPartsPage {
  private static final String MARKER = "x-amz-part-number-marker";
  private static final String MAX = "x-amz-max-parts";

  private final Use<ListObjectParts.Command, ListObjectParts.Result> use;

  ObjectPartsPage(Use<ListObjectParts.Command, ListObjectParts.Result> use) {
    this.use = use;
  }

  /** Says the checksum of one part, where its sender gave one. */
  void describe(S3Call call, BucketName bucket, ObjectKey key, ObjectInfo info, int part) {
    String version = info.nullVersion() ? "null" : info.version();
    use.execute(call.call(), new ListObjectParts.Command(bucket, key, version, part - 1, 1))
        .parts()
        .forEach(found ->
            found
                .checksums()
                .forEach((a, value) ->
                    Out.headers(call).put(S3Checksum.of(a).header(), Out.text(a, value, 0))));
  }

  /** Writes the page that headers ask for; of the very version that was described. */
  void write(S3Call call, S3Request.GetObjectAttributes request, ObjectInfo info, XmlWriter out) {
    int max = Numbers.count(MAX, call.header(MAX), S3Limits.MAX_PAGE, S3Limits.MAX_PAGE);
    int after = Numbers.count(MARKER, call.header(MARKER), 0, Integer.MAX_VALUE);
    String version = info.nullVersion() ? "null" : info.version();
    ListObjectParts.Result page =
        use.execute(
            call.call(),
            new ListObjectParts.Command(
                request.bucket(), request.key(), version, after, Math.max(1, max)));
    boolean some = max > 0 && !page.parts().isEmpty();
    out.open("ObjectParts")
        .element("PartsCount", info.parts())
        .element("PartNumberMarker", after)
        .element("NextPartNumberMarker", some ? page.parts().getLast().number() : after)
        .element("MaxParts", max)
        .element("IsTruncated", max > 0 && page.more());
    if (max > 0) {
      page.parts()
          .forEach(part -> {
            out.open("Part").element("PartNumber", part.number()).element("Size", part.size());
            part.checksums()
                .forEach(
                    (a, value) -> out.element(S3Checksum.of(a).element(), Out.text(a, value, 0)));
            out.close();
          });
    }
    out.close();
  }
}
