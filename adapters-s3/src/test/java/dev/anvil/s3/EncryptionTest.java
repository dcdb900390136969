package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ReadConditions;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Encryption: what is encrypted is unreadable on the disk and reads as it was written. */
@Tag("fast")
final class EncryptionTest {
  private static final String SSE = "x-amz-server-side-encryption";
  private static final String MARK = "THE-PLAIN-TEXT-THAT-NOBODY-MAY-SEE";
  private static final byte[] ONE = key(1);
  private static final byte[] TWO = key(2);
  @AutoClose private final GatewayWorld world = new GatewayWorld();
  private final S3Client s3 = world.docsClient();

  private static byte[] key(int seed) {
    byte[] key = new byte[32];
    new SplittableRandom(seed).nextBytes(key);
    return key;
  }

  private static String[] customer(byte[] key) {
    return customer("x-amz-server-side-encryption-customer-", key);
  }

  private static String[] customer(String prefix, byte[] key) {
    return new String[] {
      prefix + "algorithm",
      "AES256",
      prefix + "key",
      Base64.getEncoder().encodeToString(key),
      prefix + "key-md5",
      S3Client.md5(key)
    };
  }

  @Test
  void keysOfCustomersDoNotTravelInTheClear() {
    String[] far = and(customer(ONE), "x-forwarded-for", "203.0.113.9");
    S3Client.Answer plain = s3.send("PUT", "/docs/far", "x", far);
    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.code()).isEqualTo("InvalidRequest");
    assertThat(plain.text()).contains("must be made over a secure connection");
    String[] odd = and(customer(ONE), "x-forwarded-for", "unknown");
    assertThat(s3.send("PUT", "/docs/far", "x", odd).code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("GET", "/docs/far").status()).isEqualTo(404);
    String[] tls = and(far, "x-forwarded-proto", "https");
    assertThat(s3.send("PUT", "/docs/far", "x", tls).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/far", "", far).code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("GET", "/docs/far", "", customer(ONE)).text()).isEqualTo("x");
  }

