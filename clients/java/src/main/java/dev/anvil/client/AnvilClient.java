package dev.anvil.client;

import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.BearerTokens;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import java.net.URI;
import java.util.Objects;

/**
 * A server's native API. For any number of threads; all methods block, so that virtual threads are
 * what to call it on. What fails throws {@link AnvilException}.
 *
 * <p>Changes carry an idempotency key that the client makes, so that one whose answer was lost is
 * repeated without happening twice.
 */
public final class AnvilClient implements AutoCloseable {
  private final AnvilHttp anonymous;
  private final Calls calls;

  /** With {@link Retries#DEFAULT}. */
  public AnvilClient(URI endpoint, Credentials credentials) {
    this(endpoint, credentials, Retries.DEFAULT);
  }

  /**
   * Connects at the first call. For https it trusts what the JDK trusts, or the certificates in the
   * file that the environment names as ANVIL_CA_FILE alone.
   *
   * @param endpoint such as {@code http://127.0.0.1:7480}
   * @throws IllegalArgumentException if that is no address of a server, or ANVIL_CA_FILE no file of
   *     certificates
   */
  public AnvilClient(URI endpoint, Credentials credentials, Retries retries) {
    Objects.requireNonNull(retries, "retries");
    anonymous = http(endpoint, retries);
    calls =
        switch (credentials) {
          case Credentials.Application a -> {
            BearerTokens tokens = new BearerTokens(anonymous, a.clientId(), a.clientSecret());
            yield new Calls(anonymous, tokens, tokens::forget, retries);
          }
          case Credentials.Token t ->
              new Calls(anonymous, () -> "Bearer " + t.token().get(), value -> {}, retries);
        };
  }

  private static AnvilHttp http(URI endpoint, Retries retries) {
    try {
      return new AnvilHttp(endpoint, null, retries.silence());
    } catch (ClientException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The tenant's buckets. */
  public Buckets buckets() {
    return new Buckets(calls);
  }

  /** The objects of a bucket, which need not be there yet. */
  public BucketObjects objects(String bucket) {
    return new BucketObjects(calls, bucket);
  }

  /** Who may do what, as tuples. */
  public Relationships relationships() {
    return new Relationships(calls);
  }

  /** Changes of the whole tenant, from now on or after a cursor. */
  public Watch watch(WatchOptions options) {
    return new Watch(calls, "/v1/watch?", options);
  }

  /** Changes of a bucket below a prefix, which may be empty. */
  public Watch watch(String bucket, String prefix, WatchOptions options) {
    String path = "/v1/buckets/" + Paths.value(bucket) + "/watch?prefix=" + Paths.value(prefix);
    return new Watch(calls, path, options);
  }

  /** Ends kept connections; bodies and watches that are open go on until they are closed. */
  @Override
  public void close() {
    calls.close();
  }
}
