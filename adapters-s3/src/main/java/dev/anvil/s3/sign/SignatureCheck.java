package dev.anvil.s3.sign;

import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;

/** Decides who sent a request; nothing of its body is read. */
public final class SignatureCheck {
  /** Looks up the secret and compares. */
  @FunctionalInterface
  public interface Authenticator {
    /** Runs the use case. */
    AuthenticateSignature.Result execute(Call call, AuthenticateSignature.Command command);
  }

  private static final String SERVICE = "s3";

  private final Authenticator authenticator;
  private final String region;
  private final InstantSource clock;

  /** For signatures of this region. */
  public SignatureCheck(Authenticator authenticator, String region, InstantSource clock) {
    this.authenticator = authenticator;
    this.region = region;
    this.clock = clock;
  }

  /**
   * Who sent it.
   *
   * @throws S3Failure by name for everything that is not as it must be
   */
  public Proof check(String requestId, SignedMessage message) {
    Presented presented = PresentedParser.parse(message.headers(), message.query());
    return switch (presented) {
      case Presented.Nobody _ -> Proof.anonymous(unsigned(message));
      case Presented.Header h -> header(requestId, message, h);
      case Presented.Query q -> query(requestId, message, q);
    };
  }

  /** Nobody has no key that chunks could be signed with. */
  private static PayloadMode unsigned(SignedMessage message) {
    PayloadMode payload = payload(message, PayloadMode.UNSIGNED);
    if (payload instanceof PayloadMode.SignedChunks) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          "Anonymous requests don't support this x-amz-content-sha256 value. Please use"
              + " UNSIGNED-PAYLOAD or STREAMING-UNSIGNED-PAYLOAD-TRAILER.");
    }
    return payload;
  }

  private Proof header(String requestId, SignedMessage message, Presented.Header h) {
    checkScope(
        h.scope(), S3Code.AuthorizationHeaderMalformed, "The authorization header is malformed");
    if (!day(h.date()).equals(h.scope().date())) {
      throw new S3Failure(
          S3Code.AuthorizationHeaderMalformed,
          "The authorization header is malformed; Invalid credential date \""
              + h.scope().date()
              + "\". This date is not the same as X-Amz-Date: \""
              + day(h.date())
              + "\".");
    }
    PayloadMode payload = payload(message, null);
    requireSigned(message, h.signedHeaders());
    Instant now = clock.instant();
    if (Duration.between(h.date(), now).abs().compareTo(S3Limits.SKEW) > 0) {
      Map<String, String> elements = new LinkedHashMap<>();
      elements.put("RequestTime", Dates.amz(h.date()));
      elements.put("ServerTime", Dates.iso(now));
      elements.put("MaxAllowedSkewMilliseconds", Long.toString(S3Limits.SKEW.toMillis()));
      throw new S3Failure(
          S3Code.RequestTimeTooSkewed,
          "The difference between the request time and the current time is too large.",
          elements);
    }
    String hash = message.headers().get("x-amz-content-sha256");
    AuthenticateSignature.Result result =
        prove(requestId, message, h.scope(), h.signedHeaders(), h.signature(), h.date(), hash);
    return new Proof(
        result.caller(), payload, result.key(), h.scope(), h.date(), h.signature(), false);
  }

  private Proof query(String requestId, SignedMessage message, Presented.Query q) {
    checkScope(
        q.scope(),
        S3Code.AuthorizationQueryParametersError,
        "Error parsing the X-Amz-Credential parameter");
    if (!day(q.date()).equals(q.scope().date())) {
      throw new S3Failure(
          S3Code.AuthorizationQueryParametersError,
          "Invalid credential date \""
              + q.scope().date()
              + "\". This date is not the same as X-Amz-Date: \""
              + day(q.date())
              + "\".");
    }
    PayloadMode payload = payload(message, PayloadMode.UNSIGNED);
    requireSigned(message, q.signedHeaders());
    requireTimely(q);
    String sent = message.headers().get("x-amz-content-sha256");
    String hash = sent == null ? PayloadMode.UNSIGNED : sent;
    AuthenticateSignature.Result result =
        prove(requestId, message, q.scope(), q.signedHeaders(), q.signature(), q.date(), hash);
    return new Proof(
        result.caller(), payload, result.key(), q.scope(), q.date(), q.signature(), true);
  }

  private void requireTimely(Presented.Query q) {
    Instant now = clock.instant();
    if (q.date().isAfter(now.plus(S3Limits.SKEW))) {
      throw new S3Failure(
          S3Code.AccessDenied,
          "Request is not valid yet.",
          Map.of("X-Amz-Date", Dates.iso(q.date()), "ServerTime", Dates.iso(now)));
    }
    Instant end = q.date().plusSeconds(q.expires());
    if (now.isAfter(end)) {
      Map<String, String> elements = new LinkedHashMap<>();
      elements.put("X-Amz-Expires", Long.toString(q.expires()));
      elements.put("Expires", Dates.iso(end));
      elements.put("ServerTime", Dates.iso(now));
      throw new S3Failure(S3Code.AccessDenied, "Request has expired.", elements);
    }
  }

  /**
   * Checks a signature over a text that is no canonical request: a POST policy.
   *
   * @throws S3Failure InvalidAccessKeyId, SignatureDoesNotMatch
   */
  public Caller checkText(String requestId, CredentialScope scope, String text, String signature) {
    checkScope(scope, S3Code.InvalidArgument, "");
    return require(run(requestId, scope, text, signature), scope, text, signature).caller();
  }

  private AuthenticateSignature.Result prove(
      String requestId,
      SignedMessage message,
      CredentialScope scope,
      List<String> signedHeaders,
      String signature,
      Instant date,
      String payload) {
    AuthenticateSignature.Result result = null;
    String first = null;
    for (String canonical : CanonicalRequest.candidates(message, signedHeaders, payload)) {
      String text = CanonicalRequest.stringToSign(canonical, date, scope);
      first = first == null ? text : first;
      result = run(requestId, scope, text, signature);
      if (result.outcome() != AuthenticateSignature.Outcome.WRONG_SIGNATURE) {
        break;
      }
    }
    return require(result, scope, first, signature);
  }

  private AuthenticateSignature.Result run(
      String requestId, CredentialScope scope, String text, String signature) {
    return authenticator.execute(
        Call.anonymous(requestId),
        new AuthenticateSignature.Command(
            scope.accessKey(), scope.date(), scope.region(), scope.service(), text, signature));
  }

  private static AuthenticateSignature.Result require(
      AuthenticateSignature.Result result, CredentialScope scope, String text, String signature) {
    return switch (result.outcome()) {
      case PROVED -> result;
      case UNKNOWN_CLIENT ->
          throw new S3Failure(
              S3Code.InvalidAccessKeyId,
              "The AWS Access Key Id you provided does not exist in our records.",
              Map.of("AWSAccessKeyId", scope.accessKey()));
      case WRONG_SIGNATURE -> throw mismatch(scope, text, signature);
    };
  }

  private static S3Failure mismatch(CredentialScope scope, String text, String signature) {
    Map<String, String> elements = new LinkedHashMap<>();
    elements.put("AWSAccessKeyId", scope.accessKey());
    elements.put("StringToSign", text);
    elements.put("SignatureProvided", signature);
    elements.put(
        "StringToSignBytes",
        HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_8)));
    return new S3Failure(
        S3Code.SignatureDoesNotMatch,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        elements);
  }

  private void checkScope(CredentialScope scope, S3Code code, String start) {
    if (!scope.terminal().equals(CredentialScope.TERMINAL)) {
      throw new S3Failure(
          code,
          (start.isEmpty() ? "" : start + "; ")
              + "incorrect terminal \""
              + scope.terminal()
              + "\". This endpoint uses \"aws4_request\".");
    }
    if (!scope.service().equals(SERVICE)) {
      throw new S3Failure(
          code,
          (start.isEmpty() ? "" : start + "; ")
              + "incorrect service \""
              + scope.service()
              + "\". This endpoint belongs to \"s3\".");
    }
    if (scope.date().length() != 8 || !digits(scope.date())) {
      throw new S3Failure(
          code,
          (start.isEmpty() ? "" : start + "; ")
              + "incorrect date format \""
              + scope.date()
              + "\". This date in the credential must be in the format \"yyyyMMdd\".");
    }
    if (!scope.region().equals(region)) {
      throw new S3Failure(
          code,
          (start.isEmpty() ? "" : start + "; ")
              + "the region \""
              + scope.region()
              + "\" is wrong; expecting \""
              + region
              + "\"",
          Map.of("Region", region));
    }
  }

  private static PayloadMode payload(SignedMessage message, String otherwise) {
    String sent = message.headers().get("x-amz-content-sha256");
    if (sent == null && otherwise == null) {
      throw new S3Failure(
          S3Code.InvalidRequest, "Missing required header for this request: x-amz-content-sha256");
    }
    return PayloadMode.parse(sent == null ? otherwise : sent);
  }

  /**
   * Everything that says something to S3 must be signed, so that nobody on the way can add to it.
   */
  private static void requireSigned(SignedMessage message, List<String> signed) {
    List<String> missing = new ArrayList<>();
    if (!signed.contains("host")) {
      missing.add("host");
    }
    for (HttpField field : message.headers()) {
      if (field.getName().regionMatches(true, 0, "x-amz-", 0, 6)) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        if (!signed.contains(name)) {
          missing.add(name);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new S3Failure(
          S3Code.AccessDenied,
          "There were headers present in the request which were not signed",
          Map.of("HeadersNotSigned", String.join(", ", missing)));
    }
  }

  private static boolean digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String day(Instant date) {
    return Dates.amz(date).substring(0, 8);
  }
}
