package dev.anvil.http.documents;

import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.objects.Receipt;
import io.swagger.v3.oas.annotations.media.Schema;

/** A receipt as JSON: proof of one durable change. */
@Schema(name = "Receipt")
public record ReceiptDocument(
    String bucket,
    String key,
    @Schema(description = "Absent where the thing has no versions") String version,
    boolean deleteMarker,
    String etag,
    Long size,
    @Schema(description = "Hexadecimal; absent for what was put together from parts") String sha256,
    @Schema(description = "<hex>-<parts>: SHA-256 over the parts' SHA-256") String partsSha256,
    @Schema(description = "Place of the change in the journal; opaque") String cursor,
    long authzRevision,
    String requestId,
    String committedAt) {

  /** From the domain's; null stays null. */
  public static ReceiptDocument of(CursorTexts cursors, Receipt receipt) {
    if (receipt == null) {
      return null;
    }
    boolean bytes = receipt.etag() != null;
    return new ReceiptDocument(
        receipt.bucket().value(),
        receipt.key(),
        receipt.version(),
        receipt.deleteMarker(),
        receipt.etag(),
        bytes ? receipt.size() : null,
        receipt.sha256Text(),
        receipt.partsSha256Text(),
        cursors.ofBucket(receipt.bucket(), receipt.partition(), receipt.cursor()),
        receipt.authzRevision(),
        receipt.requestId(),
        receipt.committedAt().toString());
  }
}
