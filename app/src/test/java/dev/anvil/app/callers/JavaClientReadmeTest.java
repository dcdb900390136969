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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Java client's page are compiled as they stand there, and run. */
class JavaClientReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)```java\\n(.*?final class (\\w+) .*?)```");
  private static final Map<String, String> RESULTS =
      Map.of(
          "Example", "hello, then second.txt",
          "Reports", "a,b",
          "Sharing", "ALLOWED, PreconditionFailed");

  @TempDir private Path folder;

  @Test
  void examplesRun() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d"));
    arguments.add(folder.toString());
    Matcher page = EXAMPLE.matcher(page());
    Set<String> examples = new TreeSet<>();
    while (page.find()) {
      examples.add(page.group(2));
      Path source = folder.resolve(page.group(2) + ".java");
      arguments.add(Files.writeString(source, page.group(1)).toString());
    }
    assertThat(examples).isEqualTo(new TreeSet<>(RESULTS.keySet()));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("exit status of the compiler").isZero();
    try (Deployment deployment =
            new Deployment(new MemoryBackend(), folder.resolve("node").toString());
        URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      deployment.tenant("acme");
      Deployment.App app = deployment.app("acme", "app", "*|*");
      for (String example : examples) {
        Method run =
            classes
                .loadClass(example)
                .getDeclaredMethod("run", URI.class, String.class, String.class);
        run.setAccessible(true);
        assertThat(run.invoke(null, deployment.node.publicUrl(), app.clientId(), app.secret()))
            .as(example)
            .isEqualTo(RESULTS.get(example));
      }
    }
  }

  private static String page() throws IOException {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("clients/java/README.md"))) {
      at = at.getParent();
    }
    assertThat(at).as("the root of the repository").isNotNull();
    return Files.readString(at.resolve("clients/java/README.md"));
  }
}
