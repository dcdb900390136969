package dev.anvil.app.node;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.anvil.http.telemetry.RequestLog;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The access log: one JSON object a line for every answered request. */
public final class AccessLogLine implements RequestLog {
  /** Name of the logger; its lines are whole JSON objects. */
  public static final String LOGGER = "anvil.access";

  private static final double SLOW_MILLISECONDS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private final InstantSource clock;

  /** With the clock of the lines. */
  public AccessLogLine(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void answered(Line line) {
    if (LOG.isInfoEnabled()) {
      LOG.info(json(line));
    }
  }

  private String json(Line line) {
    StringBuilder b = new StringBuilder(320);
    b.append("{\"time\":\"").append(clock.instant()).append('"');
    text(b, "requestId", line.requestId());
    text(b, "trace", line.trace());
    text(b, "api", line.api());
    text(b, "operation", line.operation());
    text(b, "method", line.method());
    b.append(",\"status\":").append(line.status());
    text(b, "code", line.code());
    b.append(",\"milliseconds\":").append(Math.round(line.milliseconds() * 1_000) / 1_000.0);
    if (line.milliseconds() >= SLOW_MILLISECONDS) {
      b.append(",\"slow\":true");
    }
    b.append(",\"bytesIn\":").append(line.bytesIn());
    b.append(",\"bytesOut\":").append(line.bytesOut());
    text(b, "caller", line.caller());
    text(b, "remote", line.remote());
    return b.append('}').toString();
  }

  private static void text(StringBuilder b, String name, String value) {
    if (value != null && !value.isEmpty()) {
      b.append(",\"").append(name).append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(value, b);
      b.append('"');
    }
  }
}
