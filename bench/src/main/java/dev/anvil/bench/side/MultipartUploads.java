package dev.anvil.bench.side;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.peers.Contender;
import dev.anvil.bench.replay.Volley;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import dev.anvil.bench.wire.Signature4;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Uploads of 256 MiB in parts of 8 MiB, four at once, one after another until the time is over,
 * each from its creation to its completion; the hashes of the parts are known before. The object is
 * deleted afterwards, which no time counts.
 */
final class MultipartUploads implements Row.Drive {
  private static final int PART = 8 << 20;
  private static final int PARTS = 32;
  private static final int AT_ONCE = 4;
  private static final int DIFFERENT = 4;
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final String bucket;

  MultipartUploads(String bucket) {
    this.bucket = bucket;
  }

  @Override
  public Row.Take run(Stage stage, Duration window) throws IOException {
    Contender to = stage.contender();
    stage.space(bucket, PART);
    Signature4 signer = new Signature4(to.endpoint(), to.accessKey(), to.secret());
    List<byte[]> bodies = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < DIFFERENT; i++) {
      bodies.add(Payload.of(stage.random().nextLong(), PART));
      hashes.add(signer.hash(bodies.get(i)));
    }
    Histogram micros = new Histogram(600_000_000, 3);
    long nanos = 0;
    do {
      long one = upload(stage, bodies, hashes);
      micros.recordValue(one / 1000);
      nanos += one;
    } while (nanos < window.toNanos());
    long uploads = micros.getTotalCount();
    return new Row.Take(
        new Volley(uploads, 0, null, nanos / 1e9, micros, 0),
        (double) uploads * PARTS * PART / (1 << 20));
  }

  /** One upload; how long it took in nanoseconds. */
  private long upload(Stage stage, List<byte[]> bodies, List<String> hashes) throws IOException {
    Contender to = stage.contender();
    String path = "/" + bucket + "/large";
    long began = System.nanoTime();
    String created = stage.expect(Request.of("POST", path + "?uploads")).text();
    int from = created.indexOf("<UploadId>") + "<UploadId>".length();
    String upload = created.substring(from, created.indexOf("</UploadId>"));
    String[] etags = new String[PARTS];
    try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int lane = i;
        running.add(
            senders.submit(() -> {
              send(to, path, upload, lane, bodies, hashes, etags);
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while parts were sent", e);
    } catch (ExecutionException e) {
      throw new IOException("a part failed: " + e.getCause(), e);
    }
    StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < PARTS; i++) {
      document.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
      document.append(etags[i]).append("</ETag></Part>");
    }
    document.append("</CompleteMultipartUpload>");
    String target = path + "?uploadId=" + upload;
    Answer done = stage.expect(Request.of("POST", target).with(document.toString()));
    if (!done.text().contains("ETag")) {
      throw new IOException("the completion said " + done);
    }
    long nanos = System.nanoTime() - began;
    stage.expect(Request.of("DELETE", path));
    return nanos;
  }

  private static void send(
      Contender to,
      String path,
      String upload,
      int lane,
      List<byte[]> bodies,
      List<String> hashes,
      String[] etags)
      throws IOException {
    Signature4 signer = new Signature4(to.endpoint(), to.accessKey(), to.secret());
    try (RawHttp http = new RawHttp(to.endpoint(), BOUND)) {
      for (int part = lane; part < PARTS; part += AT_ONCE) {
        String target = path + "?partNumber=" + (part + 1) + "&uploadId=" + upload;
        Request put = Request.of("PUT", target).with(bodies.get(part % DIFFERENT));
        Answer answer = http.send(signer.sign(put, hashes.get(part % DIFFERENT)));
        if (!answer.ok()) {
          throw new IOException("part " + (part + 1) + " was answered " + answer);
        }
        etags[part] = Calls.quoted(Calls.unquoted(answer.header("ETag")));
      }
    }
  }
}
