package dev.anvil.journal.watch;

import dev.anvil.ports.journal.Payload;
import java.time.Instant;

/**
 * A change as a watcher sees it.
 *
 * @param cursor resumes after it; opaque
 * @param commit the same for all changes of one commit; opaque
 * @param committedAt time of the commit
 * @param kind for example {@code object.put}
 * @param bucket name, or null for what belongs to no bucket
 * @param subject key of an object, manifest, stream or upload; else a name
 * @param version version id, or null
 * @param payload size, etag and hash, or null
 * @param actor who did it
 * @param requestId of the request that did it
 * @param idempotencyHash hash of the idempotency key, or null
 * @param authzRevision authorisation revision it rested on; 0 if none
 */
public record WatchEvent(
    String cursor,
    String commit,
    Instant committedAt,
    String kind,
    String bucket,
    String subject,
    String version,
    Payload payload,
    String actor,
    String requestId,
    byte[] idempotencyHash,
    long authzRevision) {}
