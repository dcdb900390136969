package dev.anvil.http.server;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Problems;
import dev.anvil.ports.failure.NotImplemented;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.time.Ticker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * Every request of a listener comes in here and leaves with one answer: counted, bounded, watched,
 * named by a request id, and its failures answered in one place.
 */
public final class Door extends Handler.Abstract {
  /** What answers. */
  @FunctionalInterface
  public interface Way {
    /** Answers on this thread; a throwable becomes a problem if nothing was sent yet. */
    void answer(Exchange exchange) throws Exception;
  }

  /** What every listener needs. */
  public record Parts(
      HttpLimits limits,
      Ticker ticker,
      Supplier<String> requestIds,
      PeerWatch watch,
      Finished finished) {}

  private final Parts parts;
  private final Way way;
  private final Problems problems;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean draining;
  private final BooleanSupplier ending = () -> draining;

  /** A door to this way in. */
  public Door(Parts parts, Way way) {
    this.parts = parts;
    this.way = way;
    this.problems = new Problems(parts.ticker());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = parts.requestIds().get();
    Exchange exchange = new Exchange(request, response, parts.limits(), parts.ticker(), id);
    exchange.closeAfterwardsIf(ending);
    exchange.whenDenied(parts.finished()::denied);
    long began = parts.ticker().nanos();
    int before = inFlight.getAndIncrement();
    AtomicBoolean counted = new AtomicBoolean(true);
    exchange.whenLasting(() -> release(counted));
    parts.watch().add(exchange);
    MDC.put("requestId", id);
    MDC.put("traceId", exchange.traceId());
    Throwable broken = null;
    try {
      if (before >= parts.limits().requestsInFlight()) {
        problems.answer(exchange, Problem.of(overloaded()));
      } else {
        broken = answer(exchange);
      }
    } catch (Throwable t) {
      // the failure's own answer failed: the peer is gone or the stream is broken
      broken = t;
    } finally {
      MDC.clear();
      parts.watch().remove(exchange);
      release(counted);
    }
    parts.finished().report(exchange, parts.ticker().nanos() - began, broken != null);
    if (broken == null) {
      callback.succeeded();
    } else {
      callback.failed(broken);
    }
    return true;
  }

  private void release(AtomicBoolean counted) {
    if (counted.getAndSet(false)) {
      inFlight.decrementAndGet();
    }
  }

  private Throwable answer(Exchange exchange) throws Exception {
    try {
      requirePlainCoding(exchange);
      way.answer(exchange);
      return exchange.response().hasLastWrite() ? null : new IllegalStateException("no answer");
    } catch (Throwable failure) {
      if (exchange.response().isCommitted()) {
        // half an answer is out; ending it properly would make wrong bytes look right
        Problem problem = Problems.of(failure, exchange.id());
        exchange.brokenBy(problem.code());
        return failure;
      }
      problems.answer(exchange, Problems.of(failure, exchange.id()));
      return null;
    }
  }

  /** Jetty undoes chunks alone: what was compressed for the transfer would be kept compressed. */
  private static void requirePlainCoding(Exchange exchange) {
    String coding = exchange.header("Transfer-Encoding").orElse("chunked").strip();
    if (!coding.equalsIgnoreCase("chunked")) {
      throw new NotImplemented(
          "Of transfer codings this server knows chunked alone; send the body without another.");
    }
  }

  private Unavailable overloaded() {
    return new Unavailable(
        Unavailable.Reason.OVERLOADED,
        "The server is answering as many requests as it can; try again in a moment.",
        Map.of("limit", parts.limits().requestsInFlight()));
  }

  /** From now on every answer ends its connection. */
  void drain() {
    draining = true;
  }

  /** Requests being answered now. */
  public int inFlight() {
    return inFlight.get();
  }
}
