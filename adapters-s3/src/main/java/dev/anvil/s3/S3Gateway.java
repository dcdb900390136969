package dev.anvil.s3;

import dev.anvil.identity.Call;
import dev.anvil.identity.Circumstances;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.kernel.ReservedNames;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ReadConditions;
import dev.anvil.s3.answer.BucketAnswers;
import dev.anvil.s3.answer.CorsAnswers;
import dev.anvil.s3.answer.ExpectedOwners;
import dev.anvil.s3.answer.ExposureAnswers;
import dev.anvil.s3.answer.FormAnswers;
import dev.anvil.s3.answer.GrantAnswers;
import dev.anvil.s3.answer.ListAnswers;
import dev.anvil.s3.answer.LongAnswer;
import dev.anvil.s3.answer.ObjectAnswers;
import dev.anvil.s3.answer.RuleAnswers;
import dev.anvil.s3.answer.S3Call;
import dev.anvil.s3.answer.S3UseCases;
import dev.anvil.s3.answer.TagAnswers;
import dev.anvil.s3.answer.UploadAnswers;
import dev.anvil.s3.request.Address;
import dev.anvil.s3.request.RequestParser;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.sign.SignatureCheck;
import dev.anvil.s3.sign.SignedMessage;
import dev.anvil.s3.wire.QueryText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.S3Peer;
import dev.anvil.s3.wire.S3Settings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Answers every S3 request: who sent it, what it wants, and then the family that answers. Nothing
 * of a body is read before its sender is known. Safe for any number of threads.
 */
public final class S3Gateway {
  private final S3Settings settings;
  private final InstantSource clock;
  private final SignatureCheck signatures;
  private final S3UseCases useCases;
  private final BucketAnswers buckets;
  private final ListAnswers lists;
  private final ObjectAnswers objects;
  private final UploadAnswers uploads;
  private final TagAnswers tags;
  private final GrantAnswers grants;
  private final RuleAnswers rules;
  private final ExposureAnswers exposures;
  private final ExpectedOwners owners;
  private final CorsAnswers cors;
  private final Origins origins;

  /** On these use cases. */
  public S3Gateway(S3Settings settings, S3UseCases useCases, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.useCases = useCases;
    this.signatures =
        new SignatureCheck(useCases.authenticate()::execute, settings.region(), clock);
    this.buckets = new BucketAnswers(useCases.buckets(), useCases.grants(), useCases.rules());
    this.rules = new RuleAnswers(useCases.rules(), useCases.objects());
    this.lists = new ListAnswers(useCases.objects(), useCases.grants());
    this.objects =
        new ObjectAnswers(
            useCases.objects(),
            useCases.grants(),
            new FormAnswers(useCases.objects(), useCases.grants(), signatures, clock));
    this.uploads = new UploadAnswers(useCases.uploads(), useCases.objects(), useCases.grants());
    this.tags = new TagAnswers(useCases.buckets(), useCases.objects());
    this.grants = new GrantAnswers(useCases.grants());
    this.exposures = new ExposureAnswers(useCases.grants());
    this.owners = new ExpectedOwners(useCases.grants());
    this.cors = new CorsAnswers(useCases.cors());
    this.origins = new Origins(useCases.cors());
  }

  /** Whether the host of a request names a bucket: then its whole path is a key. */
  public boolean namesBucket(String host) {
    return Address.bucketOfHost(host, settings.domains()) != null;
  }

  /** Answers; throws only if an answer had begun and cannot be ended. */
  public void answer(Request request, Response response, S3Peer peer) throws Exception {
    S3Exchange exchange = new S3Exchange(request, response, peer);
    exchange.response().getHeaders().put("x-amz-request-id", exchange.id());
    exchange.response().getHeaders().put("x-amz-id-2", exchange.id());
    Refusal refusal = new Refusal(exchange);
    try {
      answer(exchange, refusal);
    } catch (LongAnswer.Late late) {
      refusal.answerInside(late.failure());
    } catch (Exception failure) {
      if (exchange.response().isCommitted()) {
        throw failure;
      }
      refusal.answer(failure);
    }
  }

