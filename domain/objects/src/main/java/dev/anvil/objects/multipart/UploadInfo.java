package dev.anvil.objects.multipart;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Description;
import java.time.Instant;

/**
 * An open upload.
 *
 * @param uploadId opaque, sorting in the order of creation within a bucket
 * @param key the object it will become
 * @param description what the object will carry; in lists without structured metadata
 * @param createdAt time of the creating commit
 * @param expiresAt when it ends by itself
 * @param initiator actor
 * @param checksum what every part has, or null
 */
public record UploadInfo(
    String uploadId,
    ObjectKey key,
    Description description,
    Instant createdAt,
    Instant expiresAt,
    String initiator,
    UploadChecksum checksum) {}
