package dev.anvil.bench.bulk;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Uploads and downloads of large bodies, several at once. */
public final class Transfers {
  /** Bucket of all transfers. */
  public static final String BUCKET = "bulk";

  private final ServerProcess server;
  private final String token;

  /** On a running server; creates the bucket. */
  public Transfers(ServerProcess server, Deployment deployment) throws IOException {
    this.server = server;
    this.token = deployment.token(server.publicUrl());
    try (Client client = client()) {
      client.expect(Calls.createBucket(BUCKET, "unversioned"));
    }
  }

  /** A new connection. */
  public Client client() {
    return new Client(server.publicUrl(), token);
  }

  private static Request upload(BigBody body) {
    return Request.of("PUT", Calls.object(BUCKET, key(body))).with(body);
  }

  private static String key(BigBody body) {
    return "big/" + body.seed();
  }

  /** Sends a body, reads it back and checks every byte. */
  public void roundTrip(BigBody body) throws IOException {
    try (Client client = client()) {
      client.expect(upload(body));
      BigBody.Check check = body.check();
      Answer answer = client.send(Calls.get(BUCKET, key(body)), check);
      if (!answer.ok() || !check.whole()) {
        throw new IOException("body " + body.seed() + " came back as " + answer);
      }
    }
  }

  /** So many round trips at the same time; fails with the first that fails. */
  public void concurrently(int count, long length) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      var running =
          IntStream.range(0, count)
              .<Future<?>>mapToObj(i -> executor.submit(() -> trip(new BigBody(i + 1, length))))
              .toList();
      await(running);
    }
  }

  /**
   * So many uploads that are all half sent at one moment, and then end.
   *
   * @param length of each
   */
  public void halfSentAtOnce(int count, long length) throws IOException {
    CyclicBarrier middle = new CyclicBarrier(count);
    try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
      var running =
          IntStream.range(0, count)
              .<Future<?>>mapToObj(
                  i -> executor.submit(() -> halting(new BigBody(i + 1, length), middle)))
              .toList();
      await(running);
    }
  }

  private Void trip(BigBody body) throws IOException {
    roundTrip(body);
    return null;
  }

  private Void halting(BigBody body, CyclicBarrier middle) throws IOException {
    try (Client client = client()) {
      Request request =
          Request.of("PUT", Calls.object(BUCKET, key(body)))
              .with(new HaltingBody(body, body.length() / 2, middle));
      client.expect(request);
      BigBody.Check check = body.check();
      client.send(Calls.get(BUCKET, key(body)), check);
      if (!check.whole()) {
        throw new IOException("body " + body.seed() + " came back short");
      }
    }
    return null;
  }

  private static void await(Iterable<Future<?>> running) throws IOException {
    try {
      for (Future<?> one : running) {
        one.get(30, TimeUnit.MINUTES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during transfers", e);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("a transfer failed: " + e, e);
    }
  }
}
