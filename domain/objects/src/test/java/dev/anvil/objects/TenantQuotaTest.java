package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.Scopes;
import dev.anvil.identity.SetTenantLimits;
import dev.anvil.identity.TenantLimits;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tenant's quota over buckets in several partitions. */
@Tag("fast")
class TenantQuotaTest {
  private static final int MOST_TRIES = 100;

  private static final Call ADMIN = new Call(Caller.admin("root"), "r-admin");
  private static final KeyMaterial KEY =
      KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef");

  private final ObjectsNode node = new ObjectsNode(4);
  private final long seed = Long.getLong("anvil.seed", 20_261_125L);
  private IdentityDirectory directory;
  private Call call;

  TenantQuotaTest() {
    open();
    new CreateTenant(directory).execute(ADMIN, new CreateTenant.Command("acme"));
    long id = directory.tenant("acme").id();
    call = new Call(Caller.application(id, "acme", "app", Scopes.ALL), "r");
  }

  private void open() {
    SecureRandom random = new SecureRandom();
    directory =
        IdentityDirectory.open(node.partitions.directory(), new AesGcmSealer(List.of(KEY), random));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void quota(long bytes, long objects) {
    var limits = new TenantLimits(-1, -1, -1, bytes, objects);
    new SetTenantLimits(directory)
        .execute(ADMIN, new SetTenantLimits.Command("acme", limits, null));
    new SettleQuotas(node.services).settle(call.caller().tenantId());
  }

  private BucketName bucket(int n) {
    BucketName name = new BucketName("bucket-" + n);
    var settings =
        new BucketSettings(
            "local", Versioning.UNVERSIONED, Labels.bucketTags(Map.of()), Quota.UNLIMITED);
    new CreateBucket(node.services).execute(call, new CreateBucket.Command(name, settings, null));
    return name;
  }

  private void put(BucketName bucket, String key, int size) {
    new PutObject(node.services).execute(call, Puts.text(bucket, key, new byte[size]));
  }

  private boolean tryPut(BucketName bucket, String key, int size) {
    try {
      put(bucket, key, size);
      return true;
    } catch (LimitExceeded e) {
      assertThat(e.reason()).isEqualTo(LimitExceeded.Reason.QUOTA);
      return false;
    }
  }

  private void delete(BucketName bucket, String key) {
    new DeleteObject(node.services)
        .execute(
            call,
            new DeleteObject.Command(bucket, ObjectKey.of(key), null, Preconditions.NONE, null));
  }

  private long held(BucketName bucket) {
    BucketRef ref = node.ref(bucket);
    return node.home(bucket).<Long>read(tx -> BucketTx.readCounters(tx, ref.id()).totalBytes());
  }

  private long handed() {
    long tenant = call.caller().tenantId();
    return node.partitions.directory().<Long>read(tx -> Grant.sum(tx, tenant).bytes());
  }

  @Test
  void theQuotaIsReachedToTheByteOverAllBuckets() {
    quota(1_000, TenantLimits.NONE);
    BucketName a = bucket(1);
    BucketName b = bucket(2);
    put(a, "k", 400);
    put(b, "k", 600);
    assertThatThrownBy(() -> put(a, "one", 1))
        .isInstanceOf(LimitExceeded.class)
        .hasMessageContaining("quota 1000");
    delete(b, "k");
    put(a, "more", 600);
    assertThat(tryPut(b, "one", 1)).isFalse();
    put(b, "empty", 0);
  }

  @Test
  void objectsAreCountedToo() {
    quota(TenantLimits.NONE, 5);
    BucketName a = bucket(1);
    BucketName b = bucket(2);
    for (int i = 0; i < 3; i++) {
      put(a, "k" + i, 1);
    }
    put(b, "k0", 1);
    put(b, "k1", 1);
    assertThat(tryPut(a, "k3", 1)).isFalse();
    put(a, "k0", 9);
    delete(a, "k0");
    put(b, "k2", 1);
  }

  @Test
  void whatIsThereWhenTheQuotaComesCounts() {
    BucketName a = bucket(1);
    put(a, "old", 900);
    quota(1_000, TenantLimits.NONE);
    BucketName b = bucket(2);
    assertThat(tryPut(b, "k", 101)).isFalse();
    put(b, "k", 100);
    quota(TenantLimits.NONE, TenantLimits.NONE);
    put(b, "large", 5_000);
    quota(100, TenantLimits.NONE);
    assertThat(tryPut(a, "x", 1)).isFalse();
    delete(b, "large");
    assertThat(tryPut(a, "x", 1)).isFalse();
  }

  @Test
  void aDeletedBucketGivesBackWhatItHeld() {
    quota(1_000, TenantLimits.NONE);
    BucketName a = bucket(1);
    put(a, "k", 1_000);
    BucketName b = bucket(2);
    assertThat(tryPut(b, "k", 1)).isFalse();
    delete(a, "k");
    new DeleteBucket(node.services, List.of())
        .execute(call, new DeleteBucket.Command(a, false, false, null));
    put(b, "k", 1_000);
    assertThat(handed()).isEqualTo(1_000);
  }

  /** Nothing asks the directory while a bucket has something left. */
  @Test
  void mostWritesAskNobody() {
    quota(1L << 40, TenantLimits.NONE);
    BucketName a = bucket(1);
    put(a, "first", 10);
    long revision = node.partitions.directory().head().revision();
    for (int i = 0; i < 100; i++) {
      put(a, "k" + i, 1_000);
    }
    assertThat(node.partitions.directory().head().revision()).isEqualTo(revision);
    assertThat(handed()).isLessThanOrEqualTo(10 + ObjectLimits.ALLOWANCE_BYTES);
  }

  /** Against a sum kept beside it: granted exactly when it fits, never more than the quota. */
  @Tag("verify")
  @Test
  void aRandomRunIsRefusedExactlyWhenItDoesNotFit() {
    SplittableRandom random = new SplittableRandom(seed);
    long quota = 20_000;
    quota(quota, TenantLimits.NONE);
    List<BucketName> buckets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      buckets.add(bucket(i));
    }
    Map<String, Integer> sizes = new java.util.HashMap<>();
    for (int i = 0; i < 1_500; i++) {
      BucketName bucket = buckets.get(random.nextInt(buckets.size()));
      String key = "k" + random.nextInt(8);
      String id = bucket.value() + "/" + key;
      if (random.nextInt(4) == 0) {
        delete(bucket, key);
        sizes.remove(id);
      } else {
        int size = random.nextInt(3_000);
        long after =
            sizes.values().stream().mapToLong(Integer::longValue).sum()
                - sizes.getOrDefault(id, 0)
                + size;
        boolean grows = size > sizes.getOrDefault(id, 0);
        boolean stored = tryPut(bucket, key, size);
        assertThat(stored).as("seed %s step %s", seed, i).isEqualTo(!grows || after <= quota);
        if (stored) {
          sizes.put(id, size);
        }
      }
      if (i % 500 == 499) {
        node.restart();
        open();
      }
    }
    assertThat(buckets.stream().mapToLong(this::held).sum())
        .isEqualTo(sizes.values().stream().mapToLong(Integer::longValue).sum());
  }

