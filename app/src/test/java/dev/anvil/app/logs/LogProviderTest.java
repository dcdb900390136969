package dev.anvil.app.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("fast")
class LogProviderTest {
  @Test
  void whatIsNamedLogsAsWhatIsFound() {
    LogProvider named = new LogProvider();
    named.initialize();
    LoggerContext context = (LoggerContext) named.getLoggerFactory();
    LoggerContext found = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertThat(root.getAppender(LogDefaults.CONSOLE).isStarted()).isTrue();
    assertThat(context.isStarted()).isEqualTo(found.isStarted()).isTrue();
    assertThat(context.getName()).isEqualTo(found.getName());
    assertThat(context.getLogger("org.eclipse.jetty.util.HostPort").getLevel())
        .isEqualTo(Level.OFF)
        .isEqualTo(found.getLogger("org.eclipse.jetty.util.HostPort").getLevel());
    assertThat(root.getEffectiveLevel())
        .isEqualTo(found.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getEffectiveLevel());
    named.getMDCAdapter().put("requestId", "x");
    assertThat(context.getMDCAdapter().get("requestId")).isEqualTo("x");
    assertThat(named.getMarkerFactory().getMarker("m").getName()).isEqualTo("m");
    context.stop();
  }

  @Test
  void aConfigurationOfOnesOwnIsKept() {
    String provider = System.getProperty("slf4j.provider");
    String verbosity = System.getProperty("slf4j.internal.verbosity");
    try {
      System.clearProperty("slf4j.provider");
      System.setProperty(LogDefaults.FILE, "mine.xml");
      LogProvider.choose();
      assertThat(System.getProperty("slf4j.provider")).isNull();
      System.clearProperty(LogDefaults.FILE);
      LogProvider.choose();
      assertThat(System.getProperty("slf4j.provider")).isEqualTo(LogProvider.class.getName());
      System.setProperty("slf4j.provider", "mine");
      LogProvider.choose();
      assertThat(System.getProperty("slf4j.provider")).isEqualTo("mine");
    } finally {
      System.clearProperty(LogDefaults.FILE);
      put("slf4j.provider", provider);
      put("slf4j.internal.verbosity", verbosity);
    }
  }

  private static void put(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
