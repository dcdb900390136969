package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.testkit.MemoryBackend;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the Java client's page is compiled as it stands there, and run. */
class JavaClientReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```java\\n(.*?)```");

  @TempDir private Path folder;

  @Test
  void exampleRuns() throws Exception {
    Path source = Files.writeString(folder.resolve("Example.java"), example());
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).as("exit status of the compiler").isZero();
    try (Deployment deployment =
            new Deployment(new MemoryBackend(), folder.resolve("node").toString());
        URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      deployment.tenant("acme");
      Deployment.App app = deployment.app("acme", "app", "*|*");
      Method run =
          classes
              .loadClass("Example")
              .getDeclaredMethod("run", URI.class, String.class, String.class);
      run.setAccessible(true);
      assertThat(run.invoke(null, deployment.node.publicUrl(), app.clientId(), app.secret()))
          .isEqualTo("hello, then second.txt");
    }
  }

  private static String example() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("clients/java/README.md"))) {
      at = at.getParent();
    }
    assertThat(at).as("the root of the repository").isNotNull();
    Matcher page = EXAMPLE.matcher(Files.readString(at.resolve("clients/java/README.md")));
    assertThat(page.find()).isTrue();
    return page.group(1);
  }
}
