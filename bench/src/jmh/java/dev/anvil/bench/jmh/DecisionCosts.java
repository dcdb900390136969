package dev.anvil.bench.jmh;

import dev.anvil.authz.policy.Policy;
import dev.anvil.authz.policy.PolicyParser;
import dev.anvil.authz.policy.PolicyQuestion;
import dev.anvil.identity.Action;
import dev.anvil.identity.Caller;
import dev.anvil.identity.ScopeResource;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.XmlWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Deciding about one request, and writing one page of a list. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionCosts {
  private static final int KEYS = 1_000;
  private static final BucketName BUCKET = new BucketName("docs");
  private static final Instant AT = Instant.parse("2026-11-26T02:00:00.123Z");
  private static final String ETAG = "\"d41d8cd98f00b204e9800998ecf8427e\"";

  private final Scopes scopes =
      Scopes.parse(
          "object:read|bucket:docs/a/* object:write|bucket:docs/b/* bucket:list|*"
              + " object:read|bucket:docs/c/*");
  private final ScopeResource resource = ScopeResource.prefix(BUCKET, "c/reports/".getBytes());
  private final Policy policy =
      PolicyParser.stored(
          """
          {"Version":"2012-10-17","Statement":[
          {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::docs/secret/*"},
          {"Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:ListBucket"],
           "Resource":"arn:aws:s3:::docs/*",
           "Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}
          """,
          Map.of());
  private final PolicyQuestion question =
      new PolicyQuestion(
          Caller.ANONYMOUS,
          List.of("s3:GetObject"),
          "docs/c/reports/2026.txt",
          Map.of("aws:sourceip", "10.1.2.3")::get);

  /** Four scopes, the last of which allows. */
  @Benchmark
  public boolean checkScopes() {
    if (!scopes.allows(Action.OBJECT_READ, resource)) {
      throw new IllegalStateException("the scopes must allow it");
    }
    return true;
  }

  /** A policy of two statements with a condition on the address. */
  @Benchmark
  public Policy.Decision decidePolicy() {
    Policy.Decision decision = policy.decide(question);
    if (decision != Policy.Decision.ALLOW) {
      throw new IllegalStateException("the policy must allow it");
    }
    return decision;
  }

  /** The document of a page of 1,000 keys. */
  @Benchmark
  public byte[] writeListPage() {
    XmlWriter out = XmlWriter.of("ListBucketResult").element("Name", "docs");
    for (int i = 0; i < KEYS; i++) {
      out.open("Contents")
          .element("Key", "d42/9e3779b97f4a7c15")
          .element("LastModified", Dates.iso(AT))
          .element("ETag", ETAG)
          .element("Size", 4096)
          .element("StorageClass", "STANDARD")
          .close();
    }
    return out.bytes();
  }
}
