package dev.anvil.objects.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The hashes of a stream. A record's hash is the SHA-256 of its bytes. An append is linked to the
 * one before by {@code SHA-256("anvil-link-1" || link before || first sequence || count || batch)},
 * where batch is the SHA-256 over the hashes of its records; the first link before is 32 zero
 * bytes. Numbers are 8 bytes, big-endian. The hash of a sealed stream is {@code
 * SHA-256("anvil-seal-1" || last link || records || bytes)}. So one fold of fixed length is all
 * that an append computes inside the commit, however many records it brings.
 */
public final class StreamHashes {
  /** Bytes of every hash here. */
  public static final int BYTES = 32;

  private static final byte[] LINK = "anvil-link-1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEAL = "anvil-seal-1".getBytes(StandardCharsets.US_ASCII);

  private StreamHashes() {}

  /** The link before the first append. */
  public static byte[] start() {
    return new byte[BYTES];
  }

  /** Hash of a record. */
  public static byte[] record(byte[] data) {
    return sha256().digest(data);
  }

  /** Hash over the hashes of an append's records, in their order. */
  public static byte[] batch(List<byte[]> recordHashes) {
    MessageDigest sha = sha256();
    recordHashes.forEach(sha::update);
    return sha.digest();
  }

  /** Link of an append. */
  public static byte[] link(byte[] before, long first, int count, byte[] batch) {
    MessageDigest sha = sha256();
    sha.update(LINK);
    sha.update(before);
    sha.update(ByteBuffer.allocate(16).putLong(first).putLong(count).array());
    return sha.digest(batch);
  }

  /** Hash of a sealed stream. */
  public static byte[] seal(byte[] lastLink, long records, long bytes) {
    MessageDigest sha = sha256();
    sha.update(SEAL);
    sha.update(lastLink);
    return sha.digest(ByteBuffer.allocate(16).putLong(records).putLong(bytes).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
