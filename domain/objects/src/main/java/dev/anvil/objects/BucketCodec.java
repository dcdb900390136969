package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.objects.rules.BucketRules;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Encodes buckets and their counters. */
final class BucketCodec {
  static final int MAX_TEXTS = 10_000;
  private static final int CLOSING = 1;
  private static final int RULED = 2;

  private BucketCodec() {}

  static byte[] encode(BucketRecord b) {
    RecordWriter w = new RecordWriter(1);
    byte[] rules = b.rules().toBytes();
    w.i64(b.id()).text(b.name().value()).varint(b.tenantId()).text(b.owner());
    w.i64(b.createdAt().toEpochMilli());
    writeSettings(w, b.settings());
    int state = b.state() == BucketState.OPEN ? 0 : CLOSING;
    w.flag(b.everVersioned()).u8(state | (rules == null ? 0 : RULED)).varint(b.changed());
    if (rules != null) {
      w.blob(rules);
    }
    if (!b.allowance().equals(Allowance.UNMETERED)) {
      b.allowance().write(w);
    }
    return w.toBytes();
  }

  static BucketRecord decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "bucket record", 1);
    return guarded("bucket record", () -> read(r));
  }

  private static BucketRecord read(RecordReader r) {
    long id = r.i64();
    BucketName name = new BucketName(required(r.text(), "name"));
    long tenantId = r.varint();
    String owner = required(r.text(), "owner");
    Instant created = Instant.ofEpochMilli(r.i64());
    BucketSettings settings = readSettings(r);
    boolean versioned = r.flag();
    int state = r.u8();
    if (state > (CLOSING | RULED)) {
      throw new Corrupt("a bucket record has state " + state);
    }
    long changed = r.varint();
    BucketRules rules = (state & RULED) == 0 ? BucketRules.NONE : BucketRules.of(r.blob());
    return new BucketRecord(
        id,
        name,
        tenantId,
        owner,
        created,
        settings,
        versioned,
        (state & CLOSING) == 0 ? BucketState.OPEN : BucketState.CLOSING,
        changed,
        r.hasMore() ? Allowance.read(r) : Allowance.UNMETERED,
        rules);
  }

  static byte[] encode(BucketCounters c) {
    RecordWriter w = new RecordWriter(1);
    w.varint(c.objects()).varint(c.versions()).varint(c.markers()).varint(c.bytes());
    w.varint(c.uploads()).varint(c.uploadBytes());
    w.varint(c.manifests()).varint(c.streams()).varint(c.otherBytes());
    return w.toBytes();
  }

  static BucketCounters decodeCounters(byte[] bytes) {
    if (bytes == null) {
      return BucketCounters.ZERO;
    }
    RecordReader r = new RecordReader(bytes, "bucket counters", 1);
    return new BucketCounters(
        r.varint(),
        r.varint(),
        r.varint(),
        r.varint(),
        r.varint(),
        r.varint(),
        r.varint(),
        r.varint(),
        r.varint());
  }

  static void writeSettings(RecordWriter w, BucketSettings s) {
    w.text(s.region()).u8(s.versioning().ordinal());
    writeTexts(w, s.tags());
    w.varint(s.quota().objects() + 1).varint(s.quota().bytes() + 1);
  }

  static BucketSettings readSettings(RecordReader r) {
    String region = required(r.text(), "region");
    Versioning versioning = versioning(r.u8());
    TreeMap<String, String> tags = readTexts(r);
    return new BucketSettings(region, versioning, tags, new Quota(r.varint() - 1, r.varint() - 1));
  }

  static void writeTexts(RecordWriter w, Map<String, String> texts) {
    w.varint(texts.size());
    texts.forEach((k, v) -> w.text(k).text(v));
  }

  static TreeMap<String, String> readTexts(RecordReader r) {
    TreeMap<String, String> texts = new TreeMap<>();
    int n = r.count(MAX_TEXTS);
    for (int i = 0; i < n; i++) {
      texts.put(required(r.text(), "name"), required(r.text(), "value"));
    }
    return texts;
  }

  static <T> T required(T value, String what) {
    if (value == null) {
      throw new Corrupt("a record lacks its " + what);
    }
    return value;
  }

  /** Bytes that break a rule of a value are as corrupt as bytes that break a format. */
  static <T> T guarded(String what, Supplier<T> decoder) {
    try {
      return decoder.get();
    } catch (Invalid | IllegalArgumentException | DateTimeException e) {
      throw new Corrupt(what + " holds what no writer wrote: " + e.getMessage());
    }
  }

  private static Versioning versioning(int code) {
    Versioning[] all = Versioning.values();
    if (code >= all.length) {
      throw new Corrupt("versioning " + code + " is not known");
    }
    return all[code];
  }
}
