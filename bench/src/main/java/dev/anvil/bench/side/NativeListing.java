package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.replay.Volley;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** Lists of one client by the native API, in pages of 1,000, over and over. */
final class NativeListing {
  private static final int PAGE = 1_000;
  private static final String TOKEN = "\"nextPageToken\":";

  private NativeListing() {}

  static Row.Drive flat(String bucket) {
    return (stage, window) -> {
      AnvilContender ours = (AnvilContender) stage.contender();
      Histogram micros = new Histogram(60_000_000, 3);
      long keys = 0;
      long began = System.nanoTime();
      long now = began;
      try (Client client = new Client(ours.endpoint(), ours.token())) {
        String token = null;
        while (now - began < window.toNanos()) {
          String page = client.expect(Calls.list(bucket, "", PAGE, token)).text();
          micros.recordValue((System.nanoTime() - now) / 1000);
          int found = Listings.count(page, "\"key\":");
          if (found == 0 && token == null) {
            throw new IOException("an empty first page of " + bucket);
          }
          keys += found;
          token = next(page);
          now = System.nanoTime();
        }
      }
      double seconds = (now - began) / 1e9;
      return new Row.Take(new Volley(micros.getTotalCount(), 0, null, seconds, micros, 0), keys);
    };
  }

  private static String next(String page) {
    // searched for as text: reading a page as JSON would cost the client more than the server
    int at = page.lastIndexOf(TOKEN);
    if (at < 0) {
      return null;
    }
    int begin = page.indexOf('"', at + TOKEN.length()) + 1;
    return begin == 0 ? null : page.substring(begin, page.indexOf('"', begin));
  }
}
