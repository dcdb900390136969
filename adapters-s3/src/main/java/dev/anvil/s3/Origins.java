package dev.anvil.s3;

import dev.anvil.authz.grants.CorsRule;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.exposure.MatchOrigin;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.s3.answer.S3UseCases;
import dev.anvil.s3.request.Address;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.S3Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/**
 * What browsers are told of scripts of other origins: beside every answer, and before a request.
 */
final class Origins {
  private static final String ORIGIN = "Origin";
  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";
  private static final int MAX_HEADERS = 256;

  private final S3UseCases.Cors cors;

  Origins(S3UseCases.Cors cors) {
    this.cors = cors;
  }

  /** Puts beside the answer, whatever it will be, what a rule of the bucket lets scripts see. */
  void describe(S3Exchange exchange, Address address) {
    HttpFields sent = exchange.request().getHeaders();
    String origin = HeaderText.in(sent.get(ORIGIN));
    BucketName bucket = origin == null ? null : bucket(address);
    if (bucket == null) {
      return;
    }
    String asked = sent.get(METHOD);
    String method = asked == null ? exchange.request().getMethod() : asked.strip();
    MatchOrigin.Result found = match(exchange, bucket, origin, method, List.of());
    if (found.rule() != null) {
      put(exchange, found.rule(), origin, null);
    }
  }

  /** Answers a browser that asks before it lets a script send its request. */
  void preflight(S3Exchange exchange, Address address) throws IOException {
    exchange.operation("OptionsObject");
    HttpFields sent = exchange.request().getHeaders();
    String origin = HeaderText.in(sent.get(ORIGIN));
    if (origin == null || origin.isBlank()) {
      throw new S3Failure(
          S3Code.BadRequest, "Insufficient information. Origin request header needed.");
    }
    String method = sent.get(METHOD) == null ? null : sent.get(METHOD).strip();
    if (method == null || !CorsRule.METHODS.contains(method)) {
      throw new S3Failure(S3Code.BadRequest, "Invalid Access-Control-Request-Method: " + method);
    }
    List<String> headers = headers(sent.get(HEADERS));
    if (address.bucket() == null) {
      throw forbidden("CORS is not enabled for this bucket.", method, "SERVICE");
    }
    String type = address.key() == null ? "BUCKET" : "OBJECT";
    MatchOrigin.Result found =
        match(exchange, new BucketName(address.bucket()), origin, method, headers);
    switch (found.outcome()) {
      case NO_BUCKET -> throw new S3Failure(S3Code.NoSuchBucket);
      case NO_RULES -> throw forbidden("CORS is not enabled for this bucket.", method, type);
      case REFUSED ->
          throw forbidden(
              "This CORS request is not allowed. This is usually because the evalution of Origin,"
                  + " request method / Access-Control-Request-Method or"
                  + " Access-Control-Request-Headers are not whitelisted by the resource's CORS"
                  + " spec.",
              method,
              type);
      case ALLOWED -> {
        put(exchange, found.rule(), origin, headers);
        exchange.response().setStatus(200);
        exchange.response().getHeaders().put("Content-Length", 0);
        exchange.write(ByteBuffer.allocate(0), true);
      }
    }
  }

  private MatchOrigin.Result match(
      S3Exchange exchange, BucketName bucket, String origin, String method, List<String> headers) {
    return cors.match()
        .execute(
            Call.anonymous(exchange.id()),
            new MatchOrigin.Command(bucket, origin, method, headers));
  }

  /** Null for what is no bucket: the request itself is refused for that. */
  private static BucketName bucket(Address address) {
    try {
      return address.bucket() == null ? null : new BucketName(address.bucket());
    } catch (Invalid e) {
      return null;
    }
  }

  private static List<String> headers(String sent) {
    if (sent == null || sent.isBlank()) {
      return List.of();
    }
    List<String> names =
        Arrays.stream(sent.split(",", MAX_HEADERS))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
    for (String name : names) {
      if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+")) {
        throw new S3Failure(S3Code.BadRequest, "Invalid Access-Control-Request-Headers: " + sent);
      }
    }
    return names;
  }

  private static void put(
      S3Exchange exchange, CorsRule rule, String origin, List<String> requested) {
    HttpFields.Mutable out = exchange.response().getHeaders();
    boolean all = rule.forAll();
    out.put("Access-Control-Allow-Origin", all ? "*" : HeaderText.out(origin));
    out.put("Access-Control-Allow-Methods", String.join(", ", rule.methods()));
    if (requested != null && !requested.isEmpty()) {
      out.put("Access-Control-Allow-Headers", String.join(", ", requested));
    }
    if (!rule.exposed().isEmpty()) {
      out.put("Access-Control-Expose-Headers", HeaderText.out(String.join(", ", rule.exposed())));
    }
    if (rule.maxAge() >= 0) {
      out.put("Access-Control-Max-Age", Integer.toString(rule.maxAge()));
    }
    if (!all) {
      out.put("Access-Control-Allow-Credentials", "true");
    }
    out.put("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  }

  private static S3Failure forbidden(String message, String method, String type) {
    return new S3Failure(
        S3Code.AccessForbidden,
        "CORSResponse: " + message,
        Map.of("Method", method, "ResourceType", type));
  }
}
