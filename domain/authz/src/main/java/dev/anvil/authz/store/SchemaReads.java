package dev.anvil.authz.store;

import dev.anvil.ports.failure.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Versions of a tenant's schema. */
public final class SchemaReads {
  /** Versions shown in one answer. */
  public static final int SHOWN = 100;

  private SchemaReads() {}

  /**
   * A version, or the one in force at the view's revision.
   *
   * @throws NotFound if there is no such version
   */
  public static StoredSchema version(View view, Integer wanted) {
    int newest = Schemas.version(view.tx(), view.tenant(), view.state(), view.revision());
    int version = wanted == null ? newest : wanted;
    if (version < 0 || version > newest) {
      throw new NotFound(
          NotFound.Reason.ROUTE,
          "there is no schema version " + version + "; the newest is " + newest,
          Map.of("version", version, "newest", newest));
    }
    return version == 0
        ? new StoredSchema(0, "", 0, view.schema().digest(), "", 0)
        : Schemas.stored(view.tx(), view.tenant(), version);
  }

  /** The newest versions, newest first, at most {@link #SHOWN}. */
  public static List<StoredSchema> versions(View view) {
    List<StoredSchema> all = new ArrayList<>();
    int newest = Schemas.version(view.tx(), view.tenant(), view.state(), view.revision());
    for (int v = newest; v > 0 && all.size() < SHOWN; v--) {
      all.add(Schemas.stored(view.tx(), view.tenant(), v));
    }
    return all;
  }
}
