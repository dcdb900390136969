package dev.anvil.codec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import dev.anvil.ports.backup.BackupSigner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs backups with Ed25519 keys derived from the keys that seal stored secrets. */
public final class Ed25519BackupSigner implements BackupSigner {
  private static final String LABEL = "backup/sign";
  private static final int SEED_BYTES = 32;

  private final Map<String, Ed25519Key> keys = new LinkedHashMap<>();
  private final String current;

  /** The first signs, all verify; who restores needs the one that signed. */
  public Ed25519BackupSigner(List<KeyMaterial> newestFirst) {
    for (KeyMaterial material : newestFirst) {
      keys.put(material.id(LABEL), Ed25519Key.ofSeed(material.derive(LABEL, SEED_BYTES)));
    }
    this.current = newestFirst.getFirst().id(LABEL);
  }

  @Override
  public String keyId() {
    return current;
  }

  @Override
  public boolean knows(String keyId) {
    return keyId != null && keys.containsKey(keyId);
  }

  @Override
  public byte[] sign(byte[] bytes) {
    try {
      return keys.get(current).sign(null, bytes).decode();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java cannot sign with Ed25519", e);
    }
  }

  @Override
  public boolean verify(String keyId, byte[] bytes, byte[] signature) {
    try {
      return knows(keyId) && keys.get(keyId).verify(null, bytes, Base64URL.encode(signature));
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java cannot verify Ed25519", e);
    }
  }
}
