package dev.anvil.app.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback as {@link LogDefaults} configure it, named to SLF4J and not looked for: the search opens
 * every jar of the class path and makes classes of annotations, which takes a fifth of a start.
 */
public final class LogProvider implements SLF4JServiceProvider {
  private static final String NAMED = "slf4j.provider";
  private static final String API = "2.0.99";

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

  /**
   * Names it, before anything of the process logs. Whoever has a provider or a configuration of
   * their own named keeps it.
   */
  public static void choose() {
    if (System.getProperty(NAMED) == null && System.getProperty(LogDefaults.FILE) == null) {
      System.setProperty(NAMED, LogProvider.class.getName());
      // else it tells on stderr that it does as it was told
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  @Override
  public void initialize() {
    context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
    context.setMDCAdapter(diagnostics);
    LogDefaults defaults = new LogDefaults();
    defaults.setContext(context);
    defaults.configure(context);
    context.start();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return diagnostics;
  }

  @Override
  public String getRequestedApiVersion() {
    return API;
  }
}
