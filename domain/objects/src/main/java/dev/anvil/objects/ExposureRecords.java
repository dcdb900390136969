package dev.anvil.objects;

import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.GrantLimits;
import dev.anvil.authz.grants.Grantee;
import dev.anvil.authz.grants.Grantee.Group;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.authz.grants.Permission;
import dev.anvil.authz.policy.Policy;
import dev.anvil.authz.policy.PolicyLimits;
import dev.anvil.authz.policy.PolicyParser;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a bucket's grants lie, beside its record, and how they and lists are encoded. */
public final class ExposureRecords {
  private static final int EXPOSURE = 16;
  private static final int MOVE = 17;
  private static final int FORMAT = 1;
  private static final int BLOCK = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;
  private static final int POLICY = 8;
  private static final int CORS = 16;
  private static final int LISTED = 32;

  /** Instead of a number of grants: none was wanted, the owner's included. */
  private static final int BARE = GrantLimits.MAX_ENTRIES + 1;

  private static final int ACCOUNT = 0;

  private ExposureRecords() {}

  /** Key of a bucket's grants. */
  public static byte[] key(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(EXPOSURE).u64(bucketId).toBytes();
  }

  /** Key of public access that is on its way from the record to tuples. */
  public static byte[] moveKey(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(MOVE).u64(bucketId).toBytes();
  }

  /** Start of the keys of a partition's buckets' grants. */
  public static byte[] prefix() {
    return new KeyWriter(KeySpace.BUCKETS).u8(EXPOSURE).toBytes();
  }

  /** Start of the keys of a partition's moves. */
  public static byte[] movePrefix() {
    return new KeyWriter(KeySpace.BUCKETS).u8(MOVE).toBytes();
  }

  /** The bucket that a key under either start belongs to. */
  public static long bucketOf(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.BUCKETS);
    r.u8();
    return r.u64();
  }

  /** What the bucket grants in the snapshot. */
  public static Exposure read(ReadTx tx, long bucketId) {
    byte[] value = tx.get(key(bucketId));
    return value == null ? Exposure.NOTHING : decode(value);
  }

  /** The record. */
  public static byte[] encode(Exposure e) {
    RecordWriter w = new RecordWriter(FORMAT);
    int flags = (e.block() == null ? 0 : BLOCK) | (e.policy() == null ? 0 : POLICY);
    flags |= (e.cors().isEmpty() ? 0 : CORS) | (e.listed() ? LISTED : 0);
    w.u8(flags | (e.publicRead() ? READ : 0) | (e.publicWrite() ? WRITE : 0));
    w.u8(e.ownership() == null ? 0 : e.ownership().ordinal() + 1);
    if (e.block() != null) {
      AccessBlock b = e.block();
      w.flag(b.blockAcls()).flag(b.ignoreAcls()).flag(b.blockPolicy()).flag(b.restrictBuckets());
    }
    writeAcl(w, e.acl());
    if (e.policy() != null) {
      w.text(e.policy().text()).varint(e.policy().accounts().size());
      new TreeMap<>(e.policy().accounts()).forEach((name, id) -> w.text(name).varint(id));
    }
    if (!e.cors().isEmpty()) {
      CorsCodec.write(w, e.cors());
    }
    return w.toBytes();
  }

  /** What {@link #encode} wrote. */
  public static Exposure decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "bucket grants record", FORMAT);
    return BucketCodec.guarded(
        "bucket grants record",
        () -> {
          int flags = r.u8();
          if (flags > (BLOCK | READ | WRITE | POLICY | CORS | LISTED)) {
            throw new Corrupt("a bucket grants record has flags " + flags);
          }
          int rule = r.count(Ownership.values().length);
          AccessBlock block =
              (flags & BLOCK) == 0 ? null : new AccessBlock(r.flag(), r.flag(), r.flag(), r.flag());
          return new Exposure(
              readAcl(r),
              block,
              rule == 0 ? null : Ownership.values()[rule - 1],
              (flags & READ) != 0,
              (flags & WRITE) != 0,
              (flags & POLICY) == 0 ? null : readPolicy(r),
              (flags & CORS) == 0 ? List.of() : CorsCodec.read(r),
              (flags & LISTED) != 0);
        });
  }

  private static Policy readPolicy(RecordReader r) {
    String text = BucketCodec.required(r.text(), "policy");
    Map<String, Long> accounts = new HashMap<>();
    for (int i = r.count(PolicyLimits.MAX_VALUES); i > 0; i--) {
      accounts.put(BucketCodec.required(r.text(), "principal"), r.varint());
    }
    return PolicyParser.stored(text, accounts);
  }

  static void writeAcl(RecordWriter w, Acl acl) {
    w.varint(acl.bare() ? BARE : acl.entries().size());
    for (Acl.Entry entry : acl.entries()) {
      switch (entry.grantee()) {
        case Grantee.Account a -> w.u8(ACCOUNT).varint(a.tenantId() + 1);
        case Group g -> w.u8(1 + g.ordinal());
      }
      w.u8(entry.permission().ordinal());
    }
  }

  static Acl readAcl(RecordReader r) {
    int n = r.count(BARE);
    if (n == BARE) {
      return Acl.BARE;
    }
    List<Acl.Entry> entries = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int kind = r.count(Group.values().length);
      Grantee who =
          kind == ACCOUNT ? new Grantee.Account(r.varint() - 1) : Group.values()[kind - 1];
      entries.add(new Acl.Entry(who, Permission.values()[r.count(Permission.values().length - 1)]));
    }
    return new Acl(entries);
  }
}
