package dev.anvil.objects.streams;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.storage.KeyRange;
import java.util.Map;

/**
 * Keys of streams. 01 + bucket + key is the head; 02 + stream + first sequence + piece is a piece
 * of a block of records.
 */
final class StreamRecords {
  private static final int HEAD = 1;
  private static final int BLOCK = 2;

  private StreamRecords() {}

  static byte[] head(long bucket, ObjectKey key) {
    return new KeyWriter(KeySpace.STREAMS).u8(HEAD).u64(bucket).rest(key.utf8()).toBytes();
  }

  static KeyRange heads(long bucket, byte[] prefix) {
    return KeyRange.prefix(
        new KeyWriter(KeySpace.STREAMS).u8(HEAD).u64(bucket).rest(prefix).toBytes());
  }

  static ObjectKey keyOfHead(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.STREAMS);
    r.u8();
    r.u64();
    return ObjectKey.of(r.rest());
  }

  static byte[] piece(long stream, long first, int piece) {
    return new KeyWriter(KeySpace.STREAMS).u8(BLOCK).u64(stream).u64(first).u32(piece).toBytes();
  }

  static byte[] blocks(long stream) {
    return new KeyWriter(KeySpace.STREAMS).u8(BLOCK).u64(stream).toBytes();
  }

  /** The head, or {@code NotFound} StreamNotFound for null. */
  static StreamHead require(byte[] value, ObjectKey key) {
    if (value == null) {
      throw new NotFound(
          NotFound.Reason.STREAM,
          "there is no stream of this name; create it first",
          Map.of("stream", key.text()));
    }
    return StreamHead.of(value);
  }

  /** First sequence of the block a piece belongs to. */
  static long firstOfPiece(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.STREAMS);
    r.u8();
    r.u64();
    return r.u64();
  }

  static byte[] hash(RecordReader r, String what) {
    byte[] hash = r.blob();
    if (hash == null || hash.length != StreamHashes.BYTES) {
      throw new Corrupt(what + " holds a hash of another length");
    }
    return hash;
  }

  static <T> T need(T value) {
    if (value == null) {
      throw new Corrupt("a stream record lacks a field");
    }
    return value;
  }
}
