package dev.anvil.app.keys;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.SecretRing;
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.identity.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rings of this node as what works with them: a sealer and tokens that follow each change of a
 * ring at once. Safe for any number of threads.
 */
public final class NodeKeys implements KeyRings {
  private static final byte[] NO_KEYS = "{\"keys\": []}".getBytes(StandardCharsets.US_ASCII);

  private final NodeSecrets secrets;
  private final boolean asymmetric;
  private final SecureRandom random;
  private volatile AesGcmSealer sealing;
  private volatile JwtTokens signing;

  /**
   * Over these rings.
   *
   * @param asymmetric whether new tokens are signed with EdDSA, else with HS256; older tokens of
   *     either kind verify
   */
  public NodeKeys(NodeSecrets secrets, boolean asymmetric, SecureRandom random) {
    this.secrets = secrets;
    this.asymmetric = asymmetric;
    this.random = random;
    reload();
  }

  private void reload() {
    sealing =
        new AesGcmSealer(
            secrets.sealing().entries().stream().map(e -> sealingKey(e.text())).toList(), random);
    List<TokenKey> tokens = new ArrayList<>();
    secrets.token().entries().forEach(e -> tokens.add(usual(e.text())));
    secrets.token().entries().forEach(e -> tokens.add(key(e.text(), !asymmetric)));
    signing = new JwtTokens(tokens);
  }

  private static KeyMaterial sealingKey(String text) {
    return KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", text);
  }

  private TokenKey usual(String text) {
    return key(text, asymmetric);
  }

  private static TokenKey key(String text, boolean eddsa) {
    KeyMaterial material = KeyMaterial.of("JWT_SECRET", text);
    return eddsa ? TokenKey.eddsa(material) : TokenKey.hs256(material);
  }

  private SecretRing ring(Kind kind) {
    return switch (kind) {
      case SEALING -> secrets.sealing();
      case TOKEN -> secrets.token();
    };
  }

  private String id(Kind kind, String text) {
    return switch (kind) {
      case SEALING -> new AesGcmSealer(List.of(sealingKey(text)), random).currentKeyId();
      case TOKEN -> usual(text).id();
    };
  }

  @Override
  public List<Key> keys(Kind kind) {
    List<SecretRing.Entry> entries = ring(kind).entries();
    List<Key> keys = new ArrayList<>();
    for (SecretRing.Entry e : entries) {
      keys.add(new Key(id(kind, e.text()), keys.isEmpty(), e.retiredAt()));
    }
    return keys;
  }

  @Override
  public boolean rotates(Kind kind) {
    return ring(kind).isKept();
  }

  @Override
  public synchronized String rotate(Kind kind, Instant now) {
    if (!rotates(kind)) {
      throw new WrongState(
          WrongState.Reason.SET_BY_CONFIGURATION, "this key comes from the settings");
    }
    String fresh = NodeSecrets.generated(random);
    ring(kind).rotate(fresh, now);
    reload();
    return id(kind, fresh);
  }

  @Override
  public synchronized void drop(Kind kind, String id) {
    for (SecretRing.Entry e : ring(kind).entries()) {
      if (id(kind, e.text()).equals(id)) {
        ring(kind).drop(e.text());
      }
    }
    reload();
  }

  /** Seals under the newest key, opens under all. */
  public SecretSealer sealer() {
    return new SecretSealer() {
      @Override
      public SealedSecret seal(String purpose, byte[] context, byte[] secret) {
        return sealing.seal(purpose, context, secret);
      }

      @Override
      public byte[] open(String purpose, byte[] context, SealedSecret sealed) {
        return sealing.open(purpose, context, sealed);
      }

      @Override
      public boolean knows(String keyId) {
        return sealing.knows(keyId);
      }

      @Override
      public String currentKeyId() {
        return sealing.currentKeyId();
      }
    };
  }

  /** Signs under the newest key, verifies under all. */
  public Tokens tokens() {
    return new Tokens() {
      @Override
      public String sign(TokenClaims claims) {
        return signing.sign(claims);
      }

      @Override
      public TokenClaims verify(String token) {
        return signing.verify(token);
      }

      @Override
      public byte[] publicKeys() {
        return asymmetric ? signing.publicKeys() : NO_KEYS.clone();
      }
    };
  }

  @Override
  public String toString() {
    return "NodeKeys[hidden]";
  }
}
