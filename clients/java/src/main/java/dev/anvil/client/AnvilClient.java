package dev.anvil.client;

import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.BearerTokens;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * A server's native API. It and all that it gives but iterators and bodies are for any number of
 * threads; all methods block, so that virtual threads are what to call it on. What fails throws
 * {@link AnvilException}.
 *
 * <p>Changes carry an idempotency key that the client makes, so that one whose answer was lost is
 * repeated without happening twice.
 */
public final class AnvilClient implements AutoCloseable {
  private final URI endpoint;
  private final Calls calls;
  private final Tokens tokens;

  /** With {@link Retries#DEFAULT}. */
  public AnvilClient(URI endpoint, Credentials credentials) {
    this(builder(endpoint, credentials));
  }

  /**
   * Connects at the first call. For https it trusts what the JDK trusts, or the certificates in the
   * file that the environment names as ANVIL_CA_FILE alone; {@link #builder} says otherwise.
   *
   * @param endpoint such as {@code http://127.0.0.1:7480}
   * @throws IllegalArgumentException if that is no address of a server, or ANVIL_CA_FILE no file of
   *     certificates
   */
  public AnvilClient(URI endpoint, Credentials credentials, Retries retries) {
    this(builder(endpoint, credentials).retries(retries));
  }

  private AnvilClient(Builder with) {
    endpoint = with.endpoint;
    AnvilHttp anonymous =
        checked(() ->
            new AnvilHttp(with.endpoint, null, with.transport.silence(with.retries.silence())));
    // a switch over patterns would take longer to start than all else that a verb loads
    BearerTokens bearer = null;
    Supplier<String> authorization = () -> null;
    Consumer<String> refused = value -> {};
    if (with.credentials instanceof Credentials.Application a) {
      bearer = new BearerTokens(anonymous, a.clientId(), a.clientSecret());
      authorization = bearer;
      refused = bearer::forget;
    } else if (with.credentials instanceof Credentials.Token t) {
      authorization = () -> "Bearer " + t.token().get();
    }
    tokens = new Tokens(anonymous, bearer);
    calls = new Calls(anonymous, authorization, refused, with.retries, with.answers);
  }

  private static <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (ClientException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** For more than the constructors say. */
  public static Builder builder(URI endpoint, Credentials credentials) {
    return new Builder(endpoint, credentials);
  }

  /** What a client is made of. One thread fills it. */
  public static final class Builder {
    private final URI endpoint;
    private final Credentials credentials;
    private Retries retries = Retries.DEFAULT;
    private Transport transport = Transport.DEFAULT;
    private Consumer<String> answers = text -> {};

    private Builder(URI endpoint, Credentials credentials) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      this.credentials = Objects.requireNonNull(credentials, "credentials");
    }

    /** How long it goes on; {@link Retries#silence} is the time limit of an answer. */
    public Builder retries(Retries limits) {
      retries = Objects.requireNonNull(limits, "retries");
      return this;
    }

    /** How long making a connection may take; 5 s if not said. */
    public Builder connectTimeout(Duration longest) {
      return with(t -> t.connect(longest));
    }

    /**
     * Certificates, PEM, that are trusted for https, and no others.
     *
     * @throws IllegalArgumentException if it is no such file
     */
    public Builder trust(Path certificates) {
      return with(t -> checked(() -> t.trust(certificates)));
    }

    /** Whom to trust for https, and as whom to come where a proxy before the server asks. */
    public Builder trust(SSLContext context) {
      return with(t -> t.trust(context));
    }

    /** Name of the program, for the server's logs; {@code anvil-java} if not said. */
    public Builder userAgent(String name) {
      return with(t -> t.userAgent(name));
    }

    /** Told every JSON answer and every line of a watch as it came, before it is understood. */
    public Builder answers(Consumer<String> told) {
      answers = Objects.requireNonNull(told, "answers");
      return this;
    }

    private Builder with(UnaryOperator<Transport> change) {
      transport = change.apply(transport);
      return this;
    }

    /**
     * The client; it connects at its first call.
     *
     * @throws IllegalArgumentException if the endpoint is no address of a server
     */
    public AnvilClient build() {
      return new AnvilClient(this);
    }
  }

  /** Where the server is. */
  public URI endpoint() {
    return endpoint;
  }

  /** The tenant's buckets. */
  public Buckets buckets() {
    return new Buckets(calls);
  }

  /** The objects of a bucket, which need not be there yet. */
  public BucketObjects objects(String bucket) {
    return new BucketObjects(calls, bucket);
  }

  /** Multipart uploads of a bucket; {@code dev.anvil.client.transfer} does all of it for a file. */
  public Uploads uploads(String bucket) {
    return new Uploads(calls, bucket);
  }

  /** Small documents of a bucket that are changed by compare-and-swap. */
  public Manifests manifests(String bucket) {
    return new Manifests(calls, bucket);
  }

  /** Streams of a bucket that grow at their end. */
  public AppendStreams streams(String bucket) {
    return new AppendStreams(calls, bucket);
  }

  /** Who else may use a bucket: policy, public access, what decides. */
  public BucketAccess access(String bucket) {
    return new BucketAccess(calls, bucket);
  }

  /** Who may do what, as tuples. */
  public Relationships relationships() {
    return new Relationships(calls);
  }

  /** The rules that relationships follow, and their indexes. */
  public Schemas schemas() {
    return new Schemas(calls);
  }

  /** The caller's own authority, given on to other applications. */
  public Grants grants() {
    return new Grants(calls);
  }

  /** Tokens for others than this client, and the keys that verify them. */
  public Tokens tokens() {
    return tokens;
  }

  /** What operators do; of a client of the management listener with the admin credential. */
  public Admin admin() {
    return new Admin(calls);
  }

  /** Whether the server answers as it should. */
  public Health health() {
    return new Health(calls);
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

  /**
   * Ends kept connections; calls throw IllegalStateException from now on. Bodies and watches that
   * are open go on until they are closed, but connect no more.
   */
  @Override
  public void close() {
    calls.close();
  }
}
