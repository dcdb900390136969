package dev.anvil.codec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import dev.anvil.ports.backup.BackupSigner;

/** Signs backups with an Ed25519 key derived from the key that seals stored secrets. */
public final class Ed25519BackupSigner implements BackupSigner {
  private static final String LABEL = "backup/sign";
  private static final int SEED_BYTES = 32;

  private final Ed25519Key key;
  private final String keyId;

  /** The key is derived from this material, so who restores needs it too. */
  public Ed25519BackupSigner(KeyMaterial material) {
    this.key = Ed25519Key.ofSeed(material.derive(LABEL, SEED_BYTES));
    this.keyId = material.id(LABEL);
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public byte[] sign(byte[] bytes) {
    try {
      return key.sign(null, bytes).decode();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java cannot sign with Ed25519", e);
    }
  }

  @Override
  public boolean verify(byte[] bytes, byte[] signature) {
    try {
      return key.verify(null, bytes, Base64URL.encode(signature));
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java cannot verify Ed25519", e);
    }
  }
}
