package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Bytes as they are stored at a target: one byte says raw or deflated; sealed as a whole when the
 * backup is encrypted. Threads may call at once.
 */
final class Blobs {
  private static final int RAW = 0;
  private static final int DEFLATED = 1;
  private static final int BUFFER_BYTES = 8 << 10;
  private static final String PURPOSE = "backup";
  private static final byte[] CONTEXT = {1};

  private final SecretSealer sealer;
  private final String keyId;

  /** Sealed under the key of that id; null for a backup that is not encrypted. */
  Blobs(SecretSealer sealer, String keyId) {
    this.sealer = sealer;
    this.keyId = keyId;
  }

  /** What names of files say of the key. */
  String suffix() {
    return keyId == null ? "" : "-" + keyId;
  }

  /** The stored form. */
  byte[] encode(byte[] plain, boolean compress) {
    byte[] packed = compress ? deflated(plain) : raw(plain);
    return keyId == null ? packed : sealer.seal(PURPOSE, CONTEXT, packed).bytes();
  }

  /** The bytes of a stored form; the file is named when they cannot be had. */
  byte[] decode(byte[] stored, String file, int maxBytes) {
    try {
      byte[] packed = keyId == null ? stored : open(stored);
      if (packed.length == 0 || packed[0] != RAW && packed[0] != DEFLATED) {
        throw BackupFiles.damaged(file, "holds bytes of no known form");
      }
      return packed[0] == RAW
          ? Arrays.copyOfRange(packed, 1, packed.length)
          : inflated(packed, file, maxBytes);
    } catch (DataFormatException e) {
      throw BackupFiles.damaged(file, "does not unpack");
    }
  }

  private byte[] open(byte[] stored) {
    return sealer.open(PURPOSE, CONTEXT, new SealedSecret(keyId, stored));
  }

  /** The blob's bytes, proved to be those that were backed up. */
  byte[] decode(byte[] stored, BlobRef ref, int maxBytes) {
    if (stored.length != ref.length()) {
      throw BackupFiles.damaged(ref.file(), "ends before byte " + (ref.offset() + ref.length()));
    }
    byte[] plain;
    try {
      plain = decode(stored, ref.file(), maxBytes);
    } catch (Corrupt e) {
      throw BackupFiles.damaged(
          ref.file(), "fails at byte " + ref.offset() + " (" + e.getMessage() + ")");
    }
    if (!Arrays.equals(BackupFiles.sha256(plain), ref.hash())) {
      throw BackupFiles.damaged(ref.file(), "fails its hash at byte " + ref.offset());
    }
    return plain;
  }

  private static byte[] raw(byte[] plain) {
    byte[] out = new byte[plain.length + 1];
    out[0] = RAW;
    System.arraycopy(plain, 0, out, 1, plain.length);
    return out;
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 16);
      out.write(DEFLATED);
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.size() > plain.length ? raw(plain) : out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflated(byte[] packed, String file, int maxBytes)
      throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed, 1, packed.length - 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 3);
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!inflater.finished()) {
        int n = inflater.inflate(buffer);
        if (n == 0 && !inflater.finished() || out.size() + n > maxBytes) {
          throw BackupFiles.damaged(file, "does not unpack to its length");
        }
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
