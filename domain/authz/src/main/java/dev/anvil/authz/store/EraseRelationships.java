package dev.anvil.authz.store;

import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Drops schemas and tuples of a tenant that is deleted, its history and its receipts too. */
public final class EraseRelationships {
  private static final int KEYS = 500;

  private final Relationships relationships;

  /** Of these relationships. */
  public EraseRelationships(Relationships relationships) {
    this.relationships = relationships;
  }

  /**
   * One commit at most.
   *
   * @param fence runs first in it
   * @return whether anything was dropped; then more may be left
   */
  public boolean step(long tenant, Consumer<WriteTx> fence) {
    Partition home = relationships.home(tenant);
    KeyRange all = KeyRange.prefix(new KeyWriter(KeySpace.AUTHZ).u64(tenant).toBytes());
    List<byte[]> keys =
        home.read(tx -> {
          List<byte[]> found = new ArrayList<>();
          try (EntryCursor c = tx.scan(all, Order.DESCENDING)) {
            while (found.size() < KEYS && c.next()) {
              found.add(c.key());
            }
          }
          return found;
        });
    if (keys.isEmpty()) {
      return false;
    }
    home.write(
        WriteBounds.reads(KEYS),
        tx -> {
          fence.accept(tx);
          keys.forEach(tx::delete);
          return null;
        });
    return true;
  }
}
