package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.client.Answer.Outcome;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.AppendStreams;
import dev.anvil.client.BatchOutcome;
import dev.anvil.client.Batches.Item;
import dev.anvil.client.Bucket;
import dev.anvil.client.BucketAccess;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.BucketSettings;
import dev.anvil.client.Buckets;
import dev.anvil.client.Consistency;
import dev.anvil.client.CopySource;
import dev.anvil.client.Download;
import dev.anvil.client.Manifests;
import dev.anvil.client.MetadataPatch;
import dev.anvil.client.ObjectInfo;
import dev.anvil.client.ObjectVersion;
import dev.anvil.client.Question;
import dev.anvil.client.Receipt;
import dev.anvil.client.Relationships;
import dev.anvil.client.Schemas;
import dev.anvil.client.Tail;
import dev.anvil.client.TupleFilter;
import dev.anvil.client.TupleWrite;
import dev.anvil.client.Uploads;
import dev.anvil.client.Watch;
import dev.anvil.client.WatchOptions;
import dev.anvil.client.WriteOptions;
import dev.anvil.client.http.Content;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Calls every method of the Java client that is an operation, and looks at what it gives. */
final class EveryOperation {
  private static final String BUCKET = "docs";
  private static final String SCHEMA =
      """
      definition user {}
      definition group { relation member: user | group#member }
      definition document {
        relation viewer: user | group#member
        permission view = viewer
      }
      """;

  private final AnvilClient client;
  private final BucketObjects objects;
  private final Path folder;

  EveryOperation(AnvilClient client, Path folder) {
    this.client = client;
    this.objects = client.objects(BUCKET);
    this.folder = folder;
  }

  void run(String otherClient) throws IOException {
    assertThat(client.health().ready()).isTrue();
    assertThat(client.health().traffic()).isTrue();
    identity(otherClient);
    buckets();
    objects();
    changes();
    batches();
    uploads();
    manifests();
    streams();
    access();
    schemas();
    relationships();
    watches();
    ends();
  }

  private void identity(String otherClient) throws IOException {
    var narrow = client.tokens().issue("object:read|bucket:docs");
    assertThat(narrow.scope()).isEqualTo("object:read|bucket:docs");
    assertThat(narrow.life()).isPositive();
    assertThat(narrow.toString()).doesNotContain(narrow.token());
    assertThat(client.tokens().publicKeys()).contains("keys");
    client.grants().give(otherClient, "object:read|bucket:docs", "for a test");
    client.grants().takeBack(otherClient, "object:read|bucket:docs", "");
  }

  private void buckets() {
    Bucket made =
        client
            .buckets()
            .create(
                BUCKET,
                BucketSettings.NONE
                    .versioning(Buckets.Versioning.ENABLED)
                    .tags(Map.of("team", "ä"))
                    .quota(new Bucket.Quota(1_000_000L, null)));
    assertThat(made.versioning()).isEqualTo("enabled");
    Bucket changed = client.buckets().update(BUCKET, BucketSettings.NONE.tags(Map.of("team", "b")));
    assertThat(changed.tags()).containsEntry("team", "b");
    Bucket read = client.buckets().get(BUCKET);
    assertThat(read.quota()).isEqualTo(new Bucket.Quota(1_000_000L, null));
    assertThat(read.contents().objects()).isZero();
    assertThat(client.buckets().list().next().name()).isEqualTo(BUCKET);
  }

