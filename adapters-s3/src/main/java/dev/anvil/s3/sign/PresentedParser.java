package dev.anvil.s3.sign;

import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** Reads signatures in their two places, strictly; nothing is looked up. */
public final class PresentedParser {
  private static final String AMZ_DATE = "x-amz-date";
  private static final List<String> PARAMETERS =
      List.of(
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Date",
          "X-Amz-Expires",
          "X-Amz-SignedHeaders",
          "X-Amz-Signature");

  private PresentedParser() {}

  /** What the request shows. */
  public static Presented parse(HttpFields headers, QueryText query) {
    String authorization = headers.get("Authorization");
    boolean inQuery = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature");
    if (authorization == null && query.has("AWSAccessKeyId") && query.has("Signature")) {
      throw oldSignature();
    }
    if (headers.contains("x-amz-security-token") || query.has("X-Amz-Security-Token")) {
      throw new S3Failure(S3Code.InvalidToken);
    }
    if (authorization != null && inQuery) {
      throw new S3Failure(
          S3Code.InvalidArgument,
          "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature "
              + "query string parameter or the Authorization header should be specified",
          Map.of("ArgumentName", "Authorization", "ArgumentValue", "hidden"));
    }
    if (inQuery) {
      return query(query);
    }
    return authorization == null ? new Presented.Nobody() : header(authorization, headers);
  }

  private static Presented header(String text, HttpFields headers) {
    if (text.startsWith("AWS ")) {
      throw oldSignature();
    }
    int space = text.indexOf(' ');
    if (space < 0) {
      throw argument(
          "Authorization header is invalid -- one and only one ' ' (space) required.", text);
    }
    if (!text.substring(0, space).equals(CanonicalRequest.ALGORITHM)) {
      throw argument("Unsupported Authorization Type", text.substring(0, space));
    }
    Map<String, String> fields = new HashMap<>();
    for (String piece : text.substring(space + 1).split(",")) {
      int equals = piece.indexOf('=');
      if (equals < 0) {
        throw malformed(
            "the authorization component \"" + shortened(piece.strip()) + "\" is malformed.");
      }
      String name = piece.substring(0, equals).strip();
      if (fields.put(name, piece.substring(equals + 1).strip()) != null) {
        throw malformed("'" + name + "' is given twice.");
      }
    }
    if (fields.size() < 3) {
      throw malformed(
          "the authorization header requires three components: Credential, SignedHeaders, and"
              + " Signature.");
    }
    CredentialScope scope = CredentialScope.parse(required(fields, "Credential"));
    if (scope == null) {
      throw malformed(
          "the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    List<String> signed = names(required(fields, "SignedHeaders"));
    if (signed == null) {
      throw malformed("SignedHeaders must be lower-case names in order, separated by ';'.");
    }
    return new Presented.Header(scope, signed, required(fields, "Signature"), date(headers));
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isEmpty()) {
      throw malformed("missing " + name + ".");
    }
    return value;
  }

  private static Instant date(HttpFields headers) {
    String amz = headers.get(AMZ_DATE);
    String text = amz == null ? headers.get("Date") : amz;
    Instant date = null;
    if (text != null) {
      date = Dates.parseAmz(text.strip()).or(() -> Dates.parseHttp(text)).orElse(null);
    }
    if (date == null) {
      throw new S3Failure(
          S3Code.AccessDenied, "AWS authentication requires a valid Date or x-amz-date header.");
    }
    return date;
  }

  private static Presented query(QueryText query) {
    for (String name : PARAMETERS) {
      if (query.orNull(name) == null || query.orNull(name).isEmpty()) {
        throw parameters(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires"
                + " parameters.");
      }
    }
    if (!query.orNull("X-Amz-Algorithm").equals(CanonicalRequest.ALGORITHM)) {
      boolean known = query.orNull("X-Amz-Algorithm").equals("AWS4-ECDSA-P256-SHA256");
      throw parameters(
          "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256"
              + (known ? "\"" : " and AWS4-ECDSA-P256-SHA256\""));
    }
    CredentialScope scope = CredentialScope.parse(query.orNull("X-Amz-Credential"));
    if (scope == null) {
      throw parameters(
          "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    Instant date =
        Dates.parseAmz(query.orNull("X-Amz-Date"))
            .orElseThrow(() ->
                parameters(
                    "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""));
    List<String> signed = names(query.orNull("X-Amz-SignedHeaders"));
    if (signed == null) {
      throw parameters("X-Amz-SignedHeaders must be lower-case names, separated by ';'.");
    }
    return new Presented.Query(
        scope, signed, query.orNull("X-Amz-Signature"), date, expires(query));
  }

  private static long expires(QueryText query) {
    String text = query.orNull("X-Amz-Expires");
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw parameters("X-Amz-Expires should be a number");
    }
    if (negative) {
      throw parameters("X-Amz-Expires must be non-negative");
    }
    if (digits.length() > 9 || Long.parseLong(digits) > S3Limits.MAX_PRESIGNED_SECONDS) {
      throw parameters(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Long.parseLong(digits);
  }

  private static List<String> names(String text) {
    List<String> names = List.of(text.split(";", S3Limits.MAX_SIGNED_HEADERS + 1));
    if (names.size() > S3Limits.MAX_SIGNED_HEADERS) {
      return null;
    }
    for (String name : names) {
      if (!inLowerCase(name)) {
        return null;
      }
    }
    return names;
  }

  private static boolean inLowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static S3Failure argument(String message, String value) {
    return new S3Failure(
        S3Code.InvalidArgument,
        message,
        Map.of("ArgumentName", "Authorization", "ArgumentValue", shortened(value)));
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }

  private static S3Failure malformed(String why) {
    return new S3Failure(
        S3Code.AuthorizationHeaderMalformed, "The authorization header is malformed; " + why);
  }

  private static S3Failure parameters(String why) {
    return new S3Failure(S3Code.AuthorizationQueryParametersError, why);
  }

  private static S3Failure oldSignature() {
    return new S3Failure(
        S3Code.InvalidRequest,
        "The authorization mechanism you have provided is not supported. Please use"
            + " AWS4-HMAC-SHA256.");
  }
}
