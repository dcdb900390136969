package dev.anvil.s3.answer;

import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.Description;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;

/** What headers say about an object that is written. */
final class Described {
  static final String META = "x-amz-meta-";
  static final String TAGGING = "x-amz-tagging";
  static final String REDIRECT = "x-amz-website-redirect-location";
  private static final String CHUNKED = "aws-chunked";

  private Described() {}

  /** Content headers, user metadata and tags. */
  static Description of(S3Call call) {
    return Description.of(contentHeaders(call), userMetadata(call), null, tags(call));
  }

  static ContentHeaders contentHeaders(S3Call call) {
    return new ContentHeaders(
        call.header("Content-Type"),
        contentEncoding(call.header("Content-Encoding")),
        call.header("Content-Language"),
        call.header("Content-Disposition"),
        call.header("Cache-Control"),
        call.header("Expires"),
        redirect(call));
  }

  /** Where a website would send who asks for the object: kept and told, as there are none here. */
  private static String redirect(S3Call call) {
    String sent = call.header(REDIRECT);
    if (sent == null || sent.isEmpty()) {
      return null;
    }
    if (!sent.startsWith("/") && !sent.startsWith("http://") && !sent.startsWith("https://")) {
      throw new S3Failure(S3Code.InvalidRedirectLocation);
    }
    if (sent.length() > ObjectLimits.MAX_REDIRECT) {
      throw new S3Failure(
          S3Code.InvalidRedirectLocation,
          "The website redirect location has at most " + ObjectLimits.MAX_REDIRECT + " bytes.");
    }
    return sent;
  }

  /** Without the wrapping of the request itself. */
  private static String contentEncoding(String sent) {
    if (sent == null || !sent.toLowerCase(Locale.ROOT).contains(CHUNKED)) {
      return sent;
    }
    StringBuilder kept = new StringBuilder();
    for (String coding : sent.split(",")) {
      if (!coding.strip().equalsIgnoreCase(CHUNKED) && !coding.isBlank()) {
        kept.append(kept.isEmpty() ? "" : ",").append(coding.strip());
      }
    }
    return kept.isEmpty() ? null : kept.toString();
  }

  static Map<String, String> userMetadata(S3Call call) {
    Map<String, String> out = new LinkedHashMap<>();
    for (HttpField field : call.headers()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (name.startsWith(META)) {
        String value = field.getValue() == null ? "" : HeaderText.in(field.getValue());
        out.merge(name.substring(META.length()), value, (a, b) -> a + "," + b);
      }
    }
    return out;
  }

  /** Tags of the header. */
  static Map<String, String> tags(S3Call call) {
    return TagSets.ofHeader(call.header(TAGGING));
  }
}
