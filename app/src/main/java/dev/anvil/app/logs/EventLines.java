package dev.anvil.app.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Events of the application log, each on one line: JSON, or text for a person at a terminal. */
final class EventLines extends EncoderBase<ILoggingEvent> {
  private static final int MAX_MESSAGE_CHARS = 4_096;
  private static final int MAX_FRAMES = 12;
  private static final int MAX_CAUSES = 4;
  private static final byte[] NOTHING = {};
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final boolean json;

  EventLines(boolean json) {
    this.json = json;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = json ? json(event) : text(event);
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String json(ILoggingEvent event) {
    Map<String, String> about = event.getMDCPropertyMap();
    JsonLine line =
        new JsonLine(event.getInstant(), event.getLevel().toString())
            .text("logger", event.getLoggerName())
            .text("requestId", about.get(LogStreams.REQUEST_ID))
            .text("traceId", about.get(LogStreams.TRACE_ID))
            .text("message", cut(event.getFormattedMessage()));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.text("error", thrown.getClassName()).text("stack", cut(stack(thrown)));
    }
    return line.end();
  }

  private static String text(ILoggingEvent event) {
    Instant at = event.getInstant();
    String request = event.getMDCPropertyMap().get(LogStreams.REQUEST_ID);
    String head =
        String.format(
            "%s %-5s %s%s %s",
            CLOCK.format(at),
            event.getLevel(),
            event.getLoggerName(),
            request == null ? "" : " [" + request + "]",
            plain(cut(event.getFormattedMessage())));
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? head : head + ": " + plain(cut(stack(thrown)));
  }

  /** What came from outside must not look like lines of ours, nor steer the terminal. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " ");
  }

  private static String stack(IThrowableProxy thrown) {
    StringBuilder b = new StringBuilder();
    IThrowableProxy one = thrown;
    for (int i = 0; one != null && i < MAX_CAUSES; i++, one = one.getCause()) {
      b.append(i == 0 ? "" : " caused by ").append(one.getClassName());
      b.append(": ").append(one.getMessage());
      StackTraceElementProxy[] frames = one.getStackTraceElementProxyArray();
      for (int f = 0; f < frames.length && f < MAX_FRAMES; f++) {
        b.append(" at ").append(frames[f].getStackTraceElement());
      }
    }
    return b.toString();
  }

  private static String cut(String text) {
    return text == null || text.length() <= MAX_MESSAGE_CHARS
        ? text
        : text.substring(0, MAX_MESSAGE_CHARS) + " [cut]";
  }
}
