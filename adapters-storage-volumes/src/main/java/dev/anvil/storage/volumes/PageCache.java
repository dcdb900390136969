package dev.anvil.storage.volumes;

import java.io.FileDescriptor;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.util.Set;

/**
 * The system's memory for what files hold, of which Java knows nothing: {@code posix_fadvise}, on
 * Linux. Elsewhere nothing is said. Loaded at its first use, so that no start pays for it.
 */
final class PageCache {
  /** POSIX_FADV_DONTNEED of Linux, wherever Java 25 runs on it but on s390x. */
  private static final int NOT_NEEDED = 4;

  private static final Set<String> ARCHITECTURES =
      Set.of("amd64", "x86_64", "aarch64", "riscv64", "ppc64le");

  private static final MethodHandle ADVISE = advise();
  private static final Field DESCRIPTOR;
  private static final Method NUMBER;

  static {
    Field descriptor = null;
    Method number = null;
    try {
      descriptor = Class.forName("sun.nio.ch.FileChannelImpl").getDeclaredField("fd");
      number = Class.forName("sun.nio.ch.IOUtil").getDeclaredMethod("fdVal", FileDescriptor.class);
      descriptor.setAccessible(true);
      number.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      // another JDK: without the number of the file there is no hint
      number = null;
    }
    DESCRIPTOR = descriptor;
    NUMBER = number;
  }

  private PageCache() {}

  /** Whether hints reach the system. */
  static boolean known() {
    return ADVISE != null && NUMBER != null;
  }

  /** The bytes are on the disk and will not be read soon. */
  static void notSoon(FileChannel channel, long position, long length) {
    if (!known()) {
      return;
    }
    try {
      int file = (int) NUMBER.invoke(null, DESCRIPTOR.get(channel));
      // what it answers is of no use: a hint that is not taken is none
      int ignored = (int) ADVISE.invokeExact(file, position, length, NOT_NEEDED);
    } catch (Throwable t) {
      throw new IllegalStateException("a hint to the system failed", t);
    }
  }

  // the signature below is that of posix_fadvise where off_t has 64 bits: on all of ARCHITECTURES
  @SuppressWarnings("restricted")
  private static MethodHandle advise() {
    boolean same =
        System.getProperty("os.name").equals("Linux")
            && ARCHITECTURES.contains(System.getProperty("os.arch"));
    if (!same) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("posix_fadvise")
        .map(found ->
            linker.downcallHandle(
                found,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT)))
        .orElse(null);
  }
}
