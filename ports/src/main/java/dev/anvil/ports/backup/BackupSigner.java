package dev.anvil.ports.backup;

/** Signs what a backup says of itself, under a key that never enters the backup. */
public interface BackupSigner {
  /** Public id of the key that signs. */
  String keyId();

  /** The signature of the bytes. */
  byte[] sign(byte[] bytes);

  /** Whether the key of this id is at hand. */
  boolean knows(String keyId);

  /** Whether the signature is of that key over these bytes; false if the key is not at hand. */
  boolean verify(String keyId, byte[] bytes, byte[] signature);
}
