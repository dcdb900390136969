package dev.anvil.http.wire;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.kernel.ReservedNames;
import dev.anvil.ports.time.Ticker;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** One request and its answer, with all that is known about it; used by one thread at a time. */
public final class Exchange {
  /** Every answer carries it. */
  public static final String REQUEST_ID = "Anvil-Request-Id";

  private static final HttpField NO_SNIFFING =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
  private static final BooleanSupplier NEVER = () -> false;

  private final Request request;
  private final Response response;
  private final HttpLimits limits;
  private final String id;
  private final Pace in;
  private final Pace out;
  private BodyInput body;
  private Query query = Query.NONE;
  private String operation = "none";
  private String api = "http";
  private String caller = "";
  private String code = "";
  private String traceId;
  private Throwable failure;
  private byte[] reserved;
  private UnaryOperator<Problem> wording = UnaryOperator.identity();
  private BooleanSupplier ending = NEVER;
  private Runnable onLasting = () -> {};
  private Consumer<Exchange> onDenied = exchange -> {};

  /** For a request just arrived. */
  public Exchange(
      Request request, Response response, HttpLimits limits, Ticker ticker, String requestId) {
    this.request = request;
    this.response = response;
    this.limits = limits;
    this.id = requestId;
    this.in = new Pace(ticker);
    this.out = new Pace(ticker);
    response.getHeaders().put(REQUEST_ID, requestId);
    response.getHeaders().put(NO_SNIFFING);
  }

  /** The id every answer, log line and problem of this request carries. */
  public String id() {
    return id;
  }

  /** Bounds of the listener. */
  public HttpLimits limits() {
    return limits;
  }

  /** Method as sent. */
  public String method() {
    return request.getMethod();
  }

  /** Whether the answer has no body whatever it says of it. */
  public boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  /** The path as it came, undecoded. */
  public String rawPath() {
    String path = request.getHttpURI().getPath();
    return path == null ? "/" : path;
  }

  /** The query as it came, or null. */
  public String rawQuery() {
    return request.getHttpURI().getQuery();
  }

  /** Host and port the request was sent to, as the peer names them; null if it does not. */
  public String host() {
    String sent = request.getHeaders().get(HttpHeader.HOST);
    return sent != null ? sent : request.getHttpURI().getAuthority();
  }

  /** Whether the connection is encrypted. */
  public boolean encrypted() {
    return request.isSecure();
  }

  /** Headers of the request. */
  public HttpFields headers() {
    return request.getHeaders();
  }

  /** The header's only value; several lines are joined with a comma. */
  public Optional<String> header(String name) {
    String value = null;
    for (HttpField field : request.getHeaders()) {
      if (field.getName().equalsIgnoreCase(name)) {
        String one = field.getValue() == null ? "" : field.getValue();
        value = value == null ? one : value + ", " + one;
      }
    }
    return Optional.ofNullable(value);
  }

  /** Declared length of the body; -1 if it is not known, 0 if there is none. */
  public long bodyLength() {
    long length = request.getLength();
    return length >= 0 || mayHaveBody() ? length : 0;
  }

