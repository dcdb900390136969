package dev.anvil.app.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import dev.anvil.app.settings.LogSettings;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The application log on stderr, as a node's settings want it. */
public final class ConsoleLog {
  /** Whom the level of the settings is for: libraries tell headers and bodies when they debug. */
  private static final List<String> OURS = List.of("anvil", "dev.anvil");

  private ConsoleLog() {}

  /** Sets level and form. */
  public static void configure(LogSettings settings) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    OURS.forEach(name -> context.getLogger(name).setLevel(Level.toLevel(settings.level())));
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> console = root.getAppender(LogDefaults.CONSOLE);
    if (console instanceof OutputStreamAppender<ILoggingEvent> stderr) {
      EventLines lines = new EventLines(json(settings.format()));
      lines.setContext(context);
      lines.start();
      stderr.setEncoder(lines);
    }
  }

  private static boolean json(String format) {
    return switch (format) {
      case "json" -> true;
      case "text" -> false;
      default -> System.console() == null || !System.console().isTerminal();
    };
  }
}
