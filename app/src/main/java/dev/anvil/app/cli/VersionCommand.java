package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.app.node.NodeVersion;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Versions of the parts, as the jars beside this one name them. */
@Command(name = "version", description = "print the versions of the server and its parts")
final class VersionCommand implements Callable<Integer> {
  private static final Pattern JAR = Pattern.compile("(?:.*/)?([a-zA-Z0-9-]+?)-(\\d[^/]*)\\.jar");
  private static final List<String> SHOWN =
      List.of("jetty-server", "jersey-server", "xodus-environment", "rocksdbjni", "jackson-core");

  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "every library")
  private boolean all;

  @Option(names = "--json", description = "print as JSON")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("anvil", own());
    shown.put("java", Runtime.version().toString());
    parts()
        .forEach((name, version) -> {
          if (all || SHOWN.contains(name)) {
            shown.put(name, version);
          }
        });
    shown.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    Out out = new Out(spec);
    if (json) {
      out.line(new ObjectMapper().valueToTree(shown).toString());
    } else {
      shown.forEach((name, version) -> out.line(String.format("%-18s %s", name, version)));
    }
    return 0;
  }

  static String own() {
    return NodeVersion.TEXT;
  }

  private static Map<String, String> parts() {
    Map<String, String> parts = new TreeMap<>();
    for (String jar : jars()) {
      Matcher m = JAR.matcher(jar);
      if (m.matches()) {
        parts.put(m.group(1), m.group(2));
      }
    }
    return parts;
  }

  private static List<String> jars() {
    String path = System.getProperty("java.class.path");
    if (path.contains(File.pathSeparator) || !path.endsWith(".jar")) {
      return Arrays.asList(path.split(File.pathSeparator));
    }
    try (JarFile jar = new JarFile(path)) {
      Manifest manifest = jar.getManifest();
      String libraries = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return libraries == null ? List.of() : Arrays.asList(libraries.split(" "));
    } catch (IOException e) {
      return List.of();
    }
  }
}
