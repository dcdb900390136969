package dev.anvil.objects.multipart;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.KeyRange;

/**
 * Keys of uploads. An upload is named by the cursor of its creation, so the oldest come first. 01 +
 * upload: the upload; 02 + bucket + key + upload: open uploads in the order of lists; 03 + upload +
 * number: a part; 04 + upload: its state; 05 + upload: structured metadata; 06 + upload: parts to
 * be dropped; 07 + cursor: the body of a replaced part.
 */
final class UploadKeys {
  private static final int UPLOAD = 1;
  private static final int OPEN = 2;
  private static final int PART = 3;
  private static final int STATE = 4;
  private static final int STRUCTURED = 5;
  private static final int LEFTOVER = 6;
  private static final int REPLACED = 7;

  private UploadKeys() {}

  static byte[] upload(long upload) {
    return of(UPLOAD, upload);
  }

  static KeyRange uploads() {
    return range(UPLOAD);
  }

  static byte[] open(long bucket, ObjectKey key, long upload) {
    return openOf(bucket).part(key.utf8()).u64(upload).toBytes();
  }

  static KeyRange openWithPrefix(long bucket, byte[] prefix) {
    return KeyRange.prefix(openOf(bucket).partPrefix(prefix).toBytes());
  }

  /** The last possible place of an upload of this key. */
  static byte[] afterOpen(long bucket, ObjectKey key) {
    return open(bucket, key, -1L);
  }

  static long uploadOfOpen(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.UPLOADS);
    r.u8();
    r.u64();
    r.part();
    return r.u64();
  }

  static byte[] part(long upload, int number) {
    return writer(PART).u64(upload).u32(number).toBytes();
  }

  static KeyRange parts(long upload) {
    return KeyRange.prefix(of(PART, upload));
  }

  static byte[] state(long upload) {
    return of(STATE, upload);
  }

  static byte[] structured(long upload) {
    return of(STRUCTURED, upload);
  }

  static byte[] leftover(long upload) {
    return of(LEFTOVER, upload);
  }

  static KeyRange leftovers() {
    return range(LEFTOVER);
  }

  static byte[] replaced(long cursor) {
    return of(REPLACED, cursor);
  }

  static KeyRange replacedBodies() {
    return range(REPLACED);
  }

  /** The upload, or for 07 the cursor, behind the kind of a key. */
  static long number(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.UPLOADS);
    r.u8();
    return r.u64();
  }

  /** Whether a part lies under the key. */
  static boolean isPart(byte[] key) {
    return key.length > 1 && (key[0] & 0xFF) == KeySpace.UPLOADS.prefix() && key[1] == PART;
  }

  private static KeyWriter openOf(long bucket) {
    return writer(OPEN).u64(bucket);
  }

  private static byte[] of(int kind, long number) {
    return writer(kind).u64(number).toBytes();
  }

  private static KeyRange range(int kind) {
    return KeyRange.prefix(writer(kind).toBytes());
  }

  private static KeyWriter writer(int kind) {
    return new KeyWriter(KeySpace.UPLOADS).u8(kind);
  }
}
