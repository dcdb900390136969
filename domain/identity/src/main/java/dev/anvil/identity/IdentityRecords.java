package dev.anvil.identity;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.KeyRange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keys and encodings of the identity subject; docs/formats-identity.md lists them. */
final class IdentityRecords {
  private static final int TENANT = 0x01;
  private static final int APPLICATION = 0x03;
  private static final int APPLICATION_NAME = 0x04;
  private static final int GRANT = 0x05;
  private static final int COUNTS = 0x07;
  private static final int REVOKED_TOKEN = 0x0A;
  private static final int WIRE_KEY = 0x0B;
  private static final int VERSION = 1;

  private IdentityRecords() {}

  /** How many there are, whatever their state. */
  record Counts(int tenants, int applications) {}

  /** A grant without the application it belongs to. */
  record GrantFacts(Instant at, String actor, String reason) {}

  static byte[] tenantKey(String name) {
    return key(TENANT).rest(utf8(name)).toBytes();
  }

  static KeyRange tenants() {
    return KeyRange.prefix(key(TENANT).toBytes());
  }

  static byte[] tenant(Tenant tenant) {
    RecordWriter out =
        new RecordWriter(VERSION)
            .i64(tenant.id())
            .text(tenant.name())
            .flag(tenant.suspended())
            .i64(tenant.createdAt().toEpochMilli())
            .varint(tenant.changed());
    TenantLimits limits = tenant.limits();
    if (tenant.deleting() || !limits.equals(TenantLimits.USUAL)) {
      out.flag(tenant.deleting())
          .varint(limits.requestsPerSecond() + 1)
          .varint(limits.bytesInPerSecond() + 1)
          .varint(limits.bytesOutPerSecond() + 1)
          .varint(limits.quotaBytes() + 1)
          .varint(limits.quotaObjects() + 1);
    }
    return out.toBytes();
  }

  static Tenant tenant(byte[] value) {
    RecordReader in = new RecordReader(value, "tenant record", VERSION);
    long id = in.i64();
    String name = text(in);
    boolean suspended = in.flag();
    Instant createdAt = instant(in);
    long changed = in.varint();
    return in.hasMore()
        ? new Tenant(id, name, suspended, createdAt, changed, in.flag(), limits(in))
        : new Tenant(id, name, suspended, createdAt, changed);
  }

  private static TenantLimits limits(RecordReader in) {
    try {
      return new TenantLimits(
          in.varint() - 1, in.varint() - 1, in.varint() - 1, in.varint() - 1, in.varint() - 1);
    } catch (Invalid e) {
      throw new Corrupt("tenant record: " + e.getMessage());
    }
  }

  static byte[] applicationKey(String clientId) {
    return key(APPLICATION).rest(utf8(clientId)).toBytes();
  }

  static KeyRange applications() {
    return KeyRange.prefix(key(APPLICATION).toBytes());
  }

  static byte[] applicationNameKey(long tenantId, String name) {
    return key(APPLICATION_NAME).u64(tenantId).rest(utf8(name)).toBytes();
  }

  static byte[] applicationName(String clientId) {
    return new RecordWriter(VERSION).text(clientId).toBytes();
  }

  static byte[] application(Application app) {
    RecordWriter out =
        new RecordWriter(VERSION)
            .text(app.clientId())
            .i64(app.tenantId())
            .text(app.tenant())
            .text(app.name())
            .flag(app.revoked())
            .i64(app.createdAt().toEpochMilli())
            .varint(app.grants())
            .varint(app.changed())
            .varint(app.secrets().size());
    for (LiveSecret secret : app.secrets()) {
      out.text(secret.id())
          .text(secret.sealed().keyId())
          .blob(secret.sealed().bytes())
          .i64(secret.createdAt().toEpochMilli());
    }
    if (!app.tokensFrom().equals(Instant.EPOCH)) {
      out.i64(app.tokensFrom().toEpochMilli());
    }
    return out.toBytes();
  }

  static Application application(byte[] value) {
    RecordReader in = new RecordReader(value, "application record", VERSION);
    String clientId = text(in);
    long tenantId = in.i64();
    String tenant = text(in);
    String name = text(in);
    boolean revoked = in.flag();
    Instant createdAt = instant(in);
    int grants = in.count(IdentityLimits.MAX_GRANTS);
    long changed = in.varint();
    List<LiveSecret> secrets = new ArrayList<>();
    for (int left = in.count(IdentityLimits.MAX_LIVE_SECRETS); left > 0; left--) {
      String id = text(in);
      String keyId = text(in);
      byte[] sealed = in.blob();
      if (sealed == null) {
        throw new Corrupt("application record: a secret without its envelope");
      }
      secrets.add(new LiveSecret(id, new SealedSecret(keyId, sealed), instant(in)));
    }
    Instant tokensFrom = in.hasMore() ? instant(in) : Instant.EPOCH;
    return new Application(
        clientId, tenantId, tenant, name, revoked, createdAt, grants, secrets, changed, tokensFrom);
  }

