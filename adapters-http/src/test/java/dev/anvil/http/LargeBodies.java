package dev.anvil.http;

import dev.anvil.http.settings.HttpLimits;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A program: 64 MiB up and down, several at once, over both protocols. It is run with a heap that
 * holds none of it.
 */
final class LargeBodies {
  static final long SIZE = 64L << 20;
  static final int AT_ONCE = 3;

  private LargeBodies() {}

  /** Prints {@code moved} and the number of bytes. */
  public static void main(String[] arguments) throws Exception {
    long total = 0;
    for (HttpClient.Version version : HttpClient.Version.values()) {
      if (version.ordinal() > HttpClient.Version.HTTP_2.ordinal()) {
        continue;
      }
      try (Running running = new Running(HttpLimits.standard());
          HttpClient client = HttpClient.newBuilder().version(version).build();
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          int number = i;
          Callable<Long> one = () -> move(running, client, number);
          all.add(threads.submit(one));
        }
        for (Future<Long> one : all) {
          total += one.get();
        }
      }
    }
    System.out.println("moved " + total);
  }

  private static long move(Running running, HttpClient client, int number) throws Exception {
    String target = "/v1/buckets/docs/objects/large" + number;
    HttpRequest put =
        running.authorised(target).PUT(BodyPublishers.ofInputStream(() -> new Zeros(SIZE))).build();
    var receipt = client.send(put, BodyHandlers.ofString());
    if (!receipt.body().contains("\"size\":" + SIZE)) {
      throw new IllegalStateException(receipt.body());
    }
    var got = client.send(running.authorised(target).build(), BodyHandlers.ofInputStream());
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    try (InputStream in = got.body()) {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        total += n;
      }
    }
    return total;
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      java.util.Arrays.fill(into, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
