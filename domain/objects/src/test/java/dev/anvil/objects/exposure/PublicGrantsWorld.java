package dev.anvil.objects.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.authz.Resource;
import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.policy.PrincipalNames;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Attempts;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketSettings;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.MemoryBodies;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ReadPins;
import dev.anvil.objects.TestRelationships;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A bucket whose grants to everybody move from its record to tuples, stopped wherever one likes.
 */
abstract class PublicGrantsWorld {
  static final BucketName DOCS = new BucketName("docs");
  static final Call OWNER = application(7, "acme");
  static final Call STRANGER = application(8, "other");
  static final Call NOBODY = Call.anonymous("r1");
  static final Everybody NOTHING = new Everybody(false, false);

  static final PrincipalNames NO_NAMES =
      new PrincipalNames() {
        @Override
        public long account(String numberOrName) {
          return NONE;
        }

        @Override
        public long canonical(String id) {
          return NONE;
        }

        @Override
        public long application(String clientId) {
          return NONE;
        }
      };

  /** Stops the node at a commit: what it had not committed is lost, or only the answer is. */
  static final class Cut {
    int left = Integer.MAX_VALUE;
    boolean answerLost;

    Partitions over(Partitions real) {
      return proxy(
          Partitions.class,
          real,
          result -> result instanceof Partition p ? proxy(Partition.class, p, r -> r) : result);
    }

    private <T> T proxy(Class<T> type, T real, UnaryOperator<Object> wrap) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, args) -> {
                boolean writes = method.getName().equals("write");
                if (writes && !answerLost && left-- <= 0) {
                  throw stopped();
                }
                Object result;
                try {
                  result = method.invoke(real, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (writes && answerLost && left-- <= 0) {
                  throw stopped();
                }
                return wrap.apply(result);
              }));
    }

    private static Unavailable stopped() {
      return new Unavailable(Unavailable.Reason.UNAVAILABLE, "the node stops here");
    }
  }

  final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  LocalPartitions partitions;
  Cut cut;
  Relationships relationships;
  ObjectServices services;
  BucketExposures exposures;
  long token;

  static Call application(long tenant, String name) {
    return new Call(Caller.application(tenant, name, "anv" + name, Scopes.ALL), "r1");
  }

  @BeforeEach
  void start() {
    partitions = TestPartitions.inMemory(3, clock);
    boot();
    new CreateBucket(services)
        .execute(OWNER, new CreateBucket.Command(DOCS, BucketSettings.DEFAULT, null));
  }

  @AfterEach
  void stop() {
    partitions.close();
  }

  /** Everything anew over what is stored. */
  void boot() {
    cut = new Cut();
    token++;
    Partitions seen = cut.over(partitions);
    BucketDirectory directory = new BucketDirectory(seen);
    relationships = TestRelationships.over(seen, directory, clock);
    exposures = new BucketExposures(directory, seen);
    services =
        new ObjectServices(
            seen,
            new MemoryBodies(),
            new Access(Meters.none(), (c, a, on) -> {}, new Gate(relationships), exposures),
            directory,
            new Incarnation(1),
            clock,
            new JacksonJsonDocuments(),
            new Attempts(),
            new ReadPins());
  }

  BucketRef ref() {
    return services.buckets().at(DOCS);
  }

  /** As versions before tuples left it. */
  void oldRecord(boolean read, boolean write) {
    BucketRef ref = ref();
    byte[] record = ExposureRecords.encode(Exposure.NOTHING.open(read, write));
    partitions
        .get(ref.partition())
        .write(tx -> {
          tx.put(ExposureRecords.key(ref.id()), record);
          return null;
        });
    boot();
  }

  void duty() {
    MovePublicGrants move = new MovePublicGrants(services, exposures);
    for (int n = 0; n < partitions.count(); n++) {
      move.step(new PartitionId(n), token);
    }
  }

  void ask(boolean read, boolean write) {
    var change = new ChangeExposure.Change.ToPublic(read, write);
    new ChangeExposure(services, exposures, NO_NAMES)
        .execute(OWNER, new ChangeExposure.Command(DOCS, change));
  }

  List<String> access() {
    Resource key = Resource.key(DOCS, ObjectKey.of("a/b"));
    List<String> may = new ArrayList<>();
    for (Call call : List.of(NOBODY, STRANGER)) {
      for (Action a : Action.values()) {
        // the right to make buckets is no right in one
        if (a != Action.BUCKET_CREATE) {
          Resource all = Resource.prefix(DOCS, new byte[0]);
          // nothing asks to list a key
          Resource inside = a == Action.OBJECT_LIST ? all : key;
          for (Resource on : List.of(inside, all, Resource.bucket(DOCS))) {
            if (services.access().allows(call, a, on)) {
              may.add(call.caller().actor() + " " + a.text() + " " + on.scope().text());
            }
          }
        }
      }
    }
    return may;
  }

  Exposure record() {
    return partitions.get(ref().partition()).read(tx -> ExposureRecords.read(tx, ref().id()));
  }

  byte[] moving() {
    byte[] key = ExposureRecords.moveKey(ref().id());
    return partitions.get(ref().partition()).<byte[]>read(tx -> tx.get(key));
  }

  Everybody held() {
    return services.access().held(7, DOCS);
  }

  void assertMoved(boolean read, boolean write) {
    assertThat(record().publicRead() || record().publicWrite()).isFalse();
    assertThat(moving()).isNull();
    assertThat(held()).isEqualTo(new Everybody(read, write));
  }

  /** Runs it with a stop at each commit in turn, until it meets none. */
  void cutEverywhere(Runnable prepare, Runnable act, Runnable check) {
    for (boolean lost : List.of(false, true)) {
      for (int at = 0; ; at++) {
        prepare.run();
        cut.answerLost = lost;
        cut.left = at;
        boolean stopped = false;
        try {
          act.run();
        } catch (Unavailable e) {
          stopped = true;
        }
        boot();
        check.run();
        if (!stopped) {
          assertThat(at).as("commits").isGreaterThanOrEqualTo(3);
          break;
        }
      }
    }
  }

  void redefine() {
    String text =
        "definition anvil/bucket {\n  relation reader: anvil/app | anvil/public\n"
            + "  permission write = (reader + writer + manage) - banned\n}";
    new SchemaWrites(relationships)
        .put(
            new Relationships.Owner(7, "acme"),
            new SchemaWrites.Put(text, false, null, false, List.of()),
            new WriteRequest.By("admin:root", "r", 0, null, null));
  }
}
