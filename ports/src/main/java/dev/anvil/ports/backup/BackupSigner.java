package dev.anvil.ports.backup;

/** Signs what a backup says of itself, under a key that never enters the backup. */
public interface BackupSigner {
  /** Public id of the key that signs. */
  String keyId();

  /** The signature of the bytes. */
  byte[] sign(byte[] bytes);

  /** Whether the signature is of this key over these bytes. */
  boolean verify(byte[] bytes, byte[] signature);
}
