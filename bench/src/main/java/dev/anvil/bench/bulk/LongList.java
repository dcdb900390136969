package dev.anvil.bench.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;

/** Walks a whole bucket page by page. */
public final class LongList {
  private static final int PAGE = 1000;

  private LongList() {}

  /** Keys listed, each once and in order. */
  public static long walk(Client client, String bucket) throws IOException {
    long count = 0;
    String token = null;
    String last = "";
    do {
      JsonNode page = Calls.json(client.expect(Calls.list(bucket, "", PAGE, token)));
      for (JsonNode object : page.path("objects")) {
        String key = object.path("key").asText();
        if (key.compareTo(last) <= 0) {
          throw new IOException("the list has " + key + " behind " + last);
        }
        last = key;
        count++;
      }
      token = page.path("nextPageToken").asText(null);
    } while (token != null);
    return count;
  }
}
