package dev.anvil.s3;

import dev.anvil.identity.Action;
import dev.anvil.identity.Circumstances;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Exchange;
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
 */
record RequestCircumstances(
    S3Exchange exchange,
    S3Request request,
    Proof proof,
    QueryText query,
    HttpFields headers,
    String address,
    boolean secure)
    implements Circumstances {
  @Override
  public List<String> operation(Action action) {
    return Operations.of(request, action);
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
      default -> key.startsWith("s3:x-amz-") ? header(key.substring("s3:".length())) : null;
    };
  }

  private String authType() {
    return proof.presigned() ? "REST-QUERY-STRING" : "REST-HEADER";
  }

  private String header(String name) {
    return HeaderText.in(headers.get(name));
  }
}
