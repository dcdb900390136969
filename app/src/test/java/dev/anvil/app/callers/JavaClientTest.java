package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.client.Answer.Outcome;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.AnvilException;
import dev.anvil.client.Bucket;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.Buckets;
import dev.anvil.client.Consistency;
import dev.anvil.client.Credentials;
import dev.anvil.client.Download;
import dev.anvil.client.Listing;
import dev.anvil.client.ObjectInfo;
import dev.anvil.client.ObjectSummary;
import dev.anvil.client.Question;
import dev.anvil.client.ReadOptions;
import dev.anvil.client.Receipt;
import dev.anvil.client.Relationships.Update;
import dev.anvil.client.Watch;
import dev.anvil.client.WatchOptions;
import dev.anvil.client.WriteOptions;
import dev.anvil.client.http.Content;
import dev.anvil.ports.testkit.MemoryBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client at a node, with a relay between them that loses what it is told to. */
class JavaClientTest {
  private static final long LARGE = 64 << 20;

  @TempDir private Path folder;
  private Deployment deployment;
  private Relay relay;
  private AnvilClient client;
  private Deployment.App app;

  @BeforeEach
  void start() {
    deployment = new Deployment(new MemoryBackend(), folder.toString());
    deployment.tenant("acme");
    app = deployment.app("acme", "app", "*|*");
    relay = new Relay(deployment.node.publicUrl());
    client = new AnvilClient(relay.address(), credentials());
  }

  private Credentials credentials() {
    return Credentials.application(app.clientId(), app.secret());
  }

  @AfterEach
  void stop() {
    client.close();
    relay.close();
    deployment.close();
  }