  private void objects() throws IOException {
    WriteOptions write =
        WriteOptions.NONE
            .contentType("text/plain")
            .cacheControl("no-cache")
            .metadata("author", "Änne")
            .tag("a b", "1&2")
            .structured("{\"pages\": 3, \"name\": \"ü\"}");
    Receipt receipt = objects.put("a", Content.of("one"), write);
    ObjectInfo head = objects.head("a");
    assertThat(head.tags()).containsExactly(Map.entry("a b", "1&2"));
    assertThat(head.structured()).contains("\"pages\"");
    assertThat(head.headers()).containsEntry("cache-control", "no-cache");
    ObjectInfo all = objects.describe("a");
    assertThat(all.structured()).isEqualTo("{\"pages\":3,\"name\":\"ü\"}");
    assertThat(all.metadata()).containsEntry("author", "Änne");
    assertThat(all.tags()).isEqualTo(head.tags());
    assertThat(all.headers()).isEqualTo(head.headers());
    assertThat(objects.describe("a", receipt.version()).etag()).isEqualTo(receipt.etag());
    try (Download download = objects.get("a")) {
      assertThat(download.body().readAllBytes()).asString().isEqualTo("one");
    }
    assertThat(objects.list("").next().key()).isEqualTo("a");
    objects.put("gone", Content.of("x"));
    assertThat(objects.list("", "", "a").next().key()).isEqualTo("gone");
    assertThat(objects.delete("gone").orElseThrow().deleteMarker()).isTrue();
    assertThat(objects.versions("gone").stream().map(ObjectVersion::deleteMarker))
        .containsExactly(true, false);
  }

  private void changes() throws IOException {
    objects.copy(CopySource.of("a"), "b", WriteOptions.NONE);
    assertThat(objects.head("b").tags()).containsKey("a b");
    objects.copy(CopySource.of("a"), "described", WriteOptions.NONE.tag("n", "1"));
    assertThat(objects.head("described").tags()).containsExactly(Map.entry("n", "1"));
    Receipt two =
        objects.compose(List.of(CopySource.of("a"), CopySource.of("b")), "ab", WriteOptions.NONE);
    assertThat(two.size()).isEqualTo(6);
    objects.rename(CopySource.of("b").ifMatch(objects.head("b").etag()), "c", WriteOptions.NONE);
    assertThatThrownBy(() -> objects.head("b")).isInstanceOf(AnvilException.NotFound.class);
    objects.put("json", Content.of("{\"n\":1,\"old\":true}"));
    objects.patch("json", "{\"n\":2,\"old\":null}", WriteOptions.NONE);
    try (Download patched = objects.get("json")) {
      assertThat(patched.body().readAllBytes()).asString().isEqualTo("{\"n\":2}");
    }
    objects.patchMetadata(
        "a",
        new MetadataPatch()
            .header("Content-Type", "text/html")
            .metadata("author", null)
            .tag("t", "1")
            .structured("{\"pages\":4}"),
        WriteOptions.NONE.ifMatch(objects.head("a").etag()));
    ObjectInfo after = objects.describe("a");
    assertThat(after.contentType()).isEqualTo("text/html");
    assertThat(after.metadata()).isEmpty();
    assertThat(after.tags()).containsOnlyKeys("a b", "t");
    assertThat(after.structured()).contains("\"pages\":4").contains("ü");
  }

  private void batches() {
    byte[] small = "small".getBytes(StandardCharsets.UTF_8);
    List<BatchOutcome> put =
        objects
            .batches()
            .put(
                List.of(
                    Item.put("s/1", small, WriteOptions.NONE.tag("n", "1")),
                    Item.put("s/2", small, WriteOptions.NONE.ifAbsent()),
                    Item.put("a", small, WriteOptions.NONE.ifAbsent())));
    assertThat(put).extracting(BatchOutcome::ok).containsExactly(true, true, false);
    assertThat(put.get(2).failure()).isInstanceOf(AnvilException.Conflict.class);
    assertThat(put.get(2).failure().code()).isEqualTo("PreconditionFailed");
    List<BatchOutcome> head = objects.batches().head(List.of(Item.of("s/1"), Item.of("s/none")));
    assertThat(head.get(0).object().tags()).containsEntry("n", "1");
    assertThat(head.get(1).failure()).isInstanceOf(AnvilException.NotFound.class);
    String version = put.get(0).receipt().version();
    assertThat(objects.batches().delete(List.of(Item.of("s/1", version), Item.of("s/2"))))
        .allMatch(BatchOutcome::ok);
  }