  private void answer(S3Exchange exchange, Refusal refusal) throws IOException {
    exchange.operation("none");
    HttpFields sent = exchange.request().getHeaders();
    requireSmallHead(sent);
    refuseSubject(sent);
    Views views = Views.of(exchange, settings);
    String rawPath = rawPath(exchange);
    Address address = Address.of(Address.bucketOfHost(views.host(), settings.domains()), rawPath);
    refusal.about(address);
    QueryText query = QueryText.parse(exchange.request().getHttpURI().getQuery());
    String method = exchange.request().getMethod();
    if (method.equals("OPTIONS")) {
      origins.preflight(exchange, address);
      return;
    }
    origins.describe(exchange, address);
    Proof proof =
        signatures.check(
            exchange.id(),
            new SignedMessage(method, rawPath, query, sent, exchange.bodyLength(), views.all()));
    exchange.caller(proof.caller().actor());
    refusal.proved(proof);
    HttpFields headers = proof.presigned() ? hoisted(query, sent) : sent;
    refuseReserved(new Call(proof.caller(), exchange.id()), address);
    S3Request request = RequestParser.parse(method, address, query, headers);
    exchange.operation(request.operation());
    if (proof.caller().anonymous()) {
      Anonymous.refuse(request);
    }
    Call call =
        new Call(
            proof.caller(),
            exchange.id(),
            Circumstances.from(
                views.client(),
                views.secure(),
                new S3Facts(
                    exchange,
                    request,
                    proof,
                    query,
                    headers,
                    views.client(),
                    views.secure(),
                    clock)));
    S3Call s3 = new S3Call(exchange, call, proof, query, headers, settings);
    owners.requireExpected(s3, address);
    try {
      dispatch(s3, request);
    } catch (S3Failure failure) {
      throw wrongInItself(failure) && owners.missing(s3, request, address)
          ? new S3Failure(S3Code.NoSuchBucket)
          : failure;
    }
  }

  /** Of a wrong document and a bucket that is not there the bucket is named. */
  private static boolean wrongInItself(S3Failure failure) {
    return switch (failure.code()) {
      case MalformedXML, MalformedACLError, MissingRequestBodyError, MissingSecurityHeader -> true;
      default -> false;
    };
  }

  private void dispatch(S3Call call, S3Request request) throws IOException {
    switch (request) {
      case S3Request.Buckets r -> buckets.answer(call, r);
      case S3Request.Lists r -> lists.answer(call, r);
      case S3Request.Objects r -> objects.answer(call, r);
      case S3Request.Uploads r -> uploads.answer(call, r);
      case S3Request.Tags r -> tags.answer(call, r);
      case S3Request.Grants r -> grants.answer(call, r);
      case S3Request.Rules r -> rules.answer(call, r);
      case S3Request.Exposures r -> exposures.answer(call, r);
      case S3Request.Cors r -> cors.answer(call, r);
      case S3Request.NotBuilt r ->
          throw new S3Failure(S3Code.NotImplemented, r.name() + " is not implemented.");
      case S3Request.NoSuchMethod r ->
          throw new S3Failure(
              S3Code.MethodNotAllowed,
              "The specified method is not allowed against this resource.",
              Map.of("Method", r.method(), "ResourceType", r.resource()));
    }
  }

  /**
   * The reserved namespace is shut for everything, built or not: the use case that would look at
   * the key refuses it before it looks.
   */
  private void refuseReserved(Call call, Address address) {
    if (address.key() == null) {
      return;
    }
    ObjectKey key = ObjectKey.of(address.key());
    if (ReservedNames.isReserved(key.utf8())) {
      useCases
          .objects()
          .head()
          .execute(
              call,
              new HeadObject.Command(
                  new dev.anvil.kernel.BucketName(address.bucket()),
                  key,
                  null,
                  ReadConditions.NONE,
                  List.of()));
    }
  }

  private static String rawPath(S3Exchange exchange) {
    String path = exchange.request().getHttpURI().getPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** Deciding as the application what was asked for somebody else would give too much. */
  private static void refuseSubject(HttpFields headers) {
    if (headers.contains("Anvil-Subject")) {
      throw new S3Failure(
          S3Code.NotImplemented,
          "Anvil-Subject is not implemented here; act for end users through the native API.");
    }
  }

  private static void requireSmallHead(HttpFields headers) {
    int size = 0;
    for (HttpField field : headers) {
      String value = field.getValue();
      size += field.getName().length() + (value == null ? 0 : value.length()) + 4;
    }
    if (size > S3Limits.MAX_HEADERS) {
      throw new S3Failure(
          S3Code.RequestHeaderSectionTooLarge,
          S3Code.RequestHeaderSectionTooLarge.message(),
          Map.of("MaxSizeAllowed", Integer.toString(S3Limits.MAX_HEADERS)));
    }
  }

  /**
   * Clients that presign move headers into the query. Checksums among them are of no body, for
   * nothing was sent when they were made: they are left out.
   */
  private static HttpFields hoisted(QueryText query, HttpFields sent) {
    HttpFields.Mutable all = HttpFields.build(sent);
    for (QueryText.Pair pair : query.pairs()) {
      String name = pair.name();
      boolean ours =
          name.startsWith("x-amz-")
              && !name.startsWith("x-amz-checksum-")
              && !name.equals("x-amz-sdk-checksum-algorithm");
      if (ours && !all.contains(name)) {
        all.add(name, dev.anvil.s3.wire.HeaderText.out(pair.value()));
      }
    }
    return all;
  }
}
