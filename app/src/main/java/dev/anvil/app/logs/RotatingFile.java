package dev.anvil.app.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A log file that begins anew each day and each 64 MiB, and whose old parts go when all is full.
 */
final class RotatingFile {
  private static final long PART_BYTES = 64L << 20;
  private static final int DAYS = 30;

  private RotatingFile() {}

  /**
   * Opens {@code folder/name.log} for appending.
   *
   * @param mib what it may take with its older parts
   */
  static <E> RollingFileAppender<E> open(
      LoggerContext context, Path folder, String name, long mib, Encoder<E> encoder) {
    return open(new RollingFileAppender<>(), context, folder, name, mib, encoder);
  }

  /** The same into that appender, which is not started yet. */
  static <E, A extends RollingFileAppender<E>> A open(
      A appender, LoggerContext context, Path folder, String name, long mib, Encoder<E> encoder) {
    encoder.setContext(context);
    encoder.start();
    appender.setContext(context);
    appender.setName(name + " of " + folder);
    appender.setFile(folder.resolve(name + ".log").toString());
    SizeAndTimeBasedRollingPolicy<E> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve(name + ".%d{yyyy-MM-dd}.%i.log").toString());
    policy.setMaxFileSize(new FileSize(PART_BYTES));
    policy.setMaxHistory(DAYS);
    // the part being written is not counted by the policy
    policy.setTotalSizeCap(new FileSize((mib << 20) - PART_BYTES));
    policy.start();
    appender.setEncoder(encoder);
    appender.setRollingPolicy(policy);
    appender.start();
    return appender;
  }

  /** Lines that are ready as they are. */
  static final class Lines extends EncoderBase<String> {
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
      return NOTHING;
    }

    @Override
    public byte[] encode(String line) {
      return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
      return NOTHING;
    }
  }
}
