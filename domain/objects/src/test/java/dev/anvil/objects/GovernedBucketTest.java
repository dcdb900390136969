package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.authz.Resource;
import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.relations.AuthzServices;
import dev.anvil.authz.relations.PutSchema;
import dev.anvil.authz.relations.SetBucketAccess;
import dev.anvil.authz.relations.WriteTuples;
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
import dev.anvil.objects.exposure.BucketExposures;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relationships at the door of a bucket that opted in. */
class GovernedBucketTest {
  private static final BucketName DOCS = new BucketName("docs");
  private static final Call OWNER = app("anvowner");
  private static final Call ANNA = app("anvanna");

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000L));
  private LocalPartitions partitions;
  private ObjectServices services;
  private AuthzServices authz;
  private BucketExposures exposures;

  private static Call app(String clientId) {
    return new Call(Caller.application(7, "acme", clientId, Scopes.parse("*|*")), "r1");
  }

  @BeforeEach
  void start() {
    partitions = TestPartitions.inMemory(3, clock);
    BucketDirectory directory = new BucketDirectory(partitions);
    Relationships relationships = TestRelationships.over(partitions, directory, clock);
    exposures = new BucketExposures(directory, partitions);
    Access access =
        new Access(Meters.none(), (call, action, on) -> {}, new Gate(relationships), exposures);
    authz = new AuthzServices(access, relationships);
    services =
        new ObjectServices(
            partitions,
            new MemoryBodies(),
            access,
            directory,
            new Incarnation(1),
            clock,
            new JacksonJsonDocuments(),
            new Attempts(),
            new ReadPins());
    create();
    new SetBucketAccess(authz).execute(OWNER, new SetBucketAccess.Command(DOCS, true));
  }

  private void create() {
    new CreateBucket(services)
        .execute(OWNER, new CreateBucket.Command(DOCS, BucketSettings.DEFAULT, null));
  }

  @AfterEach
  void stop() {
    partitions.close();
  }

  private static Resource key(String key) {
    return Resource.key(DOCS, ObjectKey.of(key));
  }

  private boolean may(Call call, Action action, Resource on) {
    return authz.access().allows(call, action, on);
  }

  private long write(WriteRequest.Op op, String... tuples) {
    List<WriteRequest.Change> changes =
        Stream.of(tuples).map(t -> new WriteRequest.Change(op, TupleText.parse(t))).toList();
    WriteRequest request = new WriteRequest(changes, List.of(), null, null);
    return new WriteTuples(authz)
        .execute(OWNER, new WriteTuples.Command(request, null))
        .receipt()
        .revision();
  }

  private void change(ChangeExposure.Change change) {
    new ChangeExposure(services, exposures, ExposuresTest.NAMES)
        .execute(OWNER, new ChangeExposure.Command(DOCS, change));
  }

  @Test
  void publicAccessIsEverybodysAndOtherGrantsReplaceNoRelationshipOfTheOwnTenant() {
    Call stranger = new Call(Caller.application(8, "other", "anvo", Scopes.ALL), "r1");
    assertThat(may(stranger, Action.OBJECT_READ, key("a"))).isFalse();
    change(new ChangeExposure.Change.ToPublic(true, true));
    assertThat(may(stranger, Action.OBJECT_READ, key("a"))).isTrue();
    assertThat(may(Call.anonymous("r1"), Action.OBJECT_WRITE, key("a"))).isTrue();
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isTrue();
    assertThat(may(ANNA, Action.BUCKET_DELETE, Resource.bucket(DOCS))).isFalse();
    change(new ChangeExposure.Change.ToBlock(new AccessBlock(false, true, false, false)));
    for (Call call : List.of(ANNA, stranger, Call.anonymous("r1"))) {
      assertThat(may(call, Action.OBJECT_READ, key("a"))).isFalse();
    }
    assertThat(may(OWNER, Action.OBJECT_READ, key("a"))).isTrue();
    change(new ChangeExposure.Change.ToBlock(null));
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isTrue();
    change(new ChangeExposure.Change.ToPublic(false, false));
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isFalse();
    assertThat(may(stranger, Action.OBJECT_READ, key("a"))).isFalse();
    String all =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::docs/*\"},{\"Effect\":\"Deny\","
            + "\"Principal\":\"*\",\"Action\":\"s3:DeleteObject\",\"Resource\":"
            + "\"arn:aws:s3:::docs/*\"}]}";
    change(new ChangeExposure.Change.ToPolicy(all));
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isFalse();
    assertThat(may(OWNER, Action.OBJECT_READ, key("a"))).isTrue();
    assertThat(may(OWNER, Action.OBJECT_DELETE, key("a"))).isFalse();
    assertThat(may(stranger, Action.OBJECT_DELETE, key("a"))).isFalse();
    assertThatThrownBy(() ->
            new ChangeExposure(services, exposures, ExposuresTest.NAMES)
                .execute(
                    ANNA,
                    new ChangeExposure.Command(DOCS, new ChangeExposure.Change.ToPolicy(null))))
        .isInstanceOf(Denied.class);
  }

  @Test
  void theOneWhoSwitchesItOnManagesAndOthersAreShutOut() {
    for (Action a : List.of(Action.OBJECT_READ, Action.OBJECT_WRITE, Action.OBJECT_DELETE)) {
      assertThat(may(OWNER, a, key("a/b"))).isTrue();
      assertThat(may(ANNA, a, key("a/b"))).isFalse();
    }
    assertThat(may(OWNER, Action.BUCKET_DELETE, Resource.bucket(DOCS))).isTrue();
    assertThat(may(ANNA, Action.BUCKET_READ, Resource.bucket(DOCS))).isFalse();
    assertThatThrownBy(() -> authz.access().require(ANNA, Action.OBJECT_READ, key("none")))
        .isInstanceOf(Denied.class);
  }

  @Test
  void directThroughAGroupAndThroughAFolder() {
    long before = write(WriteRequest.Op.TOUCH, "anvil/object:docs/a/b#reader@anvil/app:anvanna");
    assertThat(authz.access().require(ANNA, Action.OBJECT_READ, key("a/b")))
        .isGreaterThanOrEqualTo(before);
    assertThat(may(ANNA, Action.OBJECT_READ, key("a/c"))).isFalse();
    assertThat(may(ANNA, Action.OBJECT_WRITE, key("a/b"))).isFalse();
    write(WriteRequest.Op.DELETE, "anvil/object:docs/a/b#reader@anvil/app:anvanna");
    assertThat(may(ANNA, Action.OBJECT_READ, key("a/b"))).isFalse();

    new TupleWrites(authz.relationships())
        .write(
            new Relationships.Owner(7, "acme"),
            new WriteRequest(
                List.of(
                    new WriteRequest.Change(
                        WriteRequest.Op.TOUCH,
                        TupleText.parse("anvil/group:staff#member@anvil/app:anvanna"))),
                List.of(),
                null,
                null),
            new WriteRequest.By("admin:root", "r", 0, null, null));
    write(WriteRequest.Op.TOUCH, "anvil/folder:docs/a/#writer@anvil/group:staff#member");
    assertThat(may(ANNA, Action.OBJECT_WRITE, key("a/x/y/z"))).isTrue();
    assertThat(may(ANNA, Action.OBJECT_WRITE, key("ab"))).isFalse();
    write(WriteRequest.Op.TOUCH, "anvil/object:docs/a/x#banned@anvil/app:anvanna");
    assertThat(may(ANNA, Action.OBJECT_WRITE, key("a/x"))).isFalse();
    assertThat(may(ANNA, Action.OBJECT_WRITE, key("a/y"))).isTrue();
    write(WriteRequest.Op.DELETE, "anvil/folder:docs/a/#writer@anvil/group:staff#member");
    assertThat(may(ANNA, Action.OBJECT_WRITE, key("a/y"))).isFalse();
  }

  @Test
  void onlyManagersChangeRelationshipsOfAResource() {
    WriteRequest.Change change =
        new WriteRequest.Change(
            WriteRequest.Op.TOUCH, TupleText.parse("anvil/bucket:docs#owner@anvil/app:anvanna"));
    WriteTuples.Command command =
        new WriteTuples.Command(new WriteRequest(List.of(change), List.of(), null, null), null);
    assertThatThrownBy(() -> new WriteTuples(authz).execute(ANNA, command))
        .isInstanceOf(Denied.class);
    new WriteTuples(authz).execute(OWNER, command);
    assertThat(may(ANNA, Action.BUCKET_DELETE, Resource.bucket(DOCS))).isTrue();
  }

  @Test
  void redefiningTheServersTypesNeedsTheTenant() {
    String text = "definition anvil/bucket { relation reader: anvil/app }";
    var put = new SchemaWrites.Put(text, false, null, false, List.of());
    assertThatThrownBy(() -> new PutSchema(authz).execute(OWNER, new PutSchema.Command(put, false)))
        .isInstanceOf(Denied.class);
  }

  @Test
  void aNewBucketOfAnOldNameStartsWithNoRelationships() {
    write(WriteRequest.Op.TOUCH, "anvil/bucket:docs#reader@anvil/app:anvanna");
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isTrue();
    new DeleteBucket(services, List.of())
        .execute(OWNER, new DeleteBucket.Command(DOCS, false, false, null));
    create();
    new SetBucketAccess(authz).execute(OWNER, new SetBucketAccess.Command(DOCS, true));
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isFalse();
    assertThat(may(OWNER, Action.OBJECT_READ, key("a"))).isTrue();
  }

  private void put(String key) {
    new PutObject(services)
        .execute(OWNER, Puts.bytes(DOCS, key, key.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void listsShowWhatTheCallerMaySee() {
    List.of("a/1", "a/2", "b/1", "c").forEach(this::put);
    write(
        WriteRequest.Op.TOUCH,
        "anvil/bucket:docs#lister@anvil/app:anvanna",
        "anvil/object:docs/a/2#banned@anvil/app:anvanna",
        "anvil/folder:docs/b/#banned@anvil/app:anvanna",
        "anvil/object:docs/b/1#banned@anvil/app:anvanna");
    assertThat(list(ANNA, "")).containsExactly("a/1", "c");
    assertThat(list(OWNER, "")).containsExactly("a/1", "a/2", "b/1", "c");
    assertThat(list(ANNA, "/")).containsExactly("c", "a/");
    assertThat(list(app("anvbob"), "")).isEmpty();
  }

  /** Published defect 21: what is revoked shows nowhere, an old page token notwithstanding. */
  @Test
  void case21ARevocationBindsOldPageTokens() {
    List.of("a", "b", "c").forEach(this::put);
    write(WriteRequest.Op.TOUCH, "anvil/bucket:docs#reader@anvil/app:anvanna");
    ListObjects.Result first = page(null);
    assertThat(first.objects()).extracting(ObjectSummary::key).containsExactly("a");
    write(WriteRequest.Op.TOUCH, "anvil/object:docs/b#banned@anvil/app:anvanna");
    assertThat(page(first.nextPageToken()).objects())
        .extracting(ObjectSummary::key)
        .doesNotContain("b");
    write(WriteRequest.Op.DELETE, "anvil/bucket:docs#reader@anvil/app:anvanna");
    // who may not list walks his own grants, and has none left
    assertThat(page(first.nextPageToken()).objects()).isEmpty();
    assertThat(page(null).objects()).isEmpty();
    assertThat(may(ANNA, Action.OBJECT_READ, key("a"))).isFalse();
  }

  private ListObjects.Result page(String token) {
    return new ListObjects(services)
        .execute(ANNA, new ListObjects.Command(DOCS, null, new byte[0], null, 1, token));
  }

  private List<String> list(Call call, String delimiter) {
    ListObjects.Result r =
        new ListObjects(services)
            .execute(
                call,
                new ListObjects.Command(
                    DOCS, null, delimiter.getBytes(StandardCharsets.UTF_8), null, 100, null));
    return Stream.concat(r.objects().stream().map(ObjectSummary::key), r.commonPrefixes().stream())
        .toList();
  }

  @Test
  void anAbsentBucketIsNotGoverned() {
    assertThatThrownBy(() ->
            new SetBucketAccess(authz)
                .execute(OWNER, new SetBucketAccess.Command(new BucketName("none"), true)))
        .isInstanceOf(NotFound.class);
    assertThat(
            may(ANNA, Action.OBJECT_READ, Resource.key(new BucketName("none"), ObjectKey.of("k"))))
        .isTrue();
  }
}
