package dev.anvil.authz.store;

import dev.anvil.authz.schema.Shape;

/**
 * A tuple as it will be stored.
 *
 * @param text as clients say it, for the journal
 */
record Compiled(TupleKey key, Shape shape, byte[] context, long expires, String text) {
  Row row(long revision, String writer, long millis, String reason) {
    return new Row(revision, shape.caveat(), context, expires, writer, millis, reason, 0);
  }
}
