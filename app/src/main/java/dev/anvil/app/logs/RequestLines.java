package dev.anvil.app.logs;

import dev.anvil.http.telemetry.RequestLog;
import java.time.InstantSource;

/**
 * Every answered request in the access log; in the audit log too what changes the deployment, what
 * was denied, and who tried. Neither holds a path, a query, a key or a header: a secret in any of
 * them does not become one in a log.
 */
public final class RequestLines implements RequestLog {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  private final LogStreams streams;
  private final InstantSource clock;
  private final int slowMillis;

  /** Into these streams. */
  public RequestLines(LogStreams streams, InstantSource clock, int slowMillis) {
    this.streams = streams;
    this.clock = clock;
    this.slowMillis = slowMillis;
  }

  @Override
  public void answered(Line line) {
    streams.access(access(line));
    boolean denied = line.status() == UNAUTHORIZED || line.status() == FORBIDDEN;
    boolean administration = line.api().equals("management") && !line.method().equals("GET");
    if (denied || administration) {
      streams.audit(audit(line, denied));
    }
  }

  private String access(Line line) {
    boolean slow = line.milliseconds() >= slowMillis;
    boolean failed = line.status() >= SERVER_ERROR;
    JsonLine json =
        common(new JsonLine(clock.instant(), failed ? "ERROR" : slow ? "WARN" : "INFO"), line)
            .fraction("milliseconds", line.milliseconds())
            .number("bytesIn", line.bytesIn())
            .number("bytesOut", line.bytesOut())
            .text("clientRequestId", line.clientRequestId());
    return (slow ? json.flag("slow") : json).end();
  }

  private String audit(Line line, boolean denied) {
    return common(new JsonLine(clock.instant(), denied ? "WARN" : "INFO"), line)
        .text("outcome", denied ? "denied" : line.status() < 400 ? "done" : "refused")
        .end();
  }

  private static JsonLine common(JsonLine json, Line line) {
    return json.text("requestId", line.requestId())
        .text("traceId", line.traceId())
        .text("api", line.api())
        .text("method", line.method())
        .text("operation", line.operation())
        .number("status", line.status())
        .text("code", line.code())
        .text("caller", line.caller())
        .text("remote", line.remote());
  }
}
