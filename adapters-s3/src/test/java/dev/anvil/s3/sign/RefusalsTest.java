package dev.anvil.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a signature can be wrong has its name. */
@Tag("fast")
final class RefusalsTest {
  private static final String GOOD =
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
  private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";

  @ParameterizedTest
  @CsvSource({
    "20130524/eu-west-1/s3/aws4_request, AuthorizationHeaderMalformed",
    "20130524/us-east-1/ec2/aws4_request, AuthorizationHeaderMalformed",
    "20130524/us-east-1/s3/aws5_request, AuthorizationHeaderMalformed",
    "20130525/us-east-1/s3/aws4_request, AuthorizationHeaderMalformed",
    "2013-05-24/us-east-1/s3/aws4_request, AuthorizationHeaderMalformed",
    "us-east-1/s3/aws4_request, AuthorizationHeaderMalformed"
  })
  void scope(String scope, S3Code code) {
    S3Failure failure = refused(Published.authorization(scope, SIGNED, GOOD), Duration.ZERO);
    assertThat(failure.code()).isEqualTo(code);
  }

  @Test
  void wrongRegionNamesTheRightOne() {
    S3Failure failure =
        refused(
            Published.authorization("20130524/eu-west-1/s3/aws4_request", SIGNED, GOOD),
            Duration.ZERO);
    assertThat(failure.elements()).containsEntry("Region", "us-east-1");
  }

  @ParameterizedTest
  @CsvSource({
    "'AWS AKIA:sig', InvalidRequest",
    "Bearer abc, InvalidArgument",
    "AWS4-HMAC-SHA256, InvalidArgument",
    "AWS4-HMAC-SHA512 Credential=a, InvalidArgument",
    "'AWS4-HMAC-SHA256 Credential=a', AuthorizationHeaderMalformed",
    "'AWS4-HMAC-SHA256 nonsense', AuthorizationHeaderMalformed"
  })
  void header(String authorization, S3Code code) {
    assertThat(refused(authorization, Duration.ZERO).code()).isEqualTo(code);
  }

  @Test
  void skewIsFifteenMinutesEitherWay() {
    String right = Published.authorization(SIGNED, GOOD);
    HttpFields headers = headers(right);
    SignedMessage m = Published.message("GET", "/", "max-keys=2&prefix=J", headers);
    Published.check(Duration.ofMinutes(15)).check("r", m);
    Published.check(Duration.ofMinutes(-15)).check("r", m);
    assertThat(refused(right, Duration.ofSeconds(901)).code())
        .isEqualTo(S3Code.RequestTimeTooSkewed);
    assertThat(refused(right, Duration.ofSeconds(-901)).code())
        .isEqualTo(S3Code.RequestTimeTooSkewed);
  }

  @Test
  void keyAndSignature() {
    assertThat(
            refused(Published.authorization(SIGNED, GOOD.replace('3', '4')), Duration.ZERO).code())
        .isEqualTo(S3Code.SignatureDoesNotMatch);
    assertThat(
            refused(
                    Published.authorization(SIGNED, GOOD)
                        .replace(Published.ACCESS_KEY, "AKIANOBODY"),
                    Duration.ZERO)
                .code())
        .isEqualTo(S3Code.InvalidAccessKeyId);
  }

  @Test
  void whatIsNotSignedIsRefused() {
    HttpFields.Mutable headers = HttpFields.build(headers(Published.authorization(SIGNED, GOOD)));
    headers.add("x-amz-acl", "public-read");
    S3Failure failure = refused(headers);
    assertThat(failure.code()).isEqualTo(S3Code.AccessDenied);
    assertThat(failure.elements()).containsEntry("HeadersNotSigned", "x-amz-acl");
    assertThat(
            refused(Published.authorization("x-amz-content-sha256;x-amz-date", GOOD), Duration.ZERO)
                .elements())
        .containsEntry("HeadersNotSigned", "host");
  }

