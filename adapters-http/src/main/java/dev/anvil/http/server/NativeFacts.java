package dev.anvil.http.server;

import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.Action;
import dev.anvil.identity.RequestFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request of the native API says of itself, in the words of bucket policies; read off it
 * when a condition asks.
 *
 * @param exchange the request
 * @param trustedProxies addresses whose forwarded headers count
 */
record NativeFacts(Exchange exchange, Set<String> trustedProxies) implements RequestFacts {
  private static final int MAX_HOPS = 64;

  private static final Map<String, List<String>> BY_OPERATION =
      Map.of(
          "getBucketPolicy", List.of("s3:GetBucketPolicy"),
          "putBucketPolicy", List.of("s3:PutBucketPolicy"),
          "deleteBucketPolicy", List.of("s3:DeleteBucketPolicy"),
          "getPublicAccess", List.of("s3:GetBucketAcl"),
          "putPublicAccess", List.of("s3:PutBucketAcl"),
          "deletePublicAccess", List.of("s3:PutBucketAcl"),
          "getPublicAccessBlock", List.of("s3:GetBucketPublicAccessBlock"),
          "putPublicAccessBlock", List.of("s3:PutBucketPublicAccessBlock"),
          "deletePublicAccessBlock", List.of("s3:PutBucketPublicAccessBlock"));

  /** Operations that end with objects that were not there before. */
  private static final Set<String> CREATING =
      Set.of("putObject", "copyObject", "composeObject", "renameObject", "completeUpload", "batch");

  @Override
  public List<String> operation(Action action) {
    boolean policy = action == Action.POLICY_READ || action == Action.POLICY_WRITE;
    if (action == Action.OBJECT_LIST && exchange.operation().equals("listVersions")) {
      return List.of("s3:ListBucketVersions");
    }
    return policy ? BY_OPERATION.get(exchange.operation()) : null;
  }

  @Override
  public String value(String key) {
    return switch (key) {
      case "aws:sourceip" -> client();
      case "aws:securetransport" -> Boolean.toString(secure());
      case "aws:useragent" -> exchange.header("User-Agent").orElse(null);
      case "aws:referer" -> exchange.header("Referer").orElse(null);
      case "s3:if-match" -> exchange.header("If-Match").orElse(null);
      case "s3:if-none-match" -> exchange.header("If-None-Match").orElse(null);
      case "s3:objectcreationoperation" -> CREATING.contains(exchange.operation()) ? "true" : null;
      case "aws:currenttime" -> Instant.now().toString();
      case "aws:epochtime" -> Long.toString(Instant.now().getEpochSecond());
      default -> null;
    };
  }

  boolean secure() {
    String said =
        trustedProxies.contains(exchange.remote())
            ? exchange.header("X-Forwarded-Proto").orElse(null)
            : null;
    return said == null ? exchange.encrypted() : said.strip().equalsIgnoreCase("https");
  }

  /** The last address of the chain that is no trusted proxy: what is before it anybody may say. */
  String client() {
    String client = exchange.remote();
    String[] hops = exchange.header("X-Forwarded-For").orElse("").split(",", MAX_HOPS);
    for (int i = hops.length - 1; i >= 0 && trustedProxies.contains(client); i--) {
      client = hops[i].strip();
    }
    return client;
  }
}
