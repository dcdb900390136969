package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Requests near valid ones, by a printed seed ({@code -Danvil.seed=}), for a time: answered or
 * closed.
 */
class ParserFuzzTest {
  private static final int ROUNDS = 500;

  /** As long as five decoders of records are given, and there are two runs. */
  private static final long MILLIS = 5 * Long.getLong("anvil.fuzz.millis", 0);

  private static final List<String> SEEDS =
      List.of(
          "GET /v1/buckets/docs/objects/a%2Fb;c/..//d?version=null HTTP/1.1\r\nHost: a\r\n"
              + "Authorization: Bearer good\r\nRange: bytes=0-4,6-\r\nIf-Range: \"x\"\r\n\r\n",
          "PUT /v1/buckets/docs/objects/k HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
              + "Content-Length: 5\r\nRepr-Digest: sha-256=:AAAA:\r\nAnvil-Meta-A: b\r\n"
              + "Anvil-Tags: a=%20b&c\r\nIf-Match: \"a\", W/\"b\"\r\n\r\nhello",
          "PUT /v1/buckets/docs/objects/k HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
              + "Content-Type: multipart/related; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "4c\r\n--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Type:"
              + " a/b\r\n\r\nhi\r\n--b--\r\n\r\n0\r\n\r\n",
          "POST /v1/buckets/docs/batch HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
              + "Content-Type: application/json\r\nContent-Length: 45\r\n\r\n"
              + "{\"operation\":\"head\",\"items\":[{\"key\":\"abcde\"}]}",
          "POST /v1/oauth/token HTTP/1.1\r\nHost: a\r\nAuthorization: Basic YTpi\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\n"
              + "grant_type=client_credentials",
          "GET /v1/buckets/docs/objects?prefix=a&delimiter=%2F&limit=10&pageToken=x HTTP/1.1\r\n"
              + "Host: a\r\nAuthorization: Bearer good\r\n\r\n");

  @Test
  void nothingBreaksTheServer() throws Exception {
    run(Long.getLong("anvil.seed", 20_260_101L));
  }

  @Test
  void nothingElseBreaksIt() throws Exception {
    run(Long.getLong("anvil.seed", 20_260_101L) + 1);
  }

  private static void run(long seed) throws Exception {
    System.out.println("ParserFuzzTest seed " + seed);
    Random random = new Random(seed);
    HttpLimits limits =
        HttpLimits.standard()
            .withWaits(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofMillis(200));
    try (Running running = new Running(limits)) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
      for (int i = 0; i < ROUNDS || System.nanoTime() - end < 0; i++) {
        byte[] request = mutated(random);
        String answer = Wire.exchangeAndEnd(running.server.publicPort(), request);
        String shown = "seed " + seed + " round " + i + ": " + show(request);
        assertThat(answer).as(shown).doesNotContain(Wire.HANGS);
        assertThat(answer).as(shown).doesNotContain("HTTP/1.1 500");
        assertThat(answer).as(shown).doesNotContain("\tat ").doesNotContain("Exception");
      }
      assertThat(running.get(running.open("/v1/health/ready")).statusCode()).isEqualTo(200);
    }
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int n = random.nextInt(4); n >= 0 && !text.isEmpty(); n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, (char) random.nextInt(256));
        case 3 -> text.setLength(Math.max(1, at));
        case 4 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
        default -> text.insert(at, "%".repeat(1 + random.nextInt(3)));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String show(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1).replace("\r\n", "\\r\\n");
  }
}
