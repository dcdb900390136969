package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.Seeds;
import dev.anvil.s3.wire.S3Failure;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Well signed requests near valid ones: whatever they ask, the answer is none of 500, and memory
 * stays where it is. Seed by {@code -Danvil.seed=}, rounds by {@code -Danvil.fuzz.rounds=}.
 */
@Timeout(120)
final class GatewayFuzzTest {
  private static final int ROUNDS = 1_200;

  /** As long as five decoders of records are given. */
  private static final long MILLIS = 5 * Long.getLong("anvil.fuzz.millis", 0);

  private static final long ROOM = 48L << 20;

  private static final List<String> TARGETS =
      List.of(
          "/docs/k",
          "/docs/k?versionId=null",
          "/docs/k?partNumber=1",
          "/docs/k?partNumber=1&uploadId=000000000000000000000001",
          "/docs/k?uploadId=x&max-parts=2&part-number-marker=1",
          "/docs/k?attributes",
          "/docs/k?tagging",
          "/docs/k?acl",
          "/docs/k?response-content-type=a%2Fb&response-expires=x",
          "/docs?list-type=2&prefix=a&delimiter=%2F&max-keys=2&continuation-token=x&start-after=b",
          "/docs?versions&key-marker=a&version-id-marker=b&encoding-type=url",
          "/docs?uploads&key-marker=a&upload-id-marker=b&max-uploads=1",
          "/docs?versioning",
          "/docs?delete",
          "/docs?location",
          "/?max-buckets=1&continuation-token=x&prefix=d",
          "/docs");
  private static final List<String> METHODS =
      List.of("GET", "GET", "HEAD", "PUT", "POST", "DELETE");
  private static final List<String> HEADERS =
      List.of(
          "x-amz-copy-source: /docs/k?versionId=null",
          "x-amz-copy-source: docs%2Fa+b",
          "x-amz-copy-source-range: bytes=0-4",
          "x-amz-copy-source-if-match: \"a\"",
          "x-amz-metadata-directive: REPLACE",
          "x-amz-tagging: a=b&c=d",
          "x-amz-checksum-crc32: NhCmhg==",
          "x-amz-checksum-algorithm: SHA256",
          "x-amz-checksum-type: COMPOSITE",
          "x-amz-sdk-checksum-algorithm: CRC32",
          "x-amz-mp-object-size: 5",
          "x-amz-object-attributes: ETag,ObjectParts",
          "x-amz-max-parts: 1",
          "x-amz-if-match-size: 5",
          "x-amz-if-match-last-modified-time: Thu, 01 Jan 1998 00:00:00 GMT",
          "x-amz-acl: private",
          "x-amz-storage-class: STANDARD",
          "x-amz-expected-bucket-owner: a",
          "x-amz-decoded-content-length: 5",
          "x-amz-trailer: x-amz-checksum-crc32",
          "content-encoding: aws-chunked",
          "content-md5: XUFAKrxLKna5cZ2REBfFkg==",
          "range: bytes=0-4,6-",
          "if-none-match: *",
          "if-modified-since: Thu, 01 Jan 1998 00:00:00 GMT",
          "content-type: multipart/form-data;boundary=b",
          "expires: x");
  private static final List<String> BODIES =
      List.of(
          "",
          "hello",
          "<Delete><Object><Key>k</Key><VersionId>null</VersionId></Object></Delete>",
          "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>a</ETag></Part>"
              + "</CompleteMultipartUpload>",
          "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
          "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
          "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b\r\n"
              + "Content-Disposition: form-data; name=\"file\"\r\n\r\nhello\r\n--b--\r\n",
          "5\r\nhello\r\n0\r\n\r\n");

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.client();

  @Test
  void nothingBreaksTheGateway() {
    Seeds.fixed(random -> {
      long before = 0;
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
      for (int i = 0; i < ROUNDS || System.nanoTime() - end < 0; i++) {
        if (i % 500 == 0) {
          s3.send("PUT", "/docs");
          s3.send("PUT", "/docs/k", "hello");
        }
        if (i == ROUNDS / 2) {
          before = used();
        }
        one(random, i);
        if (i == ROUNDS - 1) {
          assertThat(used() - before).as("bytes that the second half left").isLessThan(ROOM);
        }
      }
      assertThat(s3.send("GET", "/").status()).isEqualTo(200);
    });
  }

  private static void one(SplittableRandom random, int round) {
    Mutations near = new Mutations(random);
    String method = METHODS.get(random.nextInt(METHODS.size()));
    String target = near.line(TARGETS);
    target = target.startsWith("/") ? target : "/" + target;
    List<String> headers = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      String header = HEADERS.get(random.nextInt(HEADERS.size()));
      int colon = header.indexOf(':');
      String value = near.of(List.of(header.substring(colon + 2)));
      headers.add(header.substring(0, colon));
      headers.add(value.replaceAll("[^\\x20-\\x7e]", "").strip());
    }
    byte[] body = near.of(BODIES).getBytes(StandardCharsets.ISO_8859_1);
    String shown = "round " + round + ": " + method + " " + target + " " + headers;
    byte[] sent = method.equals("GET") || method.equals("HEAD") ? new byte[0] : body;
    S3Client.Answer answer;
    try {
      answer = s3.send(method, target, sent, headers.toArray(String[]::new));
    } catch (S3Failure unsignable) {
      // no client could sign it: it comes from nobody
      answer = s3.anonymous(method, target, sent, headers.toArray(String[]::new));
    }
    assertThat(answer.status()).as(shown + ": " + answer.text()).isNotEqualTo(500);
    assertThat(answer.status()).as(shown).isBetween(200, 501);
    assertThat(answer.text()).as(shown).doesNotContain("Exception").doesNotContain("\tat ");
  }

  /** Bytes in use after what is garbage went. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
