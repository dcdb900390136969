package dev.anvil.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** What a bucket is made with, or changed to. Values; what is not said is usual, or stays. */
public final class BucketSettings {
  /** Nothing said. */
  public static final BucketSettings NONE =
      new BucketSettings(JsonNodeFactory.instance.objectNode());

  private final ObjectNode document;

  private BucketSettings(ObjectNode document) {
    this.document = document;
  }

  private BucketSettings with(java.util.function.Consumer<ObjectNode> change) {
    ObjectNode more = document.deepCopy();
    change.accept(more);
    return new BucketSettings(more);
  }

  /** How it keeps what was overwritten or deleted. */
  public BucketSettings versioning(Buckets.Versioning versioning) {
    return with(d -> d.put("versioning", versioning.name().toLowerCase(Locale.ROOT)));
  }

  /** All its tags. */
  public BucketSettings tags(Map<String, String> tags) {
    return with(d -> d.set("tags", Fields.object(tags)));
  }

  /** What it may hold. */
  public BucketSettings quota(Bucket.Quota quota) {
    return with(d -> {
      ObjectNode bounds = d.putObject("quota");
      if (quota.objects() != null) {
        bounds.put("objects", quota.objects());
      }
      if (quota.bytes() != null) {
        bounds.put("bytes", quota.bytes());
      }
    });
  }

  /** Where S3 says that it is; of new ones alone. */
  public BucketSettings region(String region) {
    return with(d -> d.put("region", region));
  }

  /** What decides about it; of new ones alone, {@link BucketAccess} changes it. */
  public BucketSettings decidedBy(Buckets.DecidedBy what) {
    return with(d -> d.put("access", what.name().toLowerCase(Locale.ROOT)));
  }

  ObjectNode document() {
    return document;
  }
}
