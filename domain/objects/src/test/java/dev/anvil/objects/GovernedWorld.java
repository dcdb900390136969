package dev.anvil.objects;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.authz.Resource;
import dev.anvil.authz.relations.AuthzServices;
import dev.anvil.authz.relations.SetBucketAccess;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.SchemaWrites;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.manifests.ManifestContents;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.StreamContents;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A tenant with a bucket under relationships, on memory. */
final class GovernedWorld implements AutoCloseable {
  static final BucketName DOCS = new BucketName("docs");
  static final Call OWNER = app("anvowner");
  static final Call ANNA = app("anvanna");
  static final Relationships.Owner ACME = new Relationships.Owner(7, "acme");

  final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  final LocalPartitions partitions = TestPartitions.inMemory(3, clock);
  final CountedReads counted = new CountedReads(partitions);
  final BucketDirectory directory = new BucketDirectory(counted);
  final Relationships relationships = TestRelationships.over(counted, directory, clock);
  final Access access =
      new Access(
          Meters.none(),
          (call, action, on) -> {},
          new Gate(
              relationships,
              new BucketKeys(
                  directory, counted, List.of(new ManifestContents(), new StreamContents()))));
  final AuthzServices authz = new AuthzServices(access, relationships);
  final ObjectServices services =
      new ObjectServices(
          counted,
          new MemoryBodies(),
          access,
          directory,
          new Incarnation(1),
          clock,
          new JacksonJsonDocuments(),
          new Attempts(),
          new ReadPins());

  static Call app(String clientId) {
    return new Call(Caller.application(7, "acme", clientId, Scopes.parse("*|*")), "r1");
  }

  static GovernedWorld start() {
    GovernedWorld world = new GovernedWorld();
    world.create();
    world.govern(true);
    return world;
  }

  void create() {
    new CreateBucket(services)
        .execute(OWNER, new CreateBucket.Command(DOCS, BucketSettings.DEFAULT, null));
  }

  void govern(boolean on) {
    new SetBucketAccess(authz).execute(OWNER, new SetBucketAccess.Command(DOCS, on));
  }

  static Resource key(String key) {
    return Resource.key(DOCS, ObjectKey.of(key));
  }

  boolean may(Call call, Action action, String key) {
    return access.allows(call, action, key(key));
  }

  boolean sees(Call call, String key) {
    return access.sees(call, Action.OBJECT_LIST, new Resource.Key(DOCS, ObjectKey.of(key), null));
  }

  /** Writes as the server itself, whoever manages what. */
  void write(WriteRequest.Op op, String... tuples) {
    for (int i = 0; i < tuples.length; i += 500) {
      List<WriteRequest.Change> changes =
          Stream.of(tuples)
              .skip(i)
              .limit(500)
              .map(t -> new WriteRequest.Change(op, TupleText.parse(t)))
              .toList();
      new TupleWrites(relationships)
          .write(
              ACME,
              new WriteRequest(changes, List.of(), null, null),
              new WriteRequest.By("admin:root", "r", 0, null, null));
    }
  }

  void schema(String text) {
    new SchemaWrites(relationships)
        .put(
            ACME,
            new SchemaWrites.Put(text, false, null, false, List.of()),
            new WriteRequest.By("admin:root", "r", 0, null, null));
  }

  void put(String... keys) {
    for (String k : keys) {
      new PutObject(services).execute(OWNER, putCommand(k));
    }
  }

  static PutObject.Command putCommand(String key) {
    return Puts.bytes(DOCS, key, key.getBytes(StandardCharsets.UTF_8));
  }

  void manifest(String key) {
    new PutManifest(services)
        .execute(
            OWNER,
            new PutManifest.Command(DOCS, ObjectKey.of(key), new byte[] {1}, "a/b", 0, null));
  }

  void stream(String key) {
    new CreateStream(services)
        .execute(OWNER, new CreateStream.Command(DOCS, ObjectKey.of(key), "a/b", Map.of(), null));
  }

  void upload(String key) {
    new CreateUpload(services)
        .execute(OWNER, new CreateUpload.Command(DOCS, ObjectKey.of(key), Description.NONE, null));
  }

  @Override
  public void close() {
    partitions.close();
  }
}
