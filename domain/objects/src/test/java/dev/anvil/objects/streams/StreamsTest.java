package dev.anvil.objects.streams;

import static dev.anvil.objects.BucketFixture.BUCKET;
import static dev.anvil.objects.BucketFixture.CALL;
import static dev.anvil.objects.BucketFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketFixture;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.ports.testkit.Running;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class StreamsTest {
  private static final ObjectKey KEY = ObjectKey.of("log");

  private final BucketFixture node = new BucketFixture();

  @BeforeEach
  void create() {
    create(KEY);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void sequencesStartAtOneWithoutGaps() {
    assertThat(append("a", "b").first()).isEqualTo(1);
    AppendRecords.Result second = append("c");
    assertThat(second.first()).isEqualTo(3);
    assertThat(second.last()).isEqualTo(3);
    assertThat(texts(read(1, 10))).containsExactly("a", "b", "c");
    assertThat(texts(read(2, 1))).containsExactly("b");
    assertThat(read(2, 1).next()).isEqualTo(3);
    assertThat(read(4, 10).records()).isEmpty();
    assertThat(read(400, 10).next()).isEqualTo(400);
    assertThat(node.counters(BUCKET).otherBytes()).isEqualTo(3);
    assertThat(node.journal(0)).containsExactly("stream.create", "stream.append", "stream.append");
  }

  @Test
  void theSealCommitsToEverything() {
    append("a", "b");
    append("c");
    byte[] one =
        StreamHashes.link(StreamHashes.start(), 1, 2, StreamHashes.batch(hashes("a", "b")));
    byte[] two = StreamHashes.link(one, 3, 1, StreamHashes.batch(hashes("c")));
    SealStream seal = new SealStream(node.services());
    refused(
        "PreconditionFailed",
        () -> seal.execute(CALL, new SealStream.Command(BUCKET, KEY, 2, null)));
    IdempotencyKey key = new IdempotencyKey("s");
    SealStream.Result sealed = seal.execute(CALL, new SealStream.Command(BUCKET, KEY, 3, key));
    assertThat(sealed.sealHash()).isEqualTo(StreamHashes.seal(two, 3, 3));
    assertThat(seal.execute(CALL, new SealStream.Command(BUCKET, KEY, 3, key)))
        .usingRecursiveComparison()
        .isEqualTo(sealed);
    refused("StreamSealed", () -> append("d"));
    refused(
        "StreamSealed", () -> seal.execute(CALL, new SealStream.Command(BUCKET, KEY, -1, null)));
    assertThat(read(1, 10).stream().sealed()).isTrue();
    // a sealed stream has no tail to wait at
    assertThat(read(4, 10, Duration.ofSeconds(30)).records()).isEmpty();
  }

  @Test
  void manyAppendersLeaveNoGapAndNoMixture() {
    List<Running<AppendRecords.Result>> appenders = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      String name = "w" + i;
      appenders.add(Running.start(() -> append(name + ".1", name + ".2", name + ".3")));
    }
    List<Long> firsts = new ArrayList<>(appenders.stream().map(a -> a.get().first()).toList());
    firsts.sort(null);
    for (int i = 0; i < 32; i++) {
      assertThat(firsts.get(i)).isEqualTo(1 + 3L * i);
    }
    ReadStream.Result all = read(1, 1_000);
    assertThat(all.records()).hasSize(96);
    byte[] link = StreamHashes.start();
    for (int i = 0; i < 96; i += 3) {
      List<String> texts = texts(all).subList(i, i + 3);
      String name = texts.getFirst().substring(0, texts.getFirst().indexOf('.'));
      assertThat(texts).containsExactly(name + ".1", name + ".2", name + ".3");
      List<byte[]> hashes = all.records().subList(i, i + 3).stream().map(r -> r.sha256()).toList();
      link = StreamHashes.link(link, i + 1, 3, StreamHashes.batch(hashes));
    }
    assertThat(all.stream().link()).isEqualTo(link);
  }

  @Test
  void oneOfManyWinsTheExpectedNumber() {
    List<Running<AppendRecords.Result>> racers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      racers.add(Running.start(() -> append(1, null, "x")));
    }
    assertThat(racers.stream().filter(Running::succeeds)).hasSize(1);
    assertThat(read(1, 10).records()).hasSize(1);
  }

  @Test
  void aRepeatedAppendAppendsOnceAfterACrashToo() {
    IdempotencyKey key = new IdempotencyKey("k");
    AppendRecords.Result first = append(0, key, "a", "b");
    append("c");
    node.crash();
    assertThat(append(0, key, "a", "b")).usingRecursiveComparison().isEqualTo(first);
    refused("IdempotencyMismatch", () -> append(0, key, "a"));
    assertThat(read(1, 10).records()).hasSize(3);
  }

  @Test
  void aFailedSyncLeavesAllOfAnAppendOrNothing() {
    append("a");
    node.store(1).faults().failSync(1, EngineFaults.Leaving.values()[0]);
    refused("StorageUnavailable", () -> append("b", "c"));
    node.crash();
    assertThat(read(1, 10).records().size()).isIn(1, 3);
  }

  @Test
  void aReaderAtTheTailIsWokenByAnAppend() {
    Running<ReadStream.Result> reader = Running.start(() -> read(1, 10, Duration.ofSeconds(20)));
    append("a");
    assertThat(texts(reader.get())).containsExactly("a");
  }

  @Test
  void bigAppendsComeBackByPages() {
    List<byte[]> records = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] record = new byte[1_048];
      Arrays.fill(record, (byte) i);
      records.add(record);
    }
    appendBytes(records);
    appendBytes(List.of(new byte[StreamLimits.MAX_APPEND_BYTES]));
    refused("TooLarge", () -> appendBytes(List.of(new byte[StreamLimits.MAX_APPEND_BYTES + 1])));
    refused("TooLarge", () -> appendBytes(java.util.Collections.nCopies(1_001, new byte[0])));
    refused("InvalidRequest", () -> appendBytes(List.of()));
    long next = 1;
    int pages = 0;
    while (next <= 1_001) {
      ReadStream.Result page = read(next, 1_000);
      for (StreamRecord r : page.records()) {
        assertThat(r.sequence()).isEqualTo(next++);
        assertThat(r.sha256()).isEqualTo(StreamHashes.record(r.data()));
      }
      pages++;
    }
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void readingOneRecordOfALongStreamTouchesFewEntries() {
    for (int i = 0; i < 200; i++) {
      append("r" + i);
    }
    long before = node.home().stats().engine().scanned();
    assertThat(texts(read(150, 1))).containsExactly("r149");
    assertThat(node.home().stats().engine().scanned() - before).isLessThanOrEqualTo(6);
  }

  @Test
  void anAppendCostsTwoRecordsBesideItsShareOfTheGroup() {
    append("warm");
    long before = node.home().stats().engine().puts();
    append("a", "b", "c");
    // head, block, counters, journal block, stamp
    assertThat(node.home().stats().engine().puts() - before).isEqualTo(5);
  }

  @Test
  void namesAreTakenListedAndFreed() {
    refused("AlreadyExists", () -> create(KEY));
    append("a");
    create(ObjectKey.of("other"));
    ListStreams.Result page =
        new ListStreams(node.services())
            .execute(CALL, new ListStreams.Command(BUCKET, new byte[0], null, 1));
    assertThat(page.streams()).extracting(StreamInfo::key).containsExactly(KEY);
    assertThat(page.next()).isEqualTo("log");
    new DeleteStream(node.services()).execute(CALL, new DeleteStream.Command(BUCKET, KEY, null));
    refused("StreamNotFound", () -> read(1, 1));
    refused("StreamNotFound", () -> append("b"));
    assertThat(node.counters(BUCKET).otherBytes()).isZero();
    create(KEY);
    assertThat(append("b").first()).isEqualTo(1);
    assertThat(texts(read(1, 10))).containsExactly("b");
  }

  private void create(ObjectKey key) {
    new CreateStream(node.services())
        .execute(CALL, new CreateStream.Command(BUCKET, key, "text/plain", Map.of("a", "b"), null));
  }

  private AppendRecords.Result append(String... texts) {
    return append(0, null, texts);
  }

  private AppendRecords.Result append(long expected, IdempotencyKey key, String... texts) {
    List<byte[]> records =
        Arrays.stream(texts).map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    return new AppendRecords(node.services())
        .execute(CALL, new AppendRecords.Command(BUCKET, KEY, records, expected, key));
  }

  private void appendBytes(List<byte[]> records) {
    new AppendRecords(node.services())
        .execute(CALL, new AppendRecords.Command(BUCKET, KEY, records, 0, null));
  }

  private ReadStream.Result read(long from, int limit) {
    return read(from, limit, Duration.ZERO);
  }

  private ReadStream.Result read(long from, int limit, Duration patience) {
    return new ReadStream(node.services(), System::nanoTime)
        .execute(CALL, new ReadStream.Command(BUCKET, KEY, from, limit, patience, () -> CALL));
  }

  private static List<String> texts(ReadStream.Result page) {
    return page.records().stream().map(r -> new String(r.data(), StandardCharsets.UTF_8)).toList();
  }

  private static List<byte[]> hashes(String... texts) {
    return Arrays.stream(texts)
        .map(t -> StreamHashes.record(t.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
