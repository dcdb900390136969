package dev.anvil.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.anvil.app.node.AccessLogLine;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Log files below the storage path: the application's and the access log, rotated and bounded. */
final class Logging {
  private static final String APPLICATION =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{20} %msg%n%ex{8}";

  private Logging() {}

  static void toFolder(Path folder) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (root.getAppender("file") != null) {
      return;
    }
    root.addAppender(appender(context, "file", folder, "anvil", APPLICATION));
    Logger access = context.getLogger(AccessLogLine.LOGGER);
    access.setAdditive(false);
    access.setLevel(Level.INFO);
    access.addAppender(appender(context, "access", folder, "access", "%msg%n"));
  }

  private static RollingFileAppender<ILoggingEvent> appender(
      LoggerContext context, String name, Path folder, String file, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName(name);
    appender.setFile(folder.resolve(file + ".log").toString());
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve(file + ".%d{yyyy-MM-dd}.%i.log").toString());
    policy.setMaxFileSize(new FileSize(64L << 20));
    policy.setMaxHistory(30);
    policy.setTotalSizeCap(new FileSize(512L << 20));
    policy.start();
    appender.setEncoder(encoder);
    appender.setRollingPolicy(policy);
    appender.start();
    return appender;
  }
}