  private static String[] and(String[] first, String... more) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  /** Marked all over, so that any block in clear shows. */
  private static byte[] marked(int size) {
    byte[] mark = MARK.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = mark[i % mark.length];
    }
    return bytes;
  }

  private void byDefault() {
    String rule =
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
            + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
            + "</ServerSideEncryptionConfiguration>";
    assertThat(s3.send("PUT", "/docs?encryption", rule).status()).isEqualTo(200);
  }

  @Test
  void bytesOnTheDiskSayNothing() {
    for (int size : new int[] {1, 40, 1_000, 65_519, 65_520, 65_521, 131_041, 300_000}) {
      byte[] plain = marked(size);
      S3Client.Answer put = s3.send("PUT", "/docs/s" + size, plain, SSE, "AES256");
      assertThat(put.status()).as(put.text()).isEqualTo(200);
      assertThat(put.header(SSE)).isEqualTo("AES256");
      assertThat(put.header("etag")).isEqualTo('"' + hexMd5(plain) + '"');
      S3Client.Answer got = s3.send("GET", "/docs/s" + size);
      assertThat(got.body()).isEqualTo(plain);
      assertThat(got.header(SSE)).isEqualTo("AES256");
      s3.send("PUT", "/docs/c" + size, plain, customer(ONE));
      assertThat(s3.send("GET", "/docs/c" + size, "", customer(ONE)).body()).isEqualTo(plain);
    }
    String id = s3.send("POST", "/docs/parts?uploads", "", customer(ONE)).element("UploadId");
    s3.send("PUT", "/docs/parts?partNumber=1&uploadId=" + id, marked(200_000), customer(ONE));
    assertThat(world.holds(MARK)).isFalse();
    assertThat(world.holds(new String(ONE, StandardCharsets.ISO_8859_1))).isFalse();
    s3.send("PUT", "/docs/plain", marked(100));
    assertThat(world.holds(MARK)).as("the search finds what is there").isTrue();
    s3.send("PUT", "/docs/plain2", marked(100_000));
    assertThat(world.holds(MARK)).isTrue();
  }

  private static String hexMd5(byte[] bytes) {
    byte[] md5 = Base64.getDecoder().decode(S3Client.md5(bytes));
    return java.util.HexFormat.of().formatHex(md5);
  }

  @Test
  void rangesReadWhatTheyName() {
    byte[] plain = new byte[200_001];
    new SplittableRandom(7).nextBytes(plain);
    s3.send("PUT", "/docs/r", plain, SSE, "AES256");
    SplittableRandom random = new SplittableRandom(Long.getLong("anvil.seed", 11));
    for (int i = 0; i < 60; i++) {
      int from = random.nextInt(plain.length);
      int to = Math.min(plain.length - 1, from + random.nextInt(140_000));
      if (i < 6) {
        from = new int[] {0, 65_519, 65_520, 131_039, 131_040, 200_000}[i];
        to = Math.min(plain.length - 1, from + i);
      }
      S3Client.Answer got = s3.send("GET", "/docs/r", "", "range", "bytes=" + from + "-" + to);
      assertThat(got.status()).isEqualTo(206);
      assertThat(got.body()).isEqualTo(Arrays.copyOfRange(plain, from, to + 1));
    }
  }

  @Test
  void customersKeysAreNeeded() {
    S3Client.Answer put = s3.send("PUT", "/docs/k", "secret", customer(ONE));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("x-amz-server-side-encryption-customer-algorithm")).isEqualTo("AES256");
    assertThat(put.header("x-amz-server-side-encryption-customer-key-md5"))
        .isEqualTo(S3Client.md5(ONE));
    assertThat(put.header("etag"))
        .hasSize(34)
        .isNotEqualTo('"' + hexMd5("secret".getBytes()) + '"');
    S3Client.Answer keyless = s3.send("GET", "/docs/k");
    assertThat(keyless.code()).isEqualTo("InvalidRequest");
    assertThat(keyless.element("Message")).startsWith("The object was stored using a form of");
    assertThat(keyless.element("Detail")).contains("the native API does not");
    assertThat(s3.send("GET", "/docs/k", "", customer(TWO)).code()).isEqualTo("AccessDenied");
    assertThat(s3.send("HEAD", "/docs/k").status()).isEqualTo(400);
    assertThat(s3.send("HEAD", "/docs/k", "", customer(TWO)).status()).isEqualTo(403);
    assertThat(s3.send("HEAD", "/docs/k", "", customer(ONE)).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/k", "", customer(ONE)).text()).isEqualTo("secret");
    s3.send("PUT", "/docs/plain", "x");
    assertThat(s3.send("GET", "/docs/plain", "", customer(ONE)).code()).isEqualTo("InvalidRequest");
    String[] wrong = customer(ONE);
    wrong[5] = S3Client.md5(TWO);
    assertThat(s3.send("PUT", "/docs/x", "x", wrong).code()).isEqualTo("InvalidArgument");
    wrong = customer(ONE);
    wrong[1] = "AES128";
    assertThat(s3.send("PUT", "/docs/x", "x", wrong).code())
        .isEqualTo("InvalidEncryptionAlgorithmError");
    String[] lacking = Arrays.copyOf(customer(ONE), 4);
    assertThat(s3.send("PUT", "/docs/x", "x", lacking).code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("PUT", "/docs/x", "x", customer(new byte[16])).code())
        .isEqualTo("InvalidArgument");
    S3Client.Answer kms = s3.send("PUT", "/docs/x", "x", SSE, "aws:kms");
    assertThat(kms.code()).isEqualTo("NotImplemented");
    assertThat(kms.element("Message")).contains("SSE-KMS");
    assertThat(s3.send("PUT", "/docs/x", "x", SSE, "rot13").code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("GET", "/docs/plain", "", SSE, "AES256").code())
        .isEqualTo("InvalidArgument");
  }

  /** Hash of the current version, as the native API tells it. */
  private byte[] hash(String key) {
    HeadObject.Command command =
        new HeadObject.Command(
            new BucketName("docs"), ObjectKey.of(key), null, ReadConditions.NONE, List.of());
    Call call = new Call(Caller.admin("root"), "r-admin");
    return new HeadObject(world.services).execute(call, command).info().sha256();
  }

  /** Hashes that the journals tell of a key. */
  private List<byte[]> told(String key) {
    byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
    List<byte[]> hashes = new ArrayList<>();
    for (int n = 0; n < GatewayWorld.PARTITIONS; n++) {
      for (JournalEntry e : world.partitions.get(new PartitionId(n)).journal(0, 100).entries()) {
        if (e.change().payload() != null && Arrays.equals(e.change().subject(), wanted)) {
          hashes.add(e.change().payload().sha256());
        }
      }
    }
    return hashes;
  }

  /** Who guesses the bytes could tell by their hash that the guess is right. */
  @Test
  void hashesOfCustomersBytesAreNotTold() {
    s3.send("PUT", "/docs/hidden", "secret", customer(ONE));
    s3.send("PUT", "/docs/shown", "secret");
    String id = s3.send("POST", "/docs/parts?uploads", "", customer(ONE)).element("UploadId");
    s3.send("PUT", "/docs/parts?partNumber=1&uploadId=" + id, "secret", customer(ONE));
    assertThat(hash("shown")).isNotNull();
    assertThat(hash("hidden")).isNull();
    assertThat(told("hidden")).containsOnlyNulls();
    assertThat(told("parts")).containsOnlyNulls();
    assertThat(told("shown")).doesNotContainNull();
  }

  @Test
  void defaultsApplyAndCopiesChangeKeys() {
    s3.send("PUT", "/docs/before", marked(5_000));
    assertThat(s3.send("GET", "/docs?encryption").code())
        .isEqualTo("ServerSideEncryptionConfigurationNotFoundError");
    byDefault();
    assertThat(s3.send("GET", "/docs?encryption").element("SSEAlgorithm")).isEqualTo("AES256");
    assertThat(s3.send("PUT", "/docs/after", marked(5_000)).header(SSE)).isEqualTo("AES256");
    assertThat(s3.send("HEAD", "/docs/before").header(SSE)).isNull();
    S3Client.Answer copy = s3.send("PUT", "/docs/copied", "", "x-amz-copy-source", "docs/before");
    assertThat(copy.header(SSE)).isEqualTo("AES256");
    assertThat(s3.send("GET", "/docs/copied").body()).isEqualTo(marked(5_000));
    S3Client.Answer keyed =
        s3.send("PUT", "/docs/keyed", "", and(customer(ONE), "x-amz-copy-source", "docs/after"));
    assertThat(keyed.status()).as(keyed.text()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/keyed").status()).isEqualTo(400);
    assertThat(s3.send("GET", "/docs/keyed", "", customer(ONE)).body()).isEqualTo(marked(5_000));
    assertThat(s3.send("PUT", "/docs/no", "", "x-amz-copy-source", "docs/keyed").code())
        .isEqualTo("InvalidRequest");
    String prefix = "x-amz-copy-source-server-side-encryption-customer-";
    S3Client.Answer turned =
        s3.send(
            "PUT",
            "/docs/turned",
            "",
            and(and(customer(TWO), customer(prefix, ONE)), "x-amz-copy-source", "docs/keyed"));
    assertThat(turned.status()).as(turned.text()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/turned", "", customer(ONE)).status()).isEqualTo(403);
    assertThat(s3.send("GET", "/docs/turned", "", customer(TWO)).body()).isEqualTo(marked(5_000));
    assertThat(s3.send("DELETE", "/docs?encryption").status()).isEqualTo(204);
    assertThat(s3.send("PUT", "/docs/last", "x").header(SSE)).isNull();
    assertThat(s3.send("GET", "/docs/after").body()).isEqualTo(marked(5_000));
  }

  @Test
  void partsAreEncryptedTogether() {
    byte[] large = marked(5 << 20);
    S3Client.Answer made = s3.send("POST", "/docs/p?uploads", "", customer(ONE));
    String id = made.element("UploadId");
    String part = "/docs/p?uploadId=" + id + "&partNumber=";
    assertThat(s3.send("PUT", part + 1, "x").code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", part + 1, "x", customer(TWO)).code()).isEqualTo("InvalidRequest");
    String first = s3.send("PUT", part + 1, large, customer(ONE)).header("etag");
    String second = s3.send("PUT", part + 2, marked(70_000), customer(ONE)).header("etag");
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + first
            + "</ETag></Part><Part><PartNumber>2</PartNumber><ETag>"
            + second
            + "</ETag></Part></CompleteMultipartUpload>";
    S3Client.Answer done = s3.send("POST", "/docs/p?uploadId=" + id, parts);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    byte[] whole = Arrays.copyOf(large, large.length + 70_000);
    System.arraycopy(marked(70_000), 0, whole, large.length, 70_000);
    assertThat(s3.send("GET", "/docs/p", "", customer(ONE)).body()).isEqualTo(whole);
    String over = "bytes=" + (large.length - 3) + "-" + (large.length + 4);
    assertThat(s3.send("GET", "/docs/p", "", and(customer(ONE), "range", over)).body())
        .isEqualTo(Arrays.copyOfRange(whole, large.length - 3, large.length + 5));
    assertThat(s3.send("GET", "/docs/p").status()).isEqualTo(400);
    assertThat(world.holds(MARK)).isFalse();
  }
}
