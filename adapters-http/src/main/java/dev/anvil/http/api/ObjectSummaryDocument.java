package dev.anvil.http.api;

import dev.anvil.objects.VersionRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HexFormat;
import java.util.Map;

/** A version as a batch of heads shows it. */
@Schema(name = "ObjectSummary")
public record ObjectSummaryDocument(
    String version,
    boolean nullVersion,
    long size,
    String etag,
    String sha256,
    String partsSha256,
    String lastModified,
    ObjectDocument.Headers headers,
    Map<String, String> userMetadata,
    Map<String, String> tags) {

  static ObjectSummaryDocument of(VersionRecord record) {
    if (record == null) {
      return null;
    }
    String hash = record.sha256() == null ? null : HexFormat.of().formatHex(record.sha256());
    return new ObjectSummaryDocument(
        record.id().text(),
        record.nullVersion(),
        record.size(),
        record.etag(),
        record.parts() == 0 ? hash : null,
        record.parts() == 0 || hash == null ? null : hash + "-" + record.parts(),
        record.committedAt().toString(),
        ObjectDocument.Headers.of(record.headers()),
        record.userMetadata(),
        record.tags());
  }
}