  private static String text(Download download) throws IOException {
    try (download) {
      return new String(download.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void objectsGoThereAndBack() throws IOException {
    Bucket made = client.buckets().create("docs");
    assertThat(made.name()).isEqualTo("docs");
    assertThat(client.buckets().get("docs").versioning()).isEqualTo("unversioned");
    assertThat(client.buckets().list().stream().map(Bucket::name)).containsExactly("docs");
    BucketObjects docs = client.objects("docs");
    String key = "a b/ü+%.txt";
    WriteOptions more =
        WriteOptions.NONE.contentType("text/plain").metadata("author", "Änne").ifAbsent();
    Receipt receipt = docs.put(key, Content.of("hello"), more);
    assertThat(receipt.key()).isEqualTo(key);
    assertThat(receipt.size()).isEqualTo(5);
    ObjectInfo info = docs.head(key);
    assertThat(info.size()).isEqualTo(5);
    assertThat(info.etag()).isEqualTo(receipt.etag());
    assertThat(info.version()).isEqualTo(receipt.version());
    assertThat(info.contentType()).isEqualTo("text/plain");
    assertThat(info.metadata()).containsOnly(java.util.Map.entry("author", "Änne"));
    assertThat(text(docs.get(key))).isEqualTo("hello");
    try (Download part = docs.get(key, ReadOptions.NONE.range(1, 3))) {
      assertThat(part.info().size()).isEqualTo(5);
      assertThat(part.body().readAllBytes()).asString().isEqualTo("ell");
    }
    ReadOptions known = ReadOptions.NONE.ifNoneMatch(info.etag());
    AnvilException same =
        catchThrowableOfType(AnvilException.class, () -> docs.get(key, known).close());
    assertThat(same.status()).isEqualTo(304);
    AnvilException there =
        catchThrowableOfType(AnvilException.class, () -> docs.put(key, Content.of("other"), more));
    assertThat(there.status()).isEqualTo(412);
    assertThat(there.code()).isEqualTo("PreconditionFailed");
    assertThat(there.requestId()).isNotEmpty();
    assertThat(there.retryable()).isFalse();
    Receipt copy = docs.copy("docs", key, "copy", WriteOptions.NONE);
    assertThat(copy.etag()).isEqualTo(receipt.etag());
    assertThat(docs.delete("copy")).isPresent();
    assertThat(docs.delete("copy")).isEmpty();
    assertThatThrownBy(() -> docs.head("copy"))
        .isInstanceOfSatisfying(AnvilException.class, e -> assertThat(e.status()).isEqualTo(404));
    docs.delete(key, WriteOptions.NONE.ifMatch(receipt.etag()));
    client.buckets().delete("docs");
    assertThat(client.buckets().list()).isExhausted();
  }

  @Test
  void listsGoOverPagesAndAreWatchedFromTheirCursor() {
    client.buckets().create("docs");
    BucketObjects docs = client.objects("docs");
    IntStream.range(0, 1_005)
        .parallel()
        .forEach(i -> docs.put("f/%04d".formatted(i), Content.of(new byte[0])));
    docs.put("top", Content.of("x"));
    Listing<ObjectSummary> all = docs.list("f/");
    String cursor = all.cursor();
    List<String> keys = all.stream().map(ObjectSummary::key).toList();
    assertThat(keys).hasSize(1_005).isSorted().doesNotHaveDuplicates();
    assertThat(docs.list("", "/").stream().map(ObjectSummary::key)).containsExactly("f/", "top");
    docs.put("f/after", Content.of("y"));
    try (Watch watch = client.watch("docs", "f/", WatchOptions.after(cursor))) {
      assertThat(watch.next().key()).isEqualTo("f/after");
    }
  }

  @Test
  void lostAnswerOfAPutMakesNoSecondVersion() throws IOException {
    client.buckets().create("docs", Buckets.Versioning.ENABLED);
    relay.dropNextAnswerTo("PUT /v1/buckets/docs/objects/a");
    Receipt receipt = client.objects("docs").put("a", Content.of("once"));
    assertThat(relay.dropped()).isEqualTo(1);
    var versions = versions();
    assertThat(versions).isEqualTo(1);
    assertThat(client.objects("docs").head("a").version()).isEqualTo(receipt.version());
    // the same for a delete, which would make a second marker
    relay.dropNextAnswerTo("DELETE /v1/buckets/docs/objects/a");
    assertThat(client.objects("docs").delete("a")).isPresent();
    assertThat(relay.dropped()).isEqualTo(2);
    assertThat(versions()).isEqualTo(2);
    // what can be read only once is not sent again, and says so
    relay.dropNextAnswerTo("PUT /v1/buckets/docs/objects/b");
    Content once = Content.of(new ByteArrayInputStream(new byte[] {1}), 1);
    assertThatThrownBy(() -> client.objects("docs").put("b", once))
        .isInstanceOfSatisfying(
            AnvilException.class, e -> assertThat(e.retryable()).as(e.toString()).isTrue());
  }

  private int versions() {
    var answer =
        deployment.send(false, "GET", "/v1/buckets/docs/versions", null, deployment.token(app));
    return answer.json().path("versions").size();
  }

  @Test
  void watchGoesOnAfterCuts() {
    client.buckets().create("docs");
    BucketObjects docs = client.objects("docs");
    List<String> seen = new ArrayList<>();
    try (Watch watch = client.watch("docs", "", WatchOptions.FROM_NOW.kinds("object.put"))) {
      for (int i = 0; i < 6; i++) {
        docs.put("k" + i, Content.of("x"));
        if (i % 2 == 1) {
          relay.cut();
        }
        seen.add(watch.next().key());
      }
    }
    assertThat(seen).containsExactly("k0", "k1", "k2", "k3", "k4", "k5");
  }

  @Test
  void closingEndsAWatchThatWaits() throws InterruptedException {
    client.buckets().create("docs");
    Watch watch = client.watch(WatchOptions.FROM_NOW);
    Thread waits = Thread.ofVirtual().start(() -> assertThat(watch.hasNext()).isFalse());
    watch.close();
    assertThat(waits.join(java.time.Duration.ofSeconds(20))).isTrue();
    assertThatThrownBy(watch::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void relationshipsAreWrittenAndAsked() {
    String schema =
        "definition user {}\\ndefinition document {\\n  relation viewer: user\\n"
            + "  permission view = viewer\\n}";
    String body = "{\"schema\":\"" + schema + "\"}";
    var stored = deployment.send(false, "PUT", "/v1/authz/schema", body, deployment.token(app));
    assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    var relationships = client.relationships();
    String token =
        relationships.write(
            List.of(
                Update.touch("document:a#viewer@user:anna"),
                Update.touch("document:b#viewer@user:anna")));
    var checked =
        relationships.check(
            Question.of("document:a", "view", "user:anna"), Consistency.atLeast(token));
    assertThat(checked.allowed()).isTrue();
    assertThat(relationships.check("document:a", "view", "user:bob").outcome())
        .isEqualTo(Outcome.DENIED);
    assertThat(relationships.listObjects("document", "view", "user:anna").stream())
        .extracting(found -> found.id())
        .containsExactly("a", "b");
    relationships.write(List.of(Update.delete("document:a#viewer@user:anna")));
    assertThat(relationships.check("document:a", "view", "user:anna").allowed()).isFalse();
  }

  @Test
  void refusalsAreTyped() {
    assertThatThrownBy(() -> client.objects("absent").get("a"))
        .isInstanceOfSatisfying(
            AnvilException.class,
            e -> {
              assertThat(e.status()).isEqualTo(404);
              assertThat(e.code()).isEqualTo("BucketNotFound");
              assertThat(e.detail()).isNotEmpty();
            });
    try (AnvilClient stranger =
        new AnvilClient(relay.address(), Credentials.application(app.clientId(), "wrong"))) {
      assertThatThrownBy(() -> stranger.buckets().get("docs"))
          .isInstanceOfSatisfying(AnvilException.class, e -> assertThat(e.status()).isEqualTo(401));
    }
    assertThat(credentials().toString()).doesNotContain(app.secret());
    assertThatThrownBy(() -> new AnvilClient(URI.create("nowhere"), credentials()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void revokedTokenIsRenewed() {
    client.buckets().create("docs");
    deployment.admin(
        "POST",
        "/v1/admin/tenants/acme/applications/" + app.clientId() + ":revoke-tokens",
        "{\"reason\":\"test\"}");
    assertThat(client.buckets().get("docs").name()).isEqualTo("docs");
  }

  @Test
  void streamsAreNotHeld() throws IOException {
    client.buckets().create("docs");
    BucketObjects docs = client.objects("docs");
    docs.put("warm", Content.of("x"));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    docs.put("large", Content.of(new Zeros(LARGE), LARGE));
    long there = threads.getCurrentThreadAllocatedBytes();
    try (Download large = docs.get("large")) {
      assertThat(large.info().size()).isEqualTo(LARGE);
      assertThat(large.transferTo(OutputStream.nullOutputStream())).isEqualTo(LARGE);
    }
    long back = threads.getCurrentThreadAllocatedBytes();
    assertThat(there - before).as("bytes made while it was sent").isLessThan(LARGE / 16);
    assertThat(back - there).as("bytes made while it was read").isLessThan(LARGE / 16);
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int size) {
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(size, left);
      java.util.Arrays.fill(into, offset, offset + n, (byte) 0);
      left -= n;
      return n;
    }
  }
}
