package dev.anvil.objects.notify;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.net.URI;
import java.time.Instant;

/**
 * Where messages are posted to.
 *
 * @param name unique
 * @param url http or https
 * @param secret what messages are signed with, sealed
 * @param tenant whose buckets may name it; null for everybody's
 * @param createdAt whole milliseconds
 */
public record Target(String name, URI url, SealedSecret secret, String tenant, Instant createdAt) {
  /** What every ARN of a target starts with. */
  public static final String ARN = "arn:anvil:webhook:::";

  private static final int FORMAT = 1;

  /** By which rules name it. */
  public String arn() {
    return ARN + name;
  }

  byte[] toBytes() {
    return new RecordWriter(FORMAT)
        .text(name)
        .text(url.toString())
        .text(secret.keyId())
        .blob(secret.bytes())
        .text(tenant)
        .i64(createdAt.toEpochMilli())
        .toBytes();
  }

  static Target of(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "notification target", FORMAT);
    String name = r.text();
    String url = r.text();
    String keyId = r.text();
    byte[] secret = r.blob();
    String tenant = r.text();
    Instant created = Instant.ofEpochMilli(r.i64());
    if (name == null || url == null || keyId == null || secret == null) {
      throw new Corrupt("a notification target lacks a field");
    }
    try {
      return new Target(name, URI.create(url), new SealedSecret(keyId, secret), tenant, created);
    } catch (IllegalArgumentException e) {
      throw new Corrupt("the URL of notification target " + name + " is none");
    }
  }
}
