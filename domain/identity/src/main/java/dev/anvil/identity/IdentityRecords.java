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
  private static final int AUDIT = 0x06;
  private static final int COUNTS = 0x07;
  private static final int VERSION = 1;

  private IdentityRecords() {}

  /** How many there are, whatever their state. */
  record Counts(int tenants, int applications) {}

  /** A grant without the application it belongs to. */
  record GrantFacts(Instant at, String actor, String reason) {}

  /** What an administrator or a delegating application did. */
  record AuditFacts(
      Instant at,
      String actor,
      String requestId,
      String kind,
      String subject,
      String detail,
      String reason) {}

  static byte[] tenantKey(String name) {
    return key(TENANT).rest(utf8(name)).toBytes();
  }

  static KeyRange tenants() {
    return KeyRange.prefix(key(TENANT).toBytes());
  }

  static byte[] tenant(Tenant tenant) {
    return new RecordWriter(VERSION)
        .i64(tenant.id())
        .text(tenant.name())
        .flag(tenant.suspended())
        .i64(tenant.createdAt().toEpochMilli())
        .varint(tenant.changed())
        .toBytes();
  }

  static Tenant tenant(byte[] value) {
    RecordReader in = new RecordReader(value, "tenant record", VERSION);
    long id = in.i64();
    return new Tenant(id, text(in), in.flag(), instant(in), in.varint());
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
    return new Application(
        clientId, tenantId, tenant, name, revoked, createdAt, grants, secrets, changed);
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

  static byte[] auditKey(long cursor) {
    return key(AUDIT).u64(cursor).toBytes();
  }

  static KeyRange audit() {
    return KeyRange.prefix(key(AUDIT).toBytes());
  }

  static byte[] audit(AuditFacts audit) {
    return new RecordWriter(VERSION)
        .i64(audit.at().toEpochMilli())
        .text(audit.actor())
        .text(audit.requestId())
        .text(audit.kind())
        .text(audit.subject())
        .text(audit.detail())
        .text(audit.reason())
        .toBytes();
  }

  static AuditFacts audit(byte[] value) {
    RecordReader in = new RecordReader(value, "audit record", VERSION);
    return new AuditFacts(instant(in), text(in), text(in), text(in), text(in), text(in), text(in));
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
