package dev.anvil.s3;

import dev.anvil.identity.Action;
import dev.anvil.identity.RequestFacts;
import dev.anvil.s3.answer.HeaderFacts;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Exchange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/**
 * What a request of S3 says of itself, read off it when a condition asks.
 *
 * @param exchange the request
 * @param request what it wants
 * @param proof how its sender is known
 * @param query its query
 * @param headers its headers, those that a presigned query stands for included
 * @param address where it comes from, as a trusted proxy may say
 * @param secure whether the client spoke TLS, as a trusted proxy may say
 * @param clock wall clock
 */
record S3Facts(
    S3Exchange exchange,
    S3Request request,
    Proof proof,
    QueryText query,
    HttpFields headers,
    String address,
    boolean secure,
    InstantSource clock)
    implements HeaderFacts {
  private static final String TAG = "s3:requestobjecttag/";

  @Override
  public RequestFacts over(HttpFields others) {
    return new S3Facts(exchange, request, proof, query, others, address, secure, clock);
  }

  @Override
  public List<String> operation(Action action) {
    return Operations.of(request, action, query.has("versionId"));
  }

  @Override
  public String value(String key) {
    return switch (key) {
      case "aws:sourceip" -> address;
      case "aws:securetransport" -> Boolean.toString(secure);
      case "aws:useragent" -> header("User-Agent");
      case "aws:referer" -> header("Referer");
      case "s3:authtype" -> proof.caller().anonymous() ? null : authType();
      case "s3:signatureversion" -> proof.caller().anonymous() ? null : "AWS4-HMAC-SHA256";
      case "s3:prefix" -> query.orNull("prefix");
      case "s3:delimiter" -> query.orNull("delimiter");
      case "s3:max-keys" -> query.orNull("max-keys");
      case "s3:versionid" -> query.orNull("versionId");
      case "aws:currenttime" -> clock.instant().toString();
      case "aws:epochtime" -> Long.toString(clock.instant().getEpochSecond());
      default -> other(key);
    };
  }

  private String other(String key) {
    if (key.startsWith(TAG)) {
      String tags = header("x-amz-tagging");
      return tags == null ? null : QueryText.parse(tags).orNull(key.substring(TAG.length()));
    }
    return switch (key) {
      case "s3:if-match" -> header("If-Match");
      case "s3:if-none-match" -> header("If-None-Match");
      case "s3:objectcreationoperation" -> creates() ? "true" : null;
      case "s3:object-lock-legal-hold", "s3:object-lock-mode", "s3:object-lock-retain-until-date" ->
          header("x-amz-" + key.substring("s3:".length()));
      case "s3:object-lock-remaining-retention-days" -> days();
      case "s3:signatureage" -> age();
      default -> key.startsWith("s3:x-amz-") ? header(key.substring("s3:".length())) : null;
    };
  }

  @Override
  public List<String> values(String key) {
    if (!key.equals("s3:requestobjecttagkeys")) {
      return HeaderFacts.super.values(key);
    }
    String tags = header("x-amz-tagging");
    return tags == null
        ? List.of()
        : QueryText.parse(tags).pairs().stream().map(QueryText.Pair::name).distinct().toList();
  }

  /** Whether the request ends with an object that was not there before. */
  private boolean creates() {
    return switch (request) {
      case S3Request.PutObject r -> true;
      case S3Request.PostObject r -> true;
      case S3Request.CopyObject r -> true;
      case S3Request.CompleteMultipartUpload r -> true;
      default -> false;
    };
  }

  /** Days, counted from now, that the request wants a version retained for; null if none. */
  private String days() {
    String until = header("x-amz-object-lock-retain-until-date");
    try {
      return until == null
          ? null
          : Long.toString(
              Duration.between(clock.instant(), OffsetDateTime.parse(until.strip()).toInstant())
                  .toDays());
    } catch (DateTimeException e) {
      // the operation refuses it by its name
      return null;
    }
  }

  /** Milliseconds since the request was signed; null for one that was not. */
  private String age() {
    Instant signed = proof.date();
    return signed == null ? null : Long.toString(clock.millis() - signed.toEpochMilli());
  }

  private String authType() {
    return proof.presigned() ? "REST-QUERY-STRING" : "REST-HEADER";
  }

  private String header(String name) {
    return HeaderText.in(headers.get(name));
  }
}
