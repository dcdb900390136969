package dev.anvil.s3.wire;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an operator decides about the gateway.
 *
 * @param region region that signatures must name
 * @param domains base names of virtual hosts, in lower case: {@code <bucket>.<domain>} names a
 *     bucket
 * @param trustedProxies addresses whose forwarded headers count
 * @param silence how long a client waits for a byte of an answer that takes its time
 */
public record S3Settings(
    String region, List<String> domains, Set<String> trustedProxies, Duration silence) {
  /** Region of AWS clients that name none. */
  public static final String DEFAULT_REGION = "us-east-1";

  /** Path style only, no proxies. */
  public static final S3Settings STANDARD = new S3Settings(DEFAULT_REGION, List.of(), Set.of());

  /** With the silence that clients and what stands before us bear. */
  public S3Settings(String region, List<String> domains, Set<String> trustedProxies) {
    this(region, domains, trustedProxies, S3Limits.MAX_SILENCE);
  }

  /** Copies, in lower case. */
  public S3Settings {
    domains = domains.stream().map(d -> d.toLowerCase(Locale.ROOT)).toList();
    trustedProxies = Set.copyOf(trustedProxies);
  }
}
