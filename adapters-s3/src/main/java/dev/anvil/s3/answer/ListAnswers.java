package dev.anvil.s3.answer;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.ObjectSummary;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.request.S3Request.Page;
import dev.anvil.s3.wire.IsoDates;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Lists of keys and of versions. */
public final class ListAnswers {
  private static final byte[] NOTHING = new byte[0];
  private static final String OWNER = "Owner";

  private final S3UseCases.Objects objects;
  private final AccountNames names;

  /** On these use cases. */
  public ListAnswers(S3UseCases.Objects objects, S3UseCases.Grants grants) {
    this.objects = objects;
    this.names = new AccountNames(grants);
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Lists request) throws IOException {
    switch (request) {
      case S3Request.ListObjects r -> first(call, r);
      case S3Request.ListObjectsV2 r -> second(call, r);
      case S3Request.ListObjectVersions r -> versions(call, r);
    }
  }

  private void first(S3Call call, S3Request.ListObjects request) throws IOException {
    Page page = request.page();
    int max = max(page);
    KeyText keys = KeyText.of(page.encoding());
    ListObjects.Result found = list(call, request.bucket(), page, request.marker(), null, max);
    boolean truncated = max > 0 && found.nextPageToken() != null;
    XmlWriter out = XmlWriter.of("ListBucketResult").element("Name", request.bucket().value());
    out.element("Prefix", keys.text(orEmpty(page.prefix())));
    out.element("Marker", keys.text(orEmpty(request.marker())));
    if (truncated && present(page.delimiter())) {
      out.element("NextMarker", keys.text(last(found)));
    }
    out.element("MaxKeys", max);
    delimiter(out, page, keys);
    out.element("IsTruncated", truncated);
    keys.element(out);
    if (max > 0) {
      objects(out, found.objects(), keys, owners(call, request.bucket()));
      prefixes(out, found.commonPrefixes(), keys);
    }
    Out.xml(call, 200, out);
  }

  private void second(S3Call call, S3Request.ListObjectsV2 request) throws IOException {
    Page page = request.page();
    int max = max(page);
    KeyText keys = KeyText.of(page.encoding());
    String token = present(request.token()) ? request.token() : null;
    ListObjects.Result found =
        list(call, request.bucket(), page, token == null ? request.startAfter() : null, token, max);
    boolean truncated = max > 0 && found.nextPageToken() != null;
    int count = max == 0 ? 0 : found.objects().size() + found.commonPrefixes().size();
    XmlWriter out = XmlWriter.of("ListBucketResult").element("Name", request.bucket().value());
    out.element("Prefix", keys.text(orEmpty(page.prefix())));
    out.element(
        "StartAfter", request.startAfter() == null ? null : keys.text(request.startAfter()));
    out.element("ContinuationToken", request.token());
    out.element("NextContinuationToken", truncated ? found.nextPageToken() : null);
    out.element("KeyCount", count).element("MaxKeys", max);
    delimiter(out, page, keys);
    out.element("IsTruncated", truncated);
    keys.element(out);
    if (max > 0) {
      objects(
          out, found.objects(), keys, request.fetchOwner() ? owners(call, request.bucket()) : null);
      prefixes(out, found.commonPrefixes(), keys);
    }
    Out.xml(call, 200, out);
  }

  private ListObjects.Result list(
      S3Call call, BucketName bucket, Page page, String after, String token, int max) {
    return objects
        .list()
        .execute(
            call.call(),
            new ListObjects.Command(
                bucket,
                bytes(page.prefix(), "prefix"),
                bytes(page.delimiter(), "delimiter"),
                present(after) ? bytes(after, "marker") : null,
                Math.max(1, max),
                token));
  }

  private static String last(ListObjects.Result found) {
    String key = found.objects().isEmpty() ? "" : found.objects().getLast().key();
    String prefix = found.commonPrefixes().isEmpty() ? "" : found.commonPrefixes().getLast();
    byte[] keyBytes = bytes(key, "key");
    byte[] prefixBytes = bytes(prefix, "prefix");
    return java.util.Arrays.compareUnsigned(keyBytes, prefixBytes) >= 0 ? key : prefix;
  }

  private static void objects(
      XmlWriter out,
      List<ObjectSummary> found,
      KeyText keys,
      Function<ObjectSummary, byte[]> owners) {
    IsoDates dates = new IsoDates();
    out.room(found.size() * ListedXml.USUAL_BYTES);
    for (ObjectSummary object : found) {
      out.markup(ListedXml.CONTENTS_KEY).text(keys.text(object.key()));
      out.markup(ListedXml.KEY_MODIFIED).text(dates.text(object.lastModified()));
      ListedXml.content(out.markup(ListedXml.MODIFIED_END), object);
      if (owners != null) {
        out.markup(owners.apply(object));
      }
      out.markup(ListedXml.CONTENTS_END);
    }
  }

