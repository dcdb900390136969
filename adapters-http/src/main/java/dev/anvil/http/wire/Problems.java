package dev.anvil.http.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.time.Ticker;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers failures, and leaves the connection in a state that hangs nobody. */
public final class Problems {
  /** Media type of a problem. */
  public static final String TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CAUSES = 16;

  /**
   * Over HTTP/2 the connection lives on, and a stream whose body was not read is reset as cancelled
   * right behind its answer, which makes clients drop the answer: so more of it is read.
   */
  private static final int MULTIPLEXED = 64;

  private final Ticker ticker;

  /** With the clock that bounds draining. */
  public Problems(Ticker ticker) {
    this.ticker = ticker;
  }

  /** What any throwable looks like from outside; unforeseen ones are logged with the id only. */
  public static Problem of(Throwable thrown, String requestId) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      switch (cause) {
        case AnvilException known -> {
          return Problem.of(known);
        }
        case Refusal refusal -> {
          return refusal.problem();
        }
        case JsonProcessingException json -> {
          return Problem.of(Jsons.invalid(json));
        }
        case HttpException http -> {
          return badMessage(http.getCode(), http.getReason());
        }
        case TimeoutException _ -> {
          return new Problem(
              408,
              "RequestTimeout",
              "The request stopped arriving; send it again.",
              true,
              Map.of());
        }
        case EofException _, EOFException _, ClosedChannelException _ -> {
          return Problem.of(
              new Invalid(Invalid.Reason.INCOMPLETE_BODY, "The body ended before its length."));
        }
        default -> {}
      }
    }
    LOG.error("request {} failed in an unforeseen way", requestId, thrown);
    return Problem.internal();
  }

  /** What the HTTP parser refused. */
  public static Problem badMessage(int status, String reason) {
    int honest = status >= 400 && status < 600 ? status : 400;
    String code =
        switch (honest) {
          case 408 -> "RequestTimeout";
          case 413 -> "TooLarge";
          case 414 -> "TargetTooLong";
          case 417 -> "ExpectationFailed";
          case 431 -> "HeadersTooLarge";
          case 501 -> "NotImplemented";
          case 505 -> "HttpVersionNotSupported";
          default -> honest >= 500 ? "Internal" : "InvalidRequest";
        };
    String said = reason == null || honest == 500 ? "no HTTP request we can read" : reason;
    return new Problem(
        honest, code, "The message is refused: " + said + ".", false, Map.of("status", honest));
  }

  /** Writes the problem if nothing was sent yet; drains or closes if a body is still coming. */
  public void answer(Exchange exchange, Problem refusal) throws IOException {
    Problem problem = exchange.worded(refusal);
    exchange.code(problem.code());
    var response = exchange.response();
    response.setStatus(problem.status());
    var headers = response.getHeaders();
    headers.remove(HttpHeader.CONTENT_LENGTH);
    headers.remove(HttpHeader.CONTENT_ENCODING);
    headers.remove("Content-Digest");
    headers.remove("Repr-Digest");
    if (problem.status() == 304) {
      validators(exchange, problem);
      exchange.output().close();
      return;
    }
    headers.remove(HttpHeader.ETAG);
    headers.remove(HttpHeader.LAST_MODIFIED);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    challenges(exchange, problem);
    if (problem.status() == 416 && problem.fields().get("size") != null) {
      headers.put(HttpHeader.CONTENT_RANGE, "bytes */" + problem.fields().get("size"));
    }
    byte[] body = JSON.writeValueAsBytes(problem.members(exchange.id()));
    headers.put(HttpHeader.CONTENT_TYPE, TYPE);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    end(exchange, body);
  }

  /**
   * Ends an answer whose request may still be sending a body that nobody will read: drains a little
   * of it, or closes the connection.
   */
  public void end(Exchange exchange, byte[] body) throws IOException {
    exchange.refusing();
    boolean unread = exchange.bodyLength() != 0;
    boolean hopeless =
        unread && (exchange.expectsContinue() || exchange.bodyLength() > exchange.limits().drain());
    if (hopeless) {
      exchange.closeAfterwards();
    }
    exchange.output().writeAll(body);
    if (unread && !exchange.expectsContinue()) {
      drain(exchange);
    }
  }

  /** What a cache needs to go on with what it has. */
  private static void validators(Exchange exchange, Problem problem) {
    var headers = exchange.response().getHeaders();
    if (problem.fields().get("etag") instanceof String etag) {
      headers.put(HttpHeader.ETAG, '"' + etag + '"');
    }
    if (problem.fields().get("lastModified") instanceof String modified) {
      headers.put(HttpHeader.LAST_MODIFIED, HttpDates.format(Instant.parse(modified)));
    }
  }

  private static void challenges(Exchange exchange, Problem problem) {
    var headers = exchange.response().getHeaders();
    if (problem.status() == 401 && !headers.contains(HttpHeader.WWW_AUTHENTICATE)) {
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"anvil\"");
    }
    if (problem.status() == 429 || problem.status() == 503) {
      Object after = problem.fields().get("retryAfterSeconds");
      long seconds = after instanceof Number n ? Math.max(1, n.longValue()) : 1;
      headers.put(HttpHeader.RETRY_AFTER, seconds);
    }
  }

  /**
   * Reads and drops a little of what the peer is still sending: a peer that only reads the answer
   * after its last byte would else lose it to a reset.
   */
  private void drain(Exchange exchange) {
    long deadline = ticker.nanos() + exchange.limits().drainTime().toNanos();
    byte[] bin = new byte[8192];
    long left = exchange.limits().drain() * (exchange.multiplexed() ? (long) MULTIPLEXED : 1);
    try {
      InputStream rest = exchange.rest();
      while (left > 0 && ticker.nanos() - deadline < 0) {
        int count = rest.read(bin, 0, (int) Math.min(bin.length, left));
        if (count < 0) {
          return;
        }
        left -= count;
      }
    } catch (IOException | RuntimeException e) {
      // the answer is out; what is wrong with the rest of the request changes nothing
      LOG.debug("request {}: the rest of a refused body failed: {}", exchange.id(), e.toString());
    }
  }
}
