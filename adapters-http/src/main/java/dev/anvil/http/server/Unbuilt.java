package dev.anvil.http.server;

import java.util.List;
import java.util.Map;

/**
 * Paths of capabilities that are described but not built: they are refused by name, so nobody takes
 * a missing capability for a mistyped path. A capability that arrives leaves this list.
 */
enum Unbuilt {
  /** Of the public listener. */
  OF_APPLICATIONS,
  /** Of the management listener. */
  OF_ADMINISTRATORS;

  private static final Map<String, String> IN_BUCKET =
      Map.of(
          "indexes", "index",
          "indexes:preview", "index");

  private static final Map<String, String> AT_TOP = Map.of("personaldb", "personaldb");

  private static final Map<String, String> OF_ADMIN =
      Map.of(
          "findings", "findings",
          "backups", "backup",
          "backup-schedule", "backup",
          "notification-targets", "notification targets",
          "cluster", "cluster");

  /** Name of the capability the path belongs to, or null. */
  String capability(List<String> segments) {
    if (segments.size() < 2 || !segments.get(0).equals("v1")) {
      return null;
    }
    if (this == OF_ADMINISTRATORS) {
      boolean admin = segments.size() > 2 && segments.get(1).equals("admin");
      return admin ? OF_ADMIN.get(segments.get(2)) : null;
    }
    if (segments.get(1).equals("buckets")) {
      return segments.size() > 3 ? IN_BUCKET.get(segments.get(3)) : null;
    }
    return AT_TOP.get(segments.get(1));
  }
}