  /** Markup of who owns an object. */
  private Function<ObjectSummary, byte[]> owners(S3Call call, BucketName bucket) {
    byte[] usual = names.of(call, names.ownerOf(call, bucket)).markup(OWNER);
    return object -> object.owner() == 0 ? usual : names.of(call, object.owner()).markup(OWNER);
  }

  private void versions(S3Call call, S3Request.ListObjectVersions request) throws IOException {
    Page page = request.page();
    int max = max(page);
    KeyText keys = KeyText.of(page.encoding());
    String marker = present(request.versionIdMarker()) ? request.versionIdMarker() : null;
    if (marker != null && !present(request.keyMarker())) {
      throw Numbers.argument(
          "version-id-marker",
          marker,
          "A version-id marker cannot be specified without a key marker.");
    }
    ListVersions.Result found =
        objects
            .versions()
            .execute(
                call.call(),
                new ListVersions.Command(
                    request.bucket(),
                    bytes(page.prefix(), "prefix"),
                    bytes(page.delimiter(), "delimiter"),
                    present(request.keyMarker()) ? bytes(request.keyMarker(), "key-marker") : null,
                    marker,
                    Math.max(1, max),
                    null));
    boolean truncated = max > 0 && found.nextPageToken() != null;
    XmlWriter out = XmlWriter.of("ListVersionsResult").element("Name", request.bucket().value());
    out.element("Prefix", keys.text(orEmpty(page.prefix())));
    out.element("KeyMarker", keys.text(orEmpty(request.keyMarker())));
    out.element("VersionIdMarker", orEmpty(request.versionIdMarker()));
    if (truncated) {
      nextMarkers(out, found, keys);
    }
    out.element("MaxKeys", max);
    delimiter(out, page, keys);
    out.element("IsTruncated", truncated);
    keys.element(out);
    if (max > 0) {
      Function<ObjectSummary, byte[]> owners = owners(call, request.bucket());
      IsoDates dates = new IsoDates();
      out.room(found.versions().size() * ListedXml.USUAL_VERSION_BYTES);
      found.versions().forEach(v -> version(out, v, keys, dates, owners.apply(v)));
      prefixes(out, found.commonPrefixes(), keys);
    }
    Out.xml(call, 200, out);
  }

  private static void nextMarkers(XmlWriter out, ListVersions.Result found, KeyText keys) {
    ObjectSummary last = found.versions().isEmpty() ? null : found.versions().getLast();
    String prefix = found.commonPrefixes().isEmpty() ? null : found.commonPrefixes().getLast();
    boolean version =
        prefix == null
            || last != null
                && java.util.Arrays.compareUnsigned(
                        bytes(last.key(), "key"), bytes(prefix, "prefix"))
                    >= 0;
    out.element("NextKeyMarker", keys.text(version ? last.key() : prefix));
    if (version) {
      out.element("NextVersionIdMarker", id(last));
    }
  }

  private static void version(
      XmlWriter out, ObjectSummary v, KeyText keys, IsoDates dates, byte[] owner) {
    out.markup(v.deleteMarker() ? ListedXml.MARKER_KEY : ListedXml.VERSION_KEY)
        .text(keys.text(v.key()))
        .markup(ListedXml.KEY_VERSION)
        .text(id(v))
        .markup(v.current() ? ListedXml.LATEST_MODIFIED : ListedXml.OLDER_MODIFIED)
        .text(dates.text(v.lastModified()))
        .markup(ListedXml.MODIFIED_END);
    if (!v.deleteMarker()) {
      ListedXml.content(out, v);
    }
    out.markup(owner).markup(v.deleteMarker() ? ListedXml.MARKER_END : ListedXml.VERSION_END);
  }

  private static String id(ObjectSummary v) {
    return v.nullVersion() ? "null" : v.version();
  }

  static void prefixes(XmlWriter out, List<String> prefixes, KeyText keys) {
    for (String prefix : prefixes) {
      out.open("CommonPrefixes").element("Prefix", keys.text(prefix)).close();
    }
  }

  private static void delimiter(XmlWriter out, Page page, KeyText keys) {
    if (present(page.delimiter())) {
      out.element("Delimiter", keys.text(page.delimiter()));
    }
  }

  private static int max(Page page) {
    return Numbers.count("max-keys", page.maxKeys(), S3Limits.MAX_PAGE, S3Limits.MAX_PAGE);
  }

  static byte[] bytes(String text, String what) {
    return text == null ? NOTHING : ObjectKey.encode(text, what);
  }

  private static boolean present(String text) {
    return text != null && !text.isEmpty();
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