  private void uploads() {
    Uploads uploads = client.uploads(BUCKET);
    Uploads.Upload upload = uploads.create("parts", WriteOptions.NONE.tag("of", "parts"));
    Uploads.Part part = uploads.put(upload.id(), 1, Content.of("part"));
    assertThat(uploads.parts(upload.id()).next()).isEqualTo(part);
    assertThat(uploads.list("par").next().id()).isEqualTo(upload.id());
    Receipt done = uploads.complete(upload.id(), List.of(part), 4, WriteOptions.NONE.ifAbsent());
    assertThat(done.size()).isEqualTo(4);
    assertThat(objects.head("parts").tags()).containsEntry("of", "parts");
    String other = uploads.create("other", WriteOptions.NONE).id();
    uploads.abort(other);
    assertThatThrownBy(() -> uploads.parts(other).next())
        .isInstanceOf(AnvilException.NotFound.class);
  }

  private void manifests() {
    Manifests manifests = client.manifests(BUCKET);
    byte[] one = "{}".getBytes(StandardCharsets.UTF_8);
    var made = manifests.create("m/1", one, "application/json");
    assertThat(made.revision()).isEqualTo(1);
    assertThatThrownBy(() -> manifests.create("m/1", one, "application/json"))
        .isInstanceOf(AnvilException.Conflict.class);
    var next = manifests.replace("m/1", 1, one, "application/json");
    assertThat(next.revision()).isEqualTo(2);
    assertThatThrownBy(() -> manifests.replace("m/1", 1, one, "application/json"))
        .isInstanceOf(AnvilException.Conflict.class);
    assertThat(manifests.get("m/1").content()).isEqualTo(one);
    assertThatThrownBy(() -> manifests.getIfChanged("m/1", 2))
        .isInstanceOfSatisfying(
            AnvilException.Conflict.class, e -> assertThat(e.status()).isEqualTo(304));
    assertThat(manifests.list("m/").next().revision()).isEqualTo(2);
    manifests.delete("m/1", 2);
  }

  private void streams() {
    AppendStreams streams = client.streams(BUCKET);
    streams.create("log:1", "text/plain", Map.of("kind", "log"));
    byte[] record = {1, 2, 3};
    var appended = streams.append("log:1", List.of(record, record), 1);
    assertThat(appended.last()).isEqualTo(2);
    assertThatThrownBy(() -> streams.append("log:1", List.of(record), 9))
        .isInstanceOf(AnvilException.Conflict.class);
    assertThat(streams.read("log:1", 2, 10, 0).records().getFirst().data()).isEqualTo(record);
    assertThat(streams.get("log:1").metadata()).containsEntry("kind", "log");
    try (Tail tail = streams.tail("log:1", 1)) {
      assertThat(tail.next().sequence()).isEqualTo(1);
      assertThat(tail.next().sequence()).isEqualTo(2);
      Thread.ofVirtual().start(() -> streams.append("log:1", List.of(record)));
      assertThat(tail.next().sequence()).isEqualTo(3);
      assertThat(streams.seal("log:1", 3).records()).isEqualTo(3);
      assertThat(tail.hasNext()).isFalse();
    }
    assertThat(streams.list("log").next().sealed()).isTrue();
    streams.delete("log:1");
  }

