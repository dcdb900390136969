package dev.anvil.identity;

import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.identity.Tokens;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryEngine;
import dev.anvil.ports.testkit.MemoryStore;
import dev.anvil.ports.testkit.TestPartitions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A deployment's identity in memory, which can be restarted on what is durable. */
final class IdentityWorld implements AutoCloseable {
  static final Call ADMIN = new Call(Caller.admin("root"), "r-admin");
  static final KeyMaterial KEY =
      KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef");

  private final MemoryStore store = new MemoryStore("directory");
  final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  final SecureRandom random = new SecureRandom();
  final Tokens tokens = new JwtTokens(List.of(TokenKey.hs256(KEY)));
  final TokenSettings settings = TokenSettings.of("d1");
  final CountingSealer sealer = new CountingSealer(new AesGcmSealer(List.of(KEY), random));

  Partition partition;
  IdentityDirectory directory;
  Credentials credentials;
  IssueToken issueToken;
  AuthenticateToken authenticate;

  IdentityWorld() {
    start();
  }

  /** Counts openings, which are what a comparison of secrets costs. */
  static final class CountingSealer implements SecretSealer {
    private final SecretSealer inner;
    final AtomicInteger opened = new AtomicInteger();

    CountingSealer(SecretSealer inner) {
      this.inner = inner;
    }

    @Override
    public SealedSecret seal(String purpose, byte[] context, byte[] secret) {
      return inner.seal(purpose, context, secret);
    }

    @Override
    public byte[] open(String purpose, byte[] context, SealedSecret sealed) {
      opened.incrementAndGet();
      return inner.open(purpose, context, sealed);
    }

    @Override
    public boolean knows(String keyId) {
      return inner.knows(keyId);
    }

    @Override
    public String currentKeyId() {
      return inner.currentKeyId();
    }
  }

  private void start() {
    partition = TestPartitions.open(() -> MemoryEngine.open(store));
    directory = IdentityDirectory.open(partition, sealer);
    credentials = new Credentials(sealer, random);
    issueToken = new IssueToken(directory, credentials, tokens, settings, clock);
    authenticate = new AuthenticateToken(directory, tokens, settings, clock);
  }

  /** Forgets everything that is only in memory. */
  void restart() {
    partition.close();
    start();
  }

  void tenant(String name) {
    new CreateTenant(directory).execute(ADMIN, new CreateTenant.Command(name));
  }

  CreateApplication.Result application(String tenant, String name, String... grants) {
    return new CreateApplication(directory, credentials)
        .execute(ADMIN, new CreateApplication.Command(tenant, name, List.of(grants), null));
  }

  void grant(String clientId, String scope) {
    new AddGrant(directory).execute(ADMIN, new AddGrant.Command(clientId, scope, "test"));
  }

  void ungrant(String clientId, String scope) {
    new RemoveGrant(directory).execute(ADMIN, new RemoveGrant.Command(clientId, scope, "test"));
  }

  IssueToken.Result token(String clientId, String secret, String scope) {
    return issueToken.execute(
        Call.anonymous("r-token"), new IssueToken.Command(clientId, secret, scope));
  }

  String token(CreateApplication.Result app) {
    return token(app.application().clientId(), app.clientSecret(), null).token();
  }

  Caller caller(String token) {
    return authenticate
        .execute(Call.anonymous("r-auth"), new AuthenticateToken.Command(token))
        .caller();
  }

  Call as(CreateApplication.Result app) {
    return new Call(caller(token(app)), "r-app");
  }

  @Override
  public void close() {
    partition.close();
  }
}
