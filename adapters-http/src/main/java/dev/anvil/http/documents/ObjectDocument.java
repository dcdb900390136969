package dev.anvil.http.documents;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.ObjectInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Everything about one version but its bytes, as JSON. */
@Schema(name = "ObjectInfo")
public record ObjectDocument(
    String bucket,
    String key,
    String version,
    boolean nullVersion,
    boolean current,
    long size,
    String etag,
    String sha256,
    String partsSha256,
    String lastModified,
    Headers headers,
    Map<String, String> userMetadata,
    @Schema(type = "object") @JsonRawValue String metadata,
    Map<String, String> tags,
    String cursor) {

  /** Headers kept with the bytes. */
  @Schema(name = "ContentHeaders")
  public record Headers(
      String contentType,
      String contentEncoding,
      String contentLanguage,
      String contentDisposition,
      String cacheControl,
      String expires) {
    static Headers of(ContentHeaders h) {
      return new Headers(
          h.contentType(),
          h.contentEncoding(),
          h.contentLanguage(),
          h.contentDisposition(),
          h.cacheControl(),
          h.expires());
    }

    ContentHeaders toHeaders() {
      return new ContentHeaders(
          contentType, contentEncoding, contentLanguage, contentDisposition, cacheControl, expires);
    }
  }

  /** From the domain's. */
  public static ObjectDocument of(CursorTexts cursors, ObjectInfo info) {
    String hash = info.sha256() == null ? null : HexFormat.of().formatHex(info.sha256());
    return new ObjectDocument(
        info.bucket().value(),
        info.key().text(),
        info.version(),
        info.nullVersion(),
        info.current(),
        info.size(),
        info.etag(),
        info.parts() == 0 ? hash : null,
        info.parts() == 0 || hash == null ? null : hash + "-" + info.parts(),
        info.lastModified().toString(),
        Headers.of(info.headers()),
        info.userMetadata(),
        info.structured() == null ? null : new String(info.structured(), StandardCharsets.UTF_8),
        info.tags(),
        cursors.ofBucket(info.bucket(), info.partition(), info.cursor()));
  }
}
