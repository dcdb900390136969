package dev.anvil.s3.request;

import dev.anvil.s3.wire.QueryText;
import java.util.Map;
import java.util.Set;

/** Operations of S3 that are not built, by the parameter that asks for them. */
final class Unbuilt {
  private static final Map<String, String> OF_BUCKET =
      Map.ofEntries(
          Map.entry("abac", "Abac"),
          Map.entry("accelerate", "AccelerateConfiguration"),
          Map.entry("analytics", "AnalyticsConfiguration"),
          Map.entry("intelligent-tiering", "IntelligentTieringConfiguration"),
          Map.entry("inventory", "InventoryConfiguration"),
          Map.entry("logging", "Logging"),
          Map.entry("metadataConfiguration", "MetadataConfiguration"),
          Map.entry("metadataInventoryTable", "MetadataInventoryTableConfiguration"),
          Map.entry("metadataJournalTable", "MetadataJournalTableConfiguration"),
          Map.entry("metadataTable", "MetadataTableConfiguration"),
          Map.entry("metrics", "MetricsConfiguration"),
          Map.entry("replication", "Replication"),
          Map.entry("requestPayment", "RequestPayment"),
          Map.entry("website", "Website"));

  private static final Map<String, String> OF_OBJECT =
      Map.of(
          "torrent", "ObjectTorrent",
          "restore", "RestoreObject",
          "select", "SelectObjectContent",
          "renameObject", "RenameObject",
          "encryption", "ObjectEncryption");

  /** Names that are whole names, not the thing a verb is put before. */
  private static final Set<String> WHOLE =
      Set.of("RestoreObject", "SelectObjectContent", "RenameObject");

  private Unbuilt() {}

  /** Name of the operation on a bucket, or null if it is built. */
  static String ofBucket(String method, QueryText query) {
    if (query.has("session")) {
      return "CreateSession";
    }
    for (QueryText.Pair pair : query.pairs()) {
      String thing = OF_BUCKET.get(pair.name());
      if (thing != null) {
        return verb(method) + "Bucket" + thing;
      }
    }
    return null;
  }

  /** Name of the operation on an object, or null if it is built. */
  static String ofObject(String method, QueryText query) {
    for (QueryText.Pair pair : query.pairs()) {
      String thing = OF_OBJECT.get(pair.name());
      if (thing != null) {
        return WHOLE.contains(thing) ? thing : verb(method) + thing;
      }
    }
    return null;
  }

  private static String verb(String method) {
    return switch (method) {
      case "PUT" -> "Put";
      case "DELETE" -> "Delete";
      case "POST" -> "Post";
      default -> "Get";
    };
  }
}
