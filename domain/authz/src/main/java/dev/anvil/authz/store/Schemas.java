package dev.anvil.authz.store;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiled schemas and interned names in memory, by what can never change. Any thread. */
final class Schemas {
  private record Key(long tenant, int version) {}

  private final SchemaReader reader;
  private final Map<Key, Schema> compiled;
  private final Map<Long, Names> names = new ConcurrentHashMap<>();
  private final Schema system;

  Schemas(SchemaReader reader, AuthzLimits limits) {
    this.reader = reader;
    this.compiled =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Schema> eldest) {
            return size() > limits.state().schemas();
          }
        };
    this.system =
        reader.read(
            "",
            false,
            name -> {
              int id = Names.SYSTEM.id(name);
              if (id == 0) {
                throw new IllegalStateException("'" + name + "' has no fixed id");
              }
              return id;
            });
  }

  SchemaReader reader() {
    return reader;
  }

  Names names(ReadTx tx, long tenant, TenantState state) {
    if (state.nextName() == SystemNames.FIRST_OWN) {
      return Names.SYSTEM;
    }
    Names known = names.get(tenant);
    if (known != null && known.next() >= state.nextName()) {
      return known;
    }
    Map<String, Integer> ids = new HashMap<>(SystemNames.ids());
    byte[] prefix = AuthzRecords.table(tenant, AuthzRecords.NAMES);
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        String name = new RecordReader(c.value(), "interned name", 1).text();
        ids.put(name, AuthzRecords.nameId(c.key()));
      }
    }
    Names loaded = new Names(ids, state.nextName());
    names.merge(tenant, loaded, (a, b) -> a.next() >= b.next() ? a : b);
    return loaded;
  }

  /** The schema of a revision. */
  Schema schema(ReadTx tx, long tenant, TenantState state, long revision) {
    int version = version(tx, tenant, state, revision);
    if (version == 0) {
      return system;
    }
    Key key = new Key(tenant, version);
    synchronized (compiled) {
      Schema known = compiled.get(key);
      if (known != null) {
        return known;
      }
    }
    Names all = names(tx, tenant, state);
    Schema made =
        reader.read(
            stored(tx, tenant, version).text(),
            false,
            name -> {
              int id = all.id(name);
              if (id == 0) {
                throw new Corrupt("a name of schema " + version + " was never interned");
              }
              return id;
            });
    synchronized (compiled) {
      compiled.put(key, made);
    }
    return made;
  }

  static int version(ReadTx tx, long tenant, TenantState state, long revision) {
    int version = state.schemaVersion();
    if (revision >= state.schemaRevision()) {
      return version;
    }
    while (--version > 0 && stored(tx, tenant, version).revision() > revision) {
      continue;
    }
    return version;
  }

  static StoredSchema stored(ReadTx tx, long tenant, int version) {
    byte[] bytes = tx.get(AuthzRecords.schema(tenant, version));
    if (bytes == null) {
      throw new Corrupt("schema version " + version + " of a tenant is missing");
    }
    return StoredSchema.decode(version, bytes);
  }
}
