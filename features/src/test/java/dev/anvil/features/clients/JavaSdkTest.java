package dev.anvil.features.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The AWS SDK for Java v2 does what the script of all clients lets others do. */
class JavaSdkTest {
  private static final List<String> AWKWARD =
      List.of("a b", "a+b", "100%", "a&b=c", "semi;colon", "quote'one", "ümlaut-日本語", "~hash#");
  private static final int FILES = 100;

  @TempDir static Path folder;
  private static ClientNode node;

  @BeforeAll
  static void start() throws Exception {
    node = new ClientNode(folder);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static URI endpoint(String scheme) {
    return node.endpoints().stream().filter(e -> e.getScheme().equals(scheme)).findFirst().get();
  }

  private static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(node.clientId(), node.clientSecret()));
  }

  private static S3Client client(String scheme) {
    TrustManager[] trust = node.made().trustManagers();
    return S3Client.builder()
        .endpointOverride(endpoint(scheme))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> trust).build())
        .credentialsProvider(credentials())
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void objectsOfEverySizeAndName(String scheme) {
    try (S3Client s3 = client(scheme)) {
      String bucket = "java-" + scheme;
      s3.createBucket(b -> b.bucket(bucket));
      assertThat(s3.listBuckets().buckets()).anyMatch(b -> b.name().equals(bucket));
      for (int size : new int[] {0, 1, 4_096, 3 << 20}) {
        byte[] content = new byte[size];
        new SplittableRandom(size).nextBytes(content);
        s3.putObject(b -> b.bucket(bucket).key("s" + size), RequestBody.fromBytes(content));
        assertThat(read(s3, bucket, "s" + size)).isEqualTo(content);
      }
      for (String key : AWKWARD) {
        s3.putObject(b -> b.bucket(bucket).key("k/" + key), RequestBody.fromString(key));
        assertThat(
                new String(read(s3, bucket, "k/" + key), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo(key);
        s3.copyObject(b ->
            b.sourceBucket(bucket)
                .sourceKey("k/" + key)
                .destinationBucket(bucket)
                .destinationKey("c/" + key));
      }
      assertThat(keys(s3, bucket, "c/").stream().map(k -> k.substring(2)))
          .containsExactlyInAnyOrderElementsOf(AWKWARD);
      var range =
          s3.getObject(
              b -> b.bucket(bucket).key("s4096").range("bytes=10-19"),
              ResponseTransformer.toBytes());
      assertThat(range.asByteArray())
          .isEqualTo(Arrays.copyOfRange(read(s3, bucket, "s4096"), 10, 20));
      List<ObjectIdentifier> all =
          keys(s3, bucket, "").stream()
              .map(k -> ObjectIdentifier.builder().key(k).build())
              .toList();
      assertThat(s3.deleteObjects(b -> b.bucket(bucket).delete(d -> d.objects(all))).deleted())
          .hasSize(all.size());
      s3.deleteBucket(b -> b.bucket(bucket));
    }
  }

  private static byte[] read(S3Client s3, String bucket, String key) {
    return s3.getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes())
        .asByteArray();
  }

  private static List<String> keys(S3Client s3, String bucket, String prefix) {
    return s3
        .listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix).maxKeys(7))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void everyChecksumTheClientComputes(String scheme) {
    try (S3Client s3 = client(scheme)) {
      String bucket = "sums-" + scheme;
      s3.createBucket(b -> b.bucket(bucket));
      byte[] large = new byte[5 << 20];
      for (ChecksumAlgorithm algorithm :
          List.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256)) {
        String key = algorithm.toString();
        s3.putObject(
            b -> b.bucket(bucket).key(key).checksumAlgorithm(algorithm),
            RequestBody.fromString("summed"));
        var got =
            s3.getObject(
                b -> b.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED),
                ResponseTransformer.toBytes());
        assertThat(got.asUtf8String()).isEqualTo("summed");
        String id =
            s3.createMultipartUpload(b -> b.bucket(bucket).key("mp").checksumAlgorithm(algorithm))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
          int n = number;
          byte[] content = n == 1 ? large : new byte[] {1, 2, 3};
          var part =
              s3.uploadPart(
                  b ->
                      b.bucket(bucket)
                          .key("mp")
                          .uploadId(id)
                          .partNumber(n)
                          .checksumAlgorithm(algorithm),
                  RequestBody.fromBytes(content));
          parts.add(
              CompletedPart.builder()
                  .partNumber(n)
                  .eTag(part.eTag())
                  .checksumCRC32(part.checksumCRC32())
                  .checksumSHA1(part.checksumSHA1())
                  .checksumSHA256(part.checksumSHA256())
                  .build());
        }
        s3.completeMultipartUpload(
            b -> b.bucket(bucket).key("mp").uploadId(id).multipartUpload(u -> u.parts(parts)));
        assertThat(read(s3, bucket, "mp")).hasSize(large.length + 3).endsWith(1, 2, 3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void versionsPresignedRequestsAndManyFiles(String scheme) throws Exception {
    try (S3Client s3 = client(scheme);
        S3Presigner presigner =
            S3Presigner.builder()
                .endpointOverride(endpoint(scheme))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .serviceConfiguration(
                    S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
      String bucket = "more-" + scheme;
      s3.createBucket(b -> b.bucket(bucket));
      s3.putBucketVersioning(b ->
          b.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
      s3.putObject(b -> b.bucket(bucket).key("v"), RequestBody.fromString("one"));
      s3.putObject(b -> b.bucket(bucket).key("v"), RequestBody.fromString("two"));
      List<String> contents = new ArrayList<>();
      for (ObjectVersion version : s3.listObjectVersions(b -> b.bucket(bucket)).versions()) {
        contents.add(
            s3.getObject(
                    b -> b.bucket(bucket).key("v").versionId(version.versionId()),
                    ResponseTransformer.toBytes())
                .asUtf8String());
      }
      assertThat(contents).containsExactly("two", "one");
      URI get =
          presigner
              .presignGetObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .getObjectRequest(g -> g.bucket(bucket).key("v")))
              .url()
              .toURI();
      try (var http =
          java.net.http.HttpClient.newBuilder().sslContext(node.made().trust()).build()) {
        var answer =
            http.send(
                java.net.http.HttpRequest.newBuilder(get).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("two");
      }
      Map<String, byte[]> tree = new TreeMap<>();
      for (int i = 0; i < FILES; i++) {
        byte[] content = new byte[i * 37];
        new SplittableRandom(i).nextBytes(content);
        Path file = Files.write(folder.resolve("f" + i), content);
        tree.put("tree/d" + i % 10 + "/f" + i, content);
        String key = "tree/d" + i % 10 + "/f" + i;
        s3.putObject(b -> b.bucket(bucket).key(key), file);
      }
      assertThat(keys(s3, bucket, "tree/")).containsExactlyElementsOf(tree.keySet());
      tree.forEach((key, content) -> assertThat(read(s3, bucket, key)).isEqualTo(content));
    }
  }
}
