package dev.anvil.objects;

import dev.anvil.authz.store.ObjectIds;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Invalid;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Keeps relationships of buckets and what is in them under the bucket's internal id, so that a new
 * bucket of an old name starts with none: {@code docs/a/b} is stored as {@code <id>~docs/a/b}.
 */
public final class BucketIds implements ObjectIds {
  private static final Set<String> TYPES =
      Set.of("anvil/bucket", "anvil/folder", "anvil/object", "anvil/index");
  private static final int ID_CHARS = 16;

  private final BucketDirectory buckets;

  /** Looks names up there. */
  public BucketIds(BucketDirectory buckets) {
    this.buckets = buckets;
  }

  @Override
  public String stored(long tenant, String type, String id) {
    if (!TYPES.contains(type)) {
      return id;
    }
    int slash = id.indexOf('/');
    String name = slash < 0 ? id : id.substring(0, slash);
    boolean bucket = type.equals("anvil/bucket");
    if (bucket != slash < 0 || type.equals("anvil/folder") && !id.endsWith("/")) {
      return null;
    }
    String internal = internal(tenant, name);
    return internal == null ? null : internal + "~" + id;
  }

  @Override
  public String storedPrefix(long tenant, String type, String prefix) {
    if (!TYPES.contains(type)) {
      return prefix;
    }
    int slash = prefix.indexOf('/');
    if (slash < 0) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a prefix of ids of "
              + type
              + " begins with a bucket and a slash, as docs/a, not '"
              + prefix
              + "'; name the bucket whole, or the id",
          Map.of("name", "resourceIdPrefix", "type", type));
    }
    String internal = internal(tenant, prefix.substring(0, slash));
    return internal == null ? null : internal + "~" + prefix;
  }

  @Override
  public String shown(long tenant, String type, String stored) {
    if (!TYPES.contains(type)) {
      return stored;
    }
    String id = stored.substring(ID_CHARS + 1);
    int slash = id.indexOf('/');
    String internal = internal(tenant, slash < 0 ? id : id.substring(0, slash));
    return internal != null && stored.startsWith(internal) ? id : null;
  }

  private String internal(long tenant, String name) {
    NameRecord found;
    try {
      found = buckets.find(new BucketName(name));
    } catch (Invalid noName) {
      return null;
    }
    return found == null || found.tenantId() != tenant ? null : internal(found.bucketId());
  }

  private static String internal(long bucketId) {
    return HexFormat.of().toHexDigits(bucketId);
  }

  /** How a bucket of this internal id and name is stored. */
  public static String stored(long bucketId, String name) {
    return internal(bucketId) + "~" + name;
  }
}
