package dev.anvil.app.logs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log files of one node: {@code anvil.log} (application), {@code access.log} and {@code
 * audit.log}, together at most 1 GiB. Threads: any.
 */
public final class LogStreams implements AutoCloseable {
  /** Under which the id of the request at hand lies in a thread's diagnostic context. */
  public static final String REQUEST_ID = "requestId";

  /** The same for the id of its trace. */
  public static final String TRACE_ID = "traceId";

  static final String APPLICATION = "anvil";
  static final String ACCESS = "access";
  static final String AUDIT = "audit";

  private static final long APPLICATION_MIB = 256;
  private static final long ACCESS_MIB = 512;
  private static final long AUDIT_MIB = 256;

  private final Path folder;
  private final RollingFileAppender<ILoggingEvent> application;
  private final BatchedFile access;
  private final RollingFileAppender<String> audit;

  private LogStreams(
      Path folder,
      RollingFileAppender<ILoggingEvent> application,
      BatchedFile access,
      RollingFileAppender<String> audit) {
    this.folder = folder;
    this.application = application;
    this.access = access;
    this.audit = audit;
  }

  /** Opens the streams in a folder, which is created if absent. */
  public static LogStreams open(Path folder) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RollingFileAppender<ILoggingEvent> application =
        RotatingFile.open(context, folder, APPLICATION, APPLICATION_MIB, new EventLines(true));
    root().addAppender(application);
    return new LogStreams(
        folder,
        application,
        RotatingFile.open(
            new BatchedFile(), context, folder, ACCESS, ACCESS_MIB, new RotatingFile.Lines()),
        RotatingFile.open(context, folder, AUDIT, AUDIT_MIB, new RotatingFile.Lines()));
  }

  private static Logger root() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Appends a line to the access log; it is written within 50 ms, or when the log is closed. */
  public void access(String json) {
    access.doAppend(json);
  }

  /** Appends a line to the audit log. */
  public void audit(String json) {
    audit.doAppend(json);
  }

  /** Where they lie. */
  public Path folder() {
    return folder;
  }

  /** Finds lines of a request again. */
  public LogSearch search() {
    return new LogSearch(folder, access::writeNow);
  }

  @Override
  public void close() {
    root().detachAppender(application);
    application.stop();
    access.stop();
    audit.stop();
  }
}
