package dev.anvil.authz.store;

import dev.anvil.authz.graph.Edge;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SystemSchema;

/** Tuples that follow from ids: parents of objects and folders, buckets of indexes, tenants. */
final class Structure {
  /** Folders deeper than this hang on the folder at this depth. */
  static final int MAX_SEGMENTS = 32;

  private final String tenant;

  /** The tenant's name is the id of its object. */
  Structure(String tenant) {
    this.tenant = tenant;
  }

  static boolean structural(Schema.Member relation) {
    return SystemSchema.isSystem(relation.type().name())
        && SystemSchema.STRUCTURAL.contains(relation.type().name() + "#" + relation.name());
  }

  /** The one tuple of the relation. */
  Edge of(Schema.Member relation, String id) {
    return switch (relation.type().id()) {
      case SystemNames.BUCKET, SystemNames.DATABASE -> edge(SystemNames.TENANT, tenant);
      case SystemNames.INDEX -> edge(SystemNames.BUCKET, id.substring(0, slash(id)));
      default -> parent(id);
    };
  }

  private static Edge edge(int type, String id) {
    return new Edge(type, id, Schema.PLAIN, 0, null, true);
  }

  private static int slash(String id) {
    int slash = id.indexOf('/');
    return slash < 0 ? id.length() : slash;
  }

  private static Edge parent(String id) {
    int bucket = slash(id);
    int end = id.lastIndexOf('/', id.length() - 2);
    if (end <= bucket) {
      return edge(SystemNames.BUCKET, id.substring(0, bucket));
    }
    int segments = 0;
    for (int i = bucket + 1; i <= end; i++) {
      if (id.charAt(i) == '/' && ++segments == MAX_SEGMENTS) {
        end = i;
      }
    }
    return edge(SystemNames.FOLDER, id.substring(0, end + 1));
  }
}
