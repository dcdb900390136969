package dev.anvil.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.Main;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("fast")
class StartJarTest {
  private static final int JAVA_8 = 52;

  @TempDir private Path folder;

  private static Path picocli() throws URISyntaxException {
    return Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path program(String name) throws IOException {
    Path jar = folder.resolve(name);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().putValue("Add-Opens", "java.base/sun.nio.ch");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry("x"));
    }
    return jar;
  }

  private static List<String> classes(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(n -> n.endsWith(".class") && !n.startsWith("META-INF/"))
        .toList();
  }

  @Test
  void everyOldClassIsThereInAVersionThatJavaVerifiesAndKeeps() throws Exception {
    Path jar = folder.resolve("start.jar");
    StartJar.write(jar, program("anvil.jar"), List.of(picocli()));
    try (JarFile start = new JarFile(jar.toFile());
        JarFile old = new JarFile(picocli().toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      List<String> classes = classes(start);
      assertThat(Set.copyOf(classes)).hasSizeGreaterThan(200).isEqualTo(Set.copyOf(classes(old)));
      for (String name : classes) {
        try (DataInputStream in = new DataInputStream(start.getInputStream(start.getEntry(name)))) {
          in.readInt();
          in.readUnsignedShort();
          assertThat(in.readUnsignedShort()).as(name).isGreaterThanOrEqualTo(JAVA_8);
        }
      }
      // linking verifies; what rests on Groovy or a newer console is not there to be linked
      Set<String> own =
          classes.stream().filter(n -> !n.contains("groovy")).collect(Collectors.toSet());
      for (String name : own) {
        String className = name.replace('/', '.').substring(0, name.length() - 6);
        Class<?> loaded = Class.forName(className, true, loader);
        assertThat(loaded.getClassLoader()).isSameAs(loader);
      }
    }
  }

  @Test
  void itStartsTheProgramAsItsManifestAsks() throws Exception {
    Path beside = folder.resolve("start.jar");
    StartJar.write(beside, program("anvil one.jar"), List.of());
    try (JarFile jar = new JarFile(beside.toFile())) {
      Attributes asked = jar.getManifest().getMainAttributes();
      assertThat(asked.getValue("Main-Class")).isEqualTo(Main.class.getName());
      assertThat(asked.getValue("Add-Opens")).isEqualTo("java.base/sun.nio.ch");
      assertThat(asked.getValue("Class-Path")).isEqualTo("anvil%20one.jar");
    }
    Path elsewhere = Files.createDirectory(folder.resolve("cache")).resolve("start.jar");
    Path program = program("anvil.jar");
    StartJar.write(elsewhere, program, List.of());
    try (JarFile jar = new JarFile(elsewhere.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path"))
          .isEqualTo(program.toUri().toString());
    }
  }
}