  private void access() {
    BucketAccess access = client.access(BUCKET);
    access.setPolicy(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::docs/*\"}]}");
    assertThat(access.policy().open()).isTrue();
    assertThat(access.policy().json()).contains("s3:GetObject");
    access.deletePolicy();
    access.setPublicAccess(new BucketAccess.PublicAccess(true, false));
    assertThat(access.publicAccess()).isEqualTo(new BucketAccess.PublicAccess(true, false));
    try (AnvilClient nobody = stranger(client.endpoint())) {
      assertThat(nobody.objects(BUCKET).head("a").size()).isEqualTo(3);
      assertThatThrownBy(() -> nobody.objects(BUCKET).put("a", Content.of("x")))
          .isInstanceOf(AnvilException.Denied.class);
    }
    access.deletePublicAccess();
    access.setBlock(BucketAccess.Block.ALL);
    assertThat(access.block()).isEqualTo(BucketAccess.Block.ALL);
    access.deleteBlock();
    client.buckets().create("governed");
    client.access("governed").setDecidedBy(Buckets.DecidedBy.RELATIONSHIPS);
    assertThat(client.buckets().get("governed").access()).isEqualTo("relationships");
    client.access("governed").setDecidedBy(Buckets.DecidedBy.SCOPES);
  }

  private static AnvilClient stranger(URI endpoint) {
    return new AnvilClient(endpoint, dev.anvil.client.Credentials.none());
  }

  private void schemas() {
    Schemas schemas = client.schemas();
    assertThat(schemas.validate(SCHEMA, Schemas.Put.NONE).version()).isZero();
    Schemas.Schema put =
        schemas.put(
            SCHEMA,
            Schemas.Put.NONE.canaries(
                List.of(
                    new Schemas.Canary(
                        Question.of("document:a", "view", "user:anna"), Outcome.DENIED))));
    assertThat(put.changed()).isTrue();
    assertThatThrownBy(() ->
            schemas.put(SCHEMA + "definition x {}", Schemas.Put.NONE.ifVersion(put.version() + 7)))
        .isInstanceOf(AnvilException.Conflict.class);
    assertThat(schemas.get().text()).isEqualTo(SCHEMA);
    assertThat(schemas.get(put.version()).digest()).isEqualTo(put.digest());
    assertThat(schemas.versions().getFirst().version()).isEqualTo(put.version());
    schemas.keepIndex("group", "member");
    schemas.rebuildIndex("group", "member");
    assertThat(schemas.status().indexes()).hasSize(1);
    schemas.dropIndex("group", "member");
  }

  private void relationships() {
    Relationships r = client.relationships();
    var written =
        r.write(
            new TupleWrite()
                .touch("document:a#viewer@group:eng#member")
                .create("group:eng#member@user:anna")
                .ifNone(TupleFilter.of("document").id("a").relation("viewer"))
                .reason("test"));
    assertThat(written.effects()).hasSize(2);
    Question anna = Question.parse("document:a#view@user:anna");
    assertThat(r.check(anna, Consistency.atLeast(written.token())).allowed()).isTrue();
    Question bob = Question.of("document:a", "view", "user:bob");
    assertThat(r.check(bob, Consistency.FULL).allowed()).isFalse();
    assertThat(
            r.check(bob.tuples(List.of("document:a#viewer@user:bob")), Consistency.FULL).allowed())
        .isTrue();
    var all =
        r.checkAll(List.of(anna, bob, Question.of("nothing:a", "b", "user:c")), Consistency.FULL);
    assertThat(all.answers().get(0).allowed()).isTrue();
    assertThat(all.answers().get(1).outcome()).isEqualTo(Outcome.DENIED);
    assertThat(all.answers().get(2).failure()).isNotNull();
    assertThat(r.explain(anna, Consistency.FULL).trace().outcome()).isEqualTo("allowed");
    assertThat(r.expand("document:a", "view", 2, Consistency.at(written.token())).tree().children())
        .isNotEmpty();
    assertThat(r.listObjects("document", "view", "user:anna").next().id()).isEqualTo("a");
    assertThat(r.listSubjects("document:a", "view", "user").next().subject())
        .isEqualTo("user:anna");
    assertThat(r.read(TupleFilter.of("group")).next().reason()).isEqualTo("test");
    assertThat(r.delete(TupleFilter.of("group"), false, true).deleted()).isEqualTo(1);
    assertThat(r.check("document:a", "view", "user:anna").allowed()).isTrue();
    assertThat(r.delete(TupleFilter.of("group")).complete()).isTrue();
    assertThat(r.check("document:a", "view", "user:anna").allowed()).isFalse();
  }

  private void watches() {
    try (Watch bucket = client.watch(BUCKET, "se", WatchOptions.FROM_NOW)) {
      objects.put("seen", Content.of("x"));
      assertThat(bucket.next().key()).isEqualTo("seen");
    }
    try (Watch tenant = client.watch(WatchOptions.FROM_NOW.kinds("object.put"))) {
      objects.put("seen too", Content.of("x"));
      assertThat(tenant.next().key()).isEqualTo("seen too");
    }
    try (Watch tuples = client.relationships().watch("document", WatchOptions.FROM_NOW)) {
      client.relationships().write(new TupleWrite().touch("document:w#viewer@user:anna"));
      assertThat(tuples.next().subject()).contains("document:w#viewer@user:anna");
    }
  }

  private void ends() {
    assertThat(folder).exists();
    client.buckets().delete("governed");
    client.buckets().deleteWithContents(BUCKET);
  }
}