  static byte[] grantKey(String clientId, Scope scope) {
    return key(GRANT).part(clientId).rest(utf8(scope.text())).toBytes();
  }

  static KeyRange grants(String clientId) {
    return KeyRange.prefix(key(GRANT).part(clientId).toBytes());
  }

  static KeyRange grants() {
    return KeyRange.prefix(key(GRANT).toBytes());
  }

  static byte[] grant(GrantFacts grant) {
    return new RecordWriter(VERSION)
        .i64(grant.at().toEpochMilli())
        .text(grant.actor())
        .text(grant.reason())
        .toBytes();
  }

  static Grant grant(byte[] key, byte[] value) {
    KeyReader in = new KeyReader(key, KeySpace.IDENTITY);
    if (in.u8() != GRANT) {
      throw new Corrupt("a key that is no grant's stands among the grants");
    }
    String clientId = new String(in.part(), StandardCharsets.UTF_8);
    String scope = new String(in.rest(), StandardCharsets.UTF_8);
    RecordReader facts = new RecordReader(value, "grant record", VERSION);
    return new Grant(clientId, stored(scope), instant(facts), text(facts), text(facts));
  }

  private static Scope stored(String scope) {
    try {
      return Scope.parse(scope);
    } catch (Invalid e) {
      throw new Corrupt("a stored grant does not parse: " + e.getMessage());
    }
  }

  static byte[] countsKey() {
    return key(COUNTS).toBytes();
  }

  static byte[] counts(Counts counts) {
    return new RecordWriter(VERSION)
        .varint(counts.tenants())
        .varint(counts.applications())
        .toBytes();
  }

  /** Absent means none. */
  static Counts counts(byte[] value) {
    if (value == null) {
      return new Counts(0, 0);
    }
    RecordReader in = new RecordReader(value, "identity counts", VERSION);
    return new Counts(
        in.count(IdentityLimits.MAX_TENANTS), in.count(IdentityLimits.MAX_APPLICATIONS));
  }

  static byte[] revokedTokenKey(String tokenId) {
    return key(REVOKED_TOKEN).rest(utf8(tokenId)).toBytes();
  }

  static KeyRange revokedTokens() {
    return KeyRange.prefix(key(REVOKED_TOKEN).toBytes());
  }

  /** Id of the token in a key of {@link #revokedTokens}. */
  static String revokedToken(byte[] key) {
    KeyReader in = new KeyReader(key, KeySpace.IDENTITY);
    if (in.u8() != REVOKED_TOKEN) {
      throw new Corrupt("a key that is no revoked token's stands among them");
    }
    return new String(in.rest(), StandardCharsets.UTF_8);
  }

  /** A revocation that matters until then. */
  static byte[] revokedUntil(Instant until) {
    return new RecordWriter(VERSION).i64(until.toEpochMilli()).toBytes();
  }

  static Instant revokedUntil(byte[] value) {
    return instant(new RecordReader(value, "revoked token", VERSION));
  }

  static byte[] wireKeyKey() {
    return key(WIRE_KEY).toBytes();
  }

  static byte[] wireKey(SealedSecret sealed) {
    return new RecordWriter(VERSION).text(sealed.keyId()).blob(sealed.bytes()).toBytes();
  }

  static SealedSecret wireKey(byte[] value) {
    RecordReader in = new RecordReader(value, "wire key", VERSION);
    String keyId = text(in);
    byte[] sealed = in.blob();
    if (sealed == null) {
      throw new Corrupt("wire key: without its envelope");
    }
    return new SealedSecret(keyId, sealed);
  }

  private static KeyWriter key(int kind) {
    return new KeyWriter(KeySpace.IDENTITY).u8(kind);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(RecordReader in) {
    String text = in.text();
    if (text == null) {
      throw new Corrupt("an identity record lacks a text it must have");
    }
    return text;
  }

  private static Instant instant(RecordReader in) {
    return Instant.ofEpochMilli(in.i64());
  }
}