  @Test
  void datesAndHashesMustBeThere() {
    HttpFields.Mutable noDate = HttpFields.build(headers(Published.authorization(SIGNED, GOOD)));
    noDate.remove("x-amz-date");
    assertThat(refused(noDate).code()).isEqualTo(S3Code.AccessDenied);
    noDate.add("x-amz-date", "yesterday");
    assertThat(refused(noDate).code()).isEqualTo(S3Code.AccessDenied);
    HttpFields.Mutable hash = HttpFields.build(headers(Published.authorization(SIGNED, GOOD)));
    hash.put("x-amz-content-sha256", "nonsense");
    assertThat(refused(hash).code()).isEqualTo(S3Code.InvalidArgument);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Expires=86400, X-Amz-Expires=604801, AuthorizationQueryParametersError",
    "X-Amz-Expires=86400, X-Amz-Expires=-1, AuthorizationQueryParametersError",
    "X-Amz-Expires=86400, X-Amz-Expires=soon, AuthorizationQueryParametersError",
    "X-Amz-Expires=86400, X-Amz-Exp=1, AuthorizationQueryParametersError",
    "us-east-1, us-east-2, AuthorizationQueryParametersError",
    "20130524%2F, 20130523%2F, AuthorizationQueryParametersError",
    "X-Amz-Date=20130524T000000Z, X-Amz-Date=20130524, AuthorizationQueryParametersError",
    "AWS4-HMAC-SHA256, AWS4-HMAC-MD5, AuthorizationQueryParametersError",
    "X-Amz-Expires=86400, X-Amz-Expires=86401, SignatureDoesNotMatch",
    "aws4_request, aws4, AuthorizationQueryParametersError",
    "AKIAIOSFODNN7EXAMPLE, AKIA, InvalidAccessKeyId"
  })
  void query(String is, String becomes, S3Code code) {
    SignedMessage right = PublishedExamplesTest.presigned(HttpFields.EMPTY);
    StringBuilder query = new StringBuilder();
    right
        .query()
        .pairs()
        .forEach(p ->
            query
                .append(query.isEmpty() ? "" : "&")
                .append(p.name())
                .append('=')
                .append(p.value().replace("/", "%2F")));
    String changed = query.toString().replace(is, becomes);
    assertThat(changed).isNotEqualTo(query.toString());
    SignedMessage m = Published.message("GET", "/test.txt", changed, HttpFields.EMPTY);
    S3Failure failure =
        catchThrowableOfType(S3Failure.class, () -> Published.check(Duration.ZERO).check("r", m));
    assertThat(failure.code()).isEqualTo(code);
  }

  @Test
  void presignedHasAnEnd() {
    SignedMessage m = PublishedExamplesTest.presigned(HttpFields.EMPTY);
    S3Failure late =
        catchThrowableOfType(
            S3Failure.class, () -> Published.check(Duration.ofSeconds(86_401)).check("r", m));
    assertThat(late.code()).isEqualTo(S3Code.AccessDenied);
    assertThat(late.getMessage()).isEqualTo("Request has expired.");
    assertThat(late.elements()).containsEntry("Expires", "2013-05-25T00:00:00.000Z");
    S3Failure early =
        catchThrowableOfType(
            S3Failure.class, () -> Published.check(Duration.ofMinutes(-16)).check("r", m));
    assertThat(early.code()).isEqualTo(S3Code.AccessDenied);
  }

  private static HttpFields headers(String authorization) {
    return Published.headers(
        "x-amz-content-sha256",
        PayloadMode.EMPTY_SHA256,
        "x-amz-date",
        "20130524T000000Z",
        "Authorization",
        authorization);
  }

  private static S3Failure refused(String authorization, Duration later) {
    SignedMessage m = Published.message("GET", "/", "max-keys=2&prefix=J", headers(authorization));
    return catchThrowableOfType(S3Failure.class, () -> Published.check(later).check("r", m));
  }

  private static S3Failure refused(HttpFields headers) {
    SignedMessage m = Published.message("GET", "/", "max-keys=2&prefix=J", headers);
    return catchThrowableOfType(
        S3Failure.class, () -> Published.check(Duration.ZERO).check("r", m));
  }
}
