package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.NotImplemented;
import java.io.InputStream;
import java.util.Map;

/** Writes one version of a key from a stream. */
public final class PutObject {
  /**
   * What to write.
   *
   * @param bucket where
   * @param key under which key
   * @param content read once, after every refusal that can be known before; not closed
   * @param length announced bytes, or -1 when unknown
   * @param headers content headers
   * @param userMetadata names and values
   * @param structured JSON object, or null
   * @param tags tags
   * @param digests checksums the content must have
   * @param preconditions demands on the current state
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      InputStream content,
      long length,
      ContentHeaders headers,
      Map<String, String> userMetadata,
      byte[] structured,
      Map<String, String> tags,
      ExpectedDigests digests,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /**
   * The version is durable.
   *
   * @param receipt its receipt
   * @param replayed whether an earlier try with the same idempotency key had written it
   */
  public record Result(Receipt receipt, boolean replayed) {}

  private final ObjectServices services;

  /** Works on these services. */
  public PutObject(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:write on the key. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
