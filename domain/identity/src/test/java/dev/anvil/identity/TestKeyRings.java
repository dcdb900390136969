package dev.anvil.identity;

import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rings in memory that rotate and say what they were told. */
public final class TestKeyRings implements KeyRings, SecretSealer {
  private record Held(String text, Instant retiredAt) {}

  private final SecureRandom random = new SecureRandom();
  private final List<Held> sealing = new ArrayList<>();
  private final List<Held> token = new ArrayList<>();
  private int made;

  /** One key of each kind. */
  public TestKeyRings() {
    sealing.add(fresh());
    token.add(fresh());
  }

  private Held fresh() {
    return new Held("0123456789abcdef0123456789abcdef" + made++, null);
  }

  private List<Held> of(Kind kind) {
    return kind == Kind.SEALING ? sealing : token;
  }

  private static KeyMaterial material(Held held) {
    return KeyMaterial.of("a key", held.text());
  }

  private String id(Kind kind, Held held) {
    return kind == Kind.SEALING
        ? new AesGcmSealer(List.of(material(held)), random).currentKeyId()
        : TokenKey.hs256(material(held)).id();
  }

  private AesGcmSealer sealer() {
    return new AesGcmSealer(sealing.stream().map(TestKeyRings::material).toList(), random);
  }

  JwtTokens tokens() {
    return new JwtTokens(token.stream().map(h -> TokenKey.hs256(material(h))).toList());
  }

  @Override
  public List<Key> keys(Kind kind) {
    List<Key> keys = new ArrayList<>();
    of(kind).forEach(h -> keys.add(new Key(id(kind, h), keys.isEmpty(), h.retiredAt())));
    return keys;
  }

  @Override
  public boolean rotates(Kind kind) {
    return true;
  }

  @Override
  public String rotate(Kind kind, Instant now) {
    List<Held> ring = of(kind);
    ring.replaceAll(h -> h.retiredAt() == null ? new Held(h.text(), now) : h);
    ring.addFirst(fresh());
    return id(kind, ring.getFirst());
  }

  @Override
  public void drop(Kind kind, String id) {
    of(kind).removeIf(h -> id(kind, h).equals(id));
  }

  @Override
  public SealedSecret seal(String purpose, byte[] context, byte[] secret) {
    return sealer().seal(purpose, context, secret);
  }

  @Override
  public byte[] open(String purpose, byte[] context, SealedSecret sealed) {
    return sealer().open(purpose, context, sealed);
  }

  @Override
  public boolean knows(String keyId) {
    return sealer().knows(keyId);
  }

  @Override
  public String currentKeyId() {
    return sealer().currentKeyId();
  }
}