  private boolean mayHaveBody() {
    return version() == HttpVersion.HTTP_2
        || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  private HttpVersion version() {
    return request.getConnectionMetaData().getHttpVersion();
  }

  /** The body, bounded; the first read asks the peer for it. */
  public InputStream body(long limit) {
    long length = request.getLength();
    if (length > limit) {
      throw BodyInput.tooLarge(limit);
    }
    return input().limitedTo(limit);
  }

  private BodyInput input() {
    if (body == null) {
      body = new BodyInput(Request.asInputStream(request), in);
    }
    return body;
  }

  /** The body for those who drop it. */
  InputStream rest() {
    return input().limitedTo(Long.MAX_VALUE);
  }

  /** The body of the answer; close it when, and only when, all was written. */
  public BodyOutput output() {
    if (ending.getAsBoolean()) {
      closeAfterwards();
    }
    return new BodyOutput(response, out, limits.chunk());
  }

  /** The answer's status, headers and state. */
  public Response response() {
    return response;
  }

  /** The request underneath, for what has no name here. */
  public Request request() {
    return request;
  }

  /** Whether the peer expects to be told to go on before it sends its body. */
  boolean expectsContinue() {
    return request.getHeaders().contains(HttpHeader.EXPECT);
  }

  /** Whether other requests share the connection. */
  boolean multiplexed() {
    return version() == HttpVersion.HTTP_2;
  }

  /** Tells an HTTP/1 peer that the connection ends with this answer. */
  void closeAfterwards() {
    if (version() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
  }

  /** The same if this holds when the answer begins. */
  public void closeAfterwardsIf(BooleanSupplier condition) {
    ending = condition;
  }

  /** Who is told, before the answer leaves, that it refuses a caller. */
  public void whenDenied(Consumer<Exchange> action) {
    onDenied = action;
  }

  /** The answer with the status set now is about to leave. */
  void refusing() {
    int status = response.getStatus();
    if (status == HttpStatus.UNAUTHORIZED_401 || status == HttpStatus.FORBIDDEN_403) {
      onDenied.accept(this);
    }
  }

  /** What is done once the answer turns out to be one that lasts. */
  public void whenLasting(Runnable action) {
    onLasting = action;
  }

  /**
   * The answer waits for what is yet to happen: it no longer counts as a request in flight. Who
   * says so bounds how many there are.
   */
  public void lasts() {
    onLasting.run();
    onLasting = () -> {};
  }

  /** Whether the peer lets us wait for longer than the limits allow. */
  public boolean stalled() {
    return in.tooSlow(limits.paceGrace(), limits.minimumRate())
        || out.tooSlow(limits.paceGrace(), limits.minimumRate());
  }

  /** Cuts the connection; whoever waits on it fails. */
  public void abort() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }

  /** Body bytes received so far. */
  public long bytesIn() {
    return in.moved();
  }

  /** Address of the peer. */
  public String remote() {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress a
        ? Request.getHostName(a)
        : "";
  }

  /** The trace this request belongs to: the client's if it says so, else one of its own. */
  public String traceId() {
    if (traceId == null) {
      traceId = TraceIds.of(request.getHeaders().get(TraceIds.HEADER), id);
    }
    return traceId;
  }

  /** The client's own id for this request if it is harmless, else empty. */
  public String clientRequestId() {
    String sent = request.getHeaders().get("X-Request-Id");
    return sent != null && HARMLESS.matcher(sent).matches() ? sent : "";
  }

  /** Parsed query. */
  public Query query() {
    return query;
  }

  /** Sets the parsed query. */
  public void query(Query parsed) {
    this.query = parsed;
  }

  /** How problems of this operation are worded; as they are unless this is called. */
  public void wording(UnaryOperator<Problem> words) {
    this.wording = words;
  }

  Problem worded(Problem problem) {
    return wording.apply(problem);
  }

  /** Notes a key that the body names; the first in the reserved namespace is remembered. */
  public void named(String key) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    if (reserved == null && ReservedNames.isReserved(utf8)) {
      reserved = utf8;
    }
  }

  /** The reserved key that the body named, or null. */
  public byte[] reservedName() {
    return reserved;
  }

  /** Stable name of the operation; {@code none} before it is known. */
  public String operation() {
    return operation;
  }

  /** What the request is about. */
  public void operation(String apiName, String name) {
    this.api = apiName;
    this.operation = name;
  }

  /** The API it belongs to. */
  public String api() {
    return api;
  }

  /** Who calls; empty before that is known. */
  public String caller() {
    return caller;
  }

  /** Sets who calls. */
  public void caller(String name) {
    this.caller = name;
  }

  /** Code of the problem answered, or empty. */
  public String code() {
    return code;
  }

  /** Sets the code of the refusal answered. */
  public void code(String wire) {
    this.code = wire;
  }

  /** Notes why an answer that had begun was not finished. */
  public void brokenBy(String wire) {
    this.code = wire;
  }

  /** Notes a failure that somebody else will answer. */
  public void fail(Throwable cause) {
    this.failure = cause;
  }

  /** The failure noted, if any. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }
}