  /** A put as a client does it: others may use up what a bucket draws, and then it asks again. */
  private boolean persists(BucketName bucket, String key) {
    for (int i = 1; ; i++) {
      try {
        return tryPut(bucket, key, 333);
      } catch (Unavailable e) {
        assertThat(e.reason()).isEqualTo(Unavailable.Reason.OVERLOADED);
        assertThat(i).as("tries of " + key).isLessThan(MOST_TRIES);
      }
    }
  }

  @Test
  void manyAtOnceNeverPassTheQuotaAndReachItWithinAnAllowance() throws Exception {
    long quota = 50_000;
    quota(quota, TenantLimits.NONE);
    List<BucketName> buckets = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      buckets.add(bucket(i));
    }
    AtomicLong stored = new AtomicLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int t = 0; t < 16; t++) {
        int thread = t;
        work.add(() -> {
          for (int i = 0; i < 30; i++) {
            if (persists(buckets.get((thread + i) % 4), "k-" + thread + "-" + i)) {
              stored.addAndGet(333);
            }
          }
          return null;
        });
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    assertThat(stored.get()).isLessThanOrEqualTo(quota);
    assertThat(buckets.stream().mapToLong(this::held).sum()).isEqualTo(stored.get());
    int more = 0;
    while (tryPut(buckets.getFirst(), "late-" + more, 333)) {
      more++;
    }
    assertThat(stored.get() + 333L * more).isGreaterThan(quota - 333);
  }
}
