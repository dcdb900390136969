package dev.anvil.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a copy, a composition or a rename takes its bytes from. Values; each method gives a new one.
 *
 * @param bucket null for the one that is written
 * @param version null for the current one
 * @param ifMatch entity tag that it must have, or null
 */
public record CopySource(String bucket, String key, String version, String ifMatch) {
  /** The current version of a key of the bucket that is written. */
  public static CopySource of(String key) {
    return new CopySource(null, key, null, null);
  }

  /** The current version of a key of another bucket. */
  public static CopySource of(String bucket, String key) {
    return new CopySource(bucket, key, null, null);
  }

  /** This version; a rename demands that it is the newest. */
  public CopySource version(String id) {
    return new CopySource(bucket, key, id, ifMatch);
  }

  /** 412 {@code PreconditionFailed} unless it has this entity tag. */
  public CopySource ifMatch(String etag) {
    return new CopySource(bucket, key, version, Fields.quoted(etag));
  }

  ObjectNode document() {
    ObjectNode source = JsonNodeFactory.instance.objectNode().put("key", key);
    if (bucket != null) {
      source.put("bucket", bucket);
    }
    if (version != null) {
      source.put("version", version);
    }
    if (ifMatch != null) {
      source.put("ifMatch", ifMatch);
    }
    return source;
  }
}
