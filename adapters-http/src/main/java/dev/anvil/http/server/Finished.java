package dev.anvil.http.server;

import dev.anvil.http.telemetry.RequestLog;
import dev.anvil.http.use.Use;
import dev.anvil.http.wire.Exchange;
import dev.anvil.identity.Call;
import dev.anvil.identity.RecordDenial;
import dev.anvil.ports.metrics.Meters;
import java.util.Set;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs every finished request. */
public final class Finished {
  private static final Logger LOG = LoggerFactory.getLogger(Finished.class);
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };
  private static final int GONE = 499;
  private static final String[] CLASSES = {"0xx", "1xx", "2xx", "3xx", "4xx", "5xx"};

  /** What a client calls a method may be anything, a secret included. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS");

  private final Meters.Counter requests;
  private final Meters.Histogram seconds;
  private final Meters.Counter bytes;
  private final Meters.Counter denied;
  private final RequestLog log;
  private final Use<RecordDenial.Command, RecordDenial.Result> audit;

  /** Reports to these. */
  public Finished(
      Meters meters, RequestLog log, Use<RecordDenial.Command, RecordDenial.Result> audit) {
    this.log = log;
    this.audit = audit;
    denied =
        meters.counter(
            "anvil_denied_total", "Calls refused with 401 or 403.", "api", "operation", "code");
    requests =
        meters.counter(
            "anvil_http_requests_total", "Requests answered.", "api", "operation", "status");
    seconds =
        meters.histogram(
            "anvil_http_request_seconds",
            "Time from the request's head to the last byte of its answer.",
            SECONDS,
            "api",
            "operation",
            "status");
    bytes = meters.counter("anvil_http_bytes_total", "Body bytes moved.", "api", "direction");
  }

  /** One request is over. */
  void report(Exchange exchange, long nanos, boolean broken) {
    int status =
        broken && !exchange.response().isCommitted() ? GONE : exchange.response().getStatus();
    String klass = broken ? "broken" : klass(status);
    long out = Response.getContentBytesWritten(exchange.response());
    try {
      requests.add(1, exchange.api(), exchange.operation(), klass);
      seconds.observe(nanos / 1e9, exchange.api(), exchange.operation(), klass);
      moved(exchange.bytesIn(), exchange.api(), "in");
      moved(out, exchange.api(), "out");
      log.answered(
          new RequestLog.Line(
              exchange.api(),
              exchange.operation(),
              METHODS.contains(exchange.method()) ? exchange.method() : "other",
              status,
              exchange.code(),
              exchange.bytesIn(),
              out,
              nanos / 1e6,
              exchange.id(),
              exchange.traceId(),
              exchange.clientRequestId(),
              exchange.caller(),
              exchange.remote()));
    } catch (RuntimeException e) {
      LOG.error("request {}: it cannot be reported", exchange.id(), e);
    }
  }

  private void moved(long count, String api, String direction) {
    if (count > 0) {
      bytes.add(count, api, direction);
    }
  }

  private static String klass(int status) {
    return status < CLASSES.length * 100 ? CLASSES[status / 100] : "other";
  }

  /** A call is refused, in a moment: audited first, so that no refusal is lost. */
  void denied(Exchange exchange) {
    try {
      denied.add(1, exchange.api(), exchange.operation(), exchange.code());
      audit.execute(
          Call.anonymous(exchange.id()),
          new RecordDenial.Command(
              exchange.remote(),
              exchange.caller().isEmpty() ? "anonymous" : exchange.caller(),
              exchange.api() + "/" + exchange.operation(),
              exchange.code()));
    } catch (RuntimeException e) {
      LOG.error("request {}: its refusal cannot be audited", exchange.id(), e);
    }
  }

  /** An answer to what was no request. */
  void malformed(int status) {
    requests.add(1, "http", "malformed", klass(status));
  }
}
