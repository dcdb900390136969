package dev.anvil.authz.store;

import dev.anvil.authz.schema.Schema;
import dev.anvil.ports.storage.ReadTx;

/** Which stored tuples count now, inside a commit. */
record Live(ReadTx tx, long tenant, Schema schema, long millis) {
  Row row(TupleKey key) {
    byte[] value = tx.get(AuthzRecords.forward(tenant, key));
    return value == null ? null : Row.decode(value);
  }

  boolean alive(TupleKey k, Row row) {
    Schema.Member relation = schema.member(k.type(), k.relation());
    return row.aliveAt(millis) && relation != null && relation.admits(View.shape(k, row));
  }
}
