package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.authz.policy.PolicyParser;
import dev.anvil.kernel.BucketName;
import dev.anvil.s3.request.S3Request;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every operation asks for what policies call it: no name is missing, none is misspelt. */
@Tag("fast")
final class OperationsTest {
  /** What the action and the resource of their use cases say without more. */
  private static final Set<String> PLAIN =
      Set.of(
          "ListBuckets",
          "CreateBucket",
          "DeleteBucket",
          "ListObjects",
          "ListObjectsV2",
          "PutObject",
          "CopyObject",
          "GetObject",
          "HeadObject",
          "DeleteObject",
          "DeleteObjects",
          "PostObject",
          "CreateMultipartUpload",
          "UploadPart",
          "UploadPartCopy",
          "CompleteMultipartUpload",
          "GetObjectAcl",
          "PutObjectAcl");

  /** Ask for nothing: they are refused. */
  private static final Set<String> REFUSED = Set.of("NotBuilt", "NoSuchMethod");

  private static Stream<Class<?>> types(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OperationsTest::types)
        : Stream.of(type);
  }

  @Test
  void everyOperationIsMappedOrPlain() {
    Set<String> all =
        types(S3Request.class)
            .map(Class::getSimpleName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>(Operations.mapped());
    assertThat(known).doesNotContainAnyElementsOf(PLAIN);
    known.addAll(PLAIN);
    known.addAll(REFUSED);
    assertThat(known).isEqualTo(all);
  }

  @Test
  void policiesMaySayEveryName() {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"%s\","
            + "\"Resource\":[\"arn:aws:s3:::docs\",\"arn:aws:s3:::docs/*\"]}]}";
    assertThat(Operations.names())
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(PolicyParser.parse(policy.formatted(name), new BucketName("docs"), null))
                .isNotNull());
  }
}
