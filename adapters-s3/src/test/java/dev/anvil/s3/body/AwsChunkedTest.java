package dev.anvil.s3.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.s3.sign.PayloadMode;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.sign.Published;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published chunked uploads, to the letter, and everything that can be wrong with one. */
@Tag("fast")
final class AwsChunkedTest {
  private static final String FIRST =
      "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
  private static final String SECOND =
      "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
  private static final String LAST =
      "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
  private static final String T_FIRST =
      "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2";
  private static final String T_SECOND =
      "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7";
  private static final String T_LAST =
      "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992";
  private static final String TRAILER =
      "x-amz-trailer-signature:"
          + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n";

  private static String published() {
    return chunk(65_536, FIRST) + chunk(1_024, SECOND) + "0;chunk-signature=" + LAST + "\r\n\r\n";
  }

  private static String publishedWithTrailer() {
    return chunk(65_536, T_FIRST)
        + chunk(1_024, T_SECOND)
        + "0;chunk-signature="
        + T_LAST
        + "\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n"
        + TRAILER
        + "\r\n";
  }

  private static String chunk(int size, String signature) {
    return Integer.toHexString(size)
        + ";chunk-signature="
        + signature
        + "\r\n"
        + "a".repeat(size)
        + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 8_192, 100_000})
  void publishedChunks(int step) throws IOException {
    assertThat(published()).hasSize(66_824);
    assertThat(read(signed(false, published()), step)).isEqualTo("a".repeat(66_560));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void publishedTrailer(int step) throws IOException {
    Upload upload = signed(true, publishedWithTrailer());
    assertThat(upload.length()).isEqualTo(66_560);
    assertThat(read(upload, step)).isEqualTo("a".repeat(66_560));
    assertThat(upload.digests().late().values()).containsOnlyKeys(DigestAlgorithm.CRC32C);
  }

  @ParameterizedTest
  @CsvSource({
    "aaaa, aaab, SignatureDoesNotMatch",
    "ad80c7, ad80c8, SignatureDoesNotMatch",
    "005562, 005563, SignatureDoesNotMatch",
    "b6c6ea, b6c6eb, SignatureDoesNotMatch",
    "10000;, 10001;, IncompleteBody",
    "400;, 401;, IncompleteBody",
    "400;, 4g0;, IncompleteBody",
    "10000;chunk-signature, 10000;chunk, IncompleteBody"
  })
  void oneChange(String is, String becomes, S3Code code) {
    int at = published().lastIndexOf(is);
    String body = published().substring(0, at) + becomes + published().substring(at + is.length());
    assertThat(failure(signed(false, body))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "d81f82, d81f83, SignatureDoesNotMatch",
    "sOO8, sOO9, SignatureDoesNotMatch",
    "x-amz-checksum-crc32c:, x-amz-checksum-crc32:, MalformedTrailerError",
    "x-amz-checksum-crc32c:, nonsense, MalformedTrailerError",
    "x-amz-trailer-signature:, x-amz-trailer-sign:, IncompleteBody"
  })
  void oneChangeOfTheTrailer(String is, String becomes, S3Code code) {
    assertThat(failure(signed(true, publishedWithTrailer().replace(is, becomes)))).isEqualTo(code);
  }

  @Test
  void everyTruncationIsSeenBeforeTheLastByte() throws IOException {
    String whole = publishedWithTrailer();
    for (int cut = 1; cut < 500; cut++) {
      Upload upload = signed(true, whole.substring(0, whole.length() - cut));
      InputStream in = upload.content();
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      byte[] step = new byte[4_096];
      S3Failure failure =
          catchThrowableOfType(
              S3Failure.class,
              () -> {
                for (int n = in.read(step); n >= 0; n = in.read(step)) {
                  got.write(step, 0, n);
                }
              });
      assertThat(failure).as("cut by %d", cut).isNotNull();
      assertThat(got.size()).as("cut by %d", cut).isLessThan(66_560);
    }
  }

  @Test
  void smallChunksOnlyAtTheEnd() throws IOException {
    String small = unsignedChunk("x".repeat(8_191));
    String one = small + "0\r\n\r\n";
    assertThat(read(unsigned(one, 8_191, null), 100)).hasSize(8_191);
    assertThat(failure(unsigned(small + unsignedChunk("y") + "0\r\n\r\n", 8_192, null)))
        .isEqualTo(S3Code.InvalidChunkSizeError);
    String enough = unsignedChunk("x".repeat(8_192)) + unsignedChunk("y") + "0\r\n\r\n";
    assertThat(read(unsigned(enough, 8_193, null), 100)).hasSize(8_193);
  }

  @Test
  void unsignedTrailers() throws IOException {
    String data = unsignedChunk("123456789") + "0\r\n";
    String right = data + "x-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
    Upload upload = unsigned(right, 9, "x-amz-checksum-crc32");
    assertThat(read(upload, 4)).isEqualTo("123456789");
    assertThat(upload.digests().late().values()).containsOnlyKeys(DigestAlgorithm.CRC32);
    assertThat(failure(unsigned(data + "\r\n", 9, "x-amz-checksum-crc32")))
        .isEqualTo(S3Code.MalformedTrailerError);
    assertThat(failure(unsigned(right, 9, null))).isEqualTo(S3Code.MalformedTrailerError);
    assertThat(failure(unsigned(right, 10, "x-amz-checksum-crc32")))
        .isEqualTo(S3Code.IncompleteBody);
    Upload noBase64 = unsigned(data + "x-amz-checksum-crc32:!!\r\n\r\n", 9, "x-amz-checksum-crc32");
    read(noBase64, 100);
    S3Failure failure =
        catchThrowableOfType(S3Failure.class, () -> noBase64.digests().late().values());
    assertThat(failure.code()).isEqualTo(S3Code.InvalidRequest);
    Upload none = unsigned(data + "\r\n", 9, null);
    assertThat(none.algorithm()).isEqualTo(S3Checksum.CRC64NVME);
    read(none, 100);
    assertThat(none.digests().late().values()).isEmpty();
  }

  @Test
  void xxHashesAreComputedHere() throws IOException {
    // values of the published algorithms for "123456789"
    assertThat(late("XXHASH64", "123456789")).isEqualTo("8cb841db40e6ae83");
    assertThat(late("XXHASH3", "")).isEqualTo("2d06800538d394c2");
    assertThat(late("XXHASH128", "")).isEqualTo("99aa06d3014798d86001c324468d497f");
  }

  private static String late(String name, String text) throws IOException {
    S3Checksum c = S3Checksum.byName(name);
    Proof proof = proof(new PayloadMode.Unsigned());
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    Upload upload = Upload.of(in, text.length(), HttpFields.EMPTY, proof, c);
    read(upload, 4);
    return java.util.HexFormat.of().formatHex(upload.digests().late().values().get(c.digest()));
  }

  @Test
  void noiseIsRefusedAndNeverHangs() {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] body = publishedWithTrailer().getBytes(StandardCharsets.ISO_8859_1);
      int from = random.nextInt(10) == 0 ? random.nextInt(body.length) : 65_536;
      int flips = 1 + random.nextInt(3);
      for (int f = 0; f < flips; f++) {
        body[from + random.nextInt(body.length - from)] = (byte) random.nextInt(256);
      }
      Upload upload = signed(true, new String(body, StandardCharsets.ISO_8859_1));
      try {
        String got = read(upload, 8_192);
        assertThat(got).as("seed %d", seed).isEqualTo("a".repeat(66_560));
      } catch (S3Failure expected) {
        assertThat(expected.code().status()).as("seed %d", seed).isLessThan(500);
      } catch (IOException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static String unsignedChunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  private static Upload signed(boolean trailer, String body) {
    Proof proof =
        trailer
            ? Published.seed(
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                true,
                "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e")
            : Published.seed(
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                false,
                "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
    HttpFields.Mutable headers = Published.headers("x-amz-decoded-content-length", "66560");
    if (trailer) {
      headers.add("x-amz-trailer", "x-amz-checksum-crc32c");
    }
    return upload(body, headers, proof);
  }

  private static Upload unsigned(String body, int length, String trailer) {
    HttpFields.Mutable headers =
        Published.headers("x-amz-decoded-content-length", Integer.toString(length));
    if (trailer != null) {
      headers.add("x-amz-trailer", trailer);
    }
    return upload(body, headers, proof(new PayloadMode.UnsignedChunks()));
  }

  private static Upload upload(String body, HttpFields headers, Proof proof) {
    InputStream in = new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1));
    return Upload.of(in, body.length(), headers, proof, S3Checksum.CRC64NVME);
  }

  private static Proof proof(PayloadMode mode) {
    return new Proof(
        dev.anvil.identity.Caller.ANONYMOUS, mode, null, null, Published.DATE, null, false);
  }

  private static S3Code failure(Upload upload) {
    return catchThrowableOfType(S3Failure.class, () -> read(upload, 1_000)).code();
  }

  private static String read(Upload upload, int step) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[step];
    InputStream in = upload.content();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
