package dev.anvil.authz.store;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Where a tenant's relationships stand.
 *
 * @param revision cursor of the newest change; 0 before the first
 * @param schemaVersion 0 while only the server's own types exist
 * @param schemaRevision revision of that version
 * @param nextName id of the next new name
 * @param live tuples
 * @param floor oldest revision that can still be read
 */
record TenantState(
    long revision, int schemaVersion, long schemaRevision, int nextName, long live, long floor) {
  static final TenantState EMPTY = new TenantState(0, 0, 0, SystemNames.FIRST_OWN, 0, 0);

  static TenantState decode(byte[] bytes) {
    if (bytes == null) {
      return EMPTY;
    }
    RecordReader r = new RecordReader(bytes, "state of relationships", 1);
    return new TenantState(
        r.varint(),
        r.count(Integer.MAX_VALUE),
        r.varint(),
        r.count(Integer.MAX_VALUE),
        r.varint(),
        r.varint());
  }

  byte[] encode() {
    return new RecordWriter(1)
        .varint(revision)
        .varint(schemaVersion)
        .varint(schemaRevision)
        .varint(nextName)
        .varint(live)
        .varint(floor)
        .toBytes();
  }

  TenantState changed(long at, long liveBy) {
    return new TenantState(at, schemaVersion, schemaRevision, nextName, live + liveBy, floor);
  }

  TenantState schema(long at, int version, int names) {
    return new TenantState(at, version, at, names, live, floor);
  }

  TenantState floor(long oldest) {
    return new TenantState(revision, schemaVersion, schemaRevision, nextName, live, oldest);
  }
}
